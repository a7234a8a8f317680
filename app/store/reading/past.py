"""Stored messages of customers as rules would have heard them: what a rule is tried on."""

from __future__ import annotations

import json
import sqlite3

from app.models.arrival import Arrival
from app.models.conversation import Category
from app.models.judgement import Heard
from app.models.message import MessageKind
from app.runtime.clock import from_ms

_LATEST = 1 << 62

Past = tuple[Heard, int, int]
"""A stored message as the rules would have heard it, its id and its conversation's."""


def past(connection: sqlite3.Connection, since_ms: int, limit: int, after: tuple[int, int] | None = None) -> list[Past]:
    """Messages of customers since a moment, newest first; `after` is (milliseconds, id) of the last one of the page before."""
    sql = (
        "SELECT m.id, m.conversation_id, m.account_id, m.kind, m.text, m.at, m.language, a.network, c.category, i.handle,"
        " coalesce(nullif(i.name, ''), i.handle), i.followers, u.first_at, u.flags, u.muted_at"
        " FROM message AS m INDEXED BY message_at CROSS JOIN account AS a ON a.id = m.account_id"
        " CROSS JOIN conversation AS c ON c.id = m.conversation_id CROSS JOIN identity AS i ON i.id = m.identity_id"
        " CROSS JOIN customer AS u ON u.id = i.customer_id"
        " WHERE (m.at, m.id) < (?, ?) AND m.at >= ? AND m.kind <> 'ours' AND NOT m.deleted ORDER BY m.at DESC, m.id DESC LIMIT ?"
    )
    at, number = after or (_LATEST, 0)
    return [_past(*row) for row in connection.execute(sql, (at, number, since_ms, limit))]


def count_past(connection: sqlite3.Connection, since_ms: int) -> int:
    """How many messages `past` goes through at most: ours and deleted ones are counted as well."""
    many: int = connection.execute("SELECT count(*) FROM message WHERE at >= ?", (since_ms,)).fetchone()[0]
    return many


def _past(
    number: int,
    conversation_id: int,
    account_id: int,
    kind: str,
    text: str,
    at: int,
    language: str,
    network: str,
    category: str,
    handle: str,
    author: str,
    followers: int | None,
    first_at: int | None,
    flags: str,
    muted_at: int | None,
) -> Past:
    arrival = Arrival("", MessageKind(kind), "", handle, text, from_ms(at), "", author_name=author, language=language)
    heard = Heard(
        arrival,
        account_id,
        network,
        Category(category),
        begins=False,
        first_time=first_at is None or at <= first_at,
        flags=frozenset(json.loads(flags)),
        followers=followers,
        muted=muted_at is not None,
    )
    return heard, number, conversation_id
