"""Tags: the list of them, what messages bear, and how often each was given in a span of time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.models.tag import TagCount, TaggedMessage, TagRow
from app.runtime.clock import from_ms

CHUNK = 500
_ORDER = "ORDER BY retired_at IS NOT NULL, position, id"
_TAGGED = (
    "SELECT m.id, m.conversation_id, m.at, a.network, a.handle, coalesce(nullif(i.name, ''), i.handle, ''), coalesce(i.handle, ''),"
    " m.kind, c.category, m.language, m.text, m.url FROM {source} JOIN conversation AS c ON c.id = m.conversation_id"
    " JOIN account AS a ON a.id = m.account_id LEFT JOIN identity AS i ON i.id = m.identity_id"
)


def tags(connection: sqlite3.Connection, *, retired: bool = False) -> list[TagRow]:
    """In order; `retired`: those that are not offered any more as well, behind the others."""
    where = "" if retired else "WHERE retired_at IS NULL "
    asked = connection.execute(f"SELECT id, key, name, retired_at FROM tag {where}{_ORDER}")
    return [TagRow(number, key, name, retired_at is not None) for number, key, name, retired_at in asked]


def of_messages(connection: sqlite3.Connection, message_ids: Sequence[int]) -> Mapping[int, tuple[TagRow, ...]]:
    """The tags of each message that has any, in order."""
    found: dict[int, list[TagRow]] = {}
    for start in range(0, len(message_ids), CHUNK):
        chunk = message_ids[start : start + CHUNK]
        sql = (
            "SELECT b.message_id, t.id, t.key, t.name, t.retired_at FROM message_tag AS b JOIN tag AS t ON t.id = b.tag_id"
            f" WHERE b.message_id IN ({', '.join('?' * len(chunk))}) ORDER BY t.position, t.id"
        )
        for message_id, number, key, name, retired_at in connection.execute(sql, tuple(chunk)):
            found.setdefault(message_id, []).append(TagRow(number, key, name, retired_at is not None))
    return {message_id: tuple(rows) for message_id, rows in found.items()}


def counts(connection: sqlite3.Connection, since_ms: int | None, until_ms: int) -> list[TagCount]:
    """Every tag with how many messages written in the span bear it, and in the span before; without `since_ms`, in all time.

    Retired tags only where they count something.
    """
    if since_ms is None:
        sql = "SELECT tag_id, count(*), NULL FROM message_tag GROUP BY tag_id"
        asked = connection.execute(sql)
    else:
        before_ms = since_ms - (until_ms - since_ms)
        sql = (
            "SELECT b.tag_id, sum(m.at >= ?), sum(m.at < ?) FROM message_tag AS b JOIN message AS m ON m.id = b.message_id"
            " WHERE m.at >= ? AND m.at < ? GROUP BY b.tag_id"
        )
        asked = connection.execute(sql, (since_ms, since_ms, before_ms, until_ms))
    found: dict[int, tuple[int, int | None]] = {tag_id: (now, then) for tag_id, now, then in asked}
    none: tuple[int, int | None] = (0, None if since_ms is None else 0)
    counted = [TagCount(tag, *found.get(tag.id, none)) for tag in tags(connection, retired=True)]
    return [each for each in counted if each.many or each.before or not each.tag.retired]


def tagged(
    connection: sqlite3.Connection,
    tag_id: int,
    since_ms: int | None,
    until_ms: int,
    limit: int,
    after: tuple[int, int] | None = None,
) -> list[TaggedMessage]:
    """Messages of a span that bear a tag, newest first; `after` is (milliseconds, id) of the last one of the page before."""
    at, number = after or (until_ms, 0)
    sql = (
        f"{_TAGGED.format(source='message_tag AS b JOIN message AS m ON m.id = b.message_id')}"
        " WHERE b.tag_id = ? AND m.at >= ? AND (m.at, m.id) < (?, ?) ORDER BY m.at DESC, m.id DESC LIMIT ?"
    )
    return [_row(*values) for values in connection.execute(sql, (tag_id, since_ms or 0, at, number, limit))]


def with_any_tag(
    connection: sqlite3.Connection, since_ms: int | None, until_ms: int, limit: int, after: int = 0
) -> list[TaggedMessage]:
    """Messages of a span that bear any tag, in order of their ids, each with all of its tags; `after` is the last id of the page before."""
    sql = (
        "SELECT DISTINCT b.message_id FROM message_tag AS b WHERE b.message_id > ?"
        " AND EXISTS (SELECT 1 FROM message AS m WHERE m.id = b.message_id AND m.at >= ? AND m.at < ?) ORDER BY b.message_id LIMIT ?"
    )
    ids = [number for (number,) in connection.execute(sql, (after, since_ms or 0, until_ms, limit))]
    return by_id(connection, ids)


def count_tagged(connection: sqlite3.Connection, since_ms: int | None, until_ms: int) -> int:
    """How many messages of a span bear any tag."""
    sql = (
        "SELECT count(DISTINCT b.message_id) FROM message_tag AS b JOIN message AS m ON m.id = b.message_id"
        " WHERE m.at >= ? AND m.at < ?"
    )
    many: int = connection.execute(sql, (since_ms or 0, until_ms)).fetchone()[0]
    return many


def by_id(connection: sqlite3.Connection, message_ids: Sequence[int]) -> list[TaggedMessage]:
    """Messages with all of their tags, in the order of their ids."""
    found: list[TaggedMessage] = []
    for start in range(0, len(message_ids), CHUNK):
        chunk = message_ids[start : start + CHUNK]
        borne = of_messages(connection, chunk)
        sql = f"{_TAGGED.format(source='message AS m')} WHERE m.id IN ({', '.join('?' * len(chunk))}) ORDER BY m.id"
        for values in connection.execute(sql, tuple(chunk)):
            row = _row(*values)
            found.append(row._replace(tags=tuple(tag.id for tag in borne.get(row.id, ()))))
    return found


def last_of_customers(connection: sqlite3.Connection, conversation_ids: Iterable[int]) -> list[int]:
    """What the customer wrote last in each conversation: what a tag on the conversation is put on."""
    found = []
    sql = "SELECT id FROM message WHERE conversation_id = ? AND kind <> 'ours' AND NOT deleted ORDER BY at DESC, id DESC LIMIT 1"
    for conversation_id in conversation_ids:
        found += [number for (number,) in connection.execute(sql, (conversation_id,))]
    return found


def _row(number: int, conversation_id: int, at: int, *rest: Any) -> TaggedMessage:
    return TaggedMessage(number, conversation_id, from_ms(at), *rest)
