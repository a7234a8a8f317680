"""Finding: words by the index, conditions by filters, newest first, and never more work at once than was allowed.

What drives depends on what was asked: words go through the search index, a person through their conversations, a tag through its messages,
anything else through messages or conversations in order of time. The rest filters what comes by. After `effort` rows the answer is what was
found so far with the place to go on from, so that no condition, however rare, turns one question into a reading of everything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.models.find import Wanted
from app.models.folding import holds, is_handle
from app.runtime.clock import to_ms
from app.store import filters
from app.store.counters import MESSAGES
from app.store.filters import Filter
from app.store.search import JOINED, key_of, match_expression

EFFORT = 1000
"""Rows looked at for one answer: some four milliseconds."""
MOST_PEOPLE = 400
"""More people than this by one name are too many to tell apart; the newest customers count."""
FEW = 400
"""So many conversations are gone through one by one."""
MOST_OF_FEW = 5000
"""Messages of these."""

Anchor = tuple[int, int]
_NEWEST: Anchor = ((1 << 63) - 1, 0)


class Hit(NamedTuple):
    """One conversation with its newest match."""

    conversation_id: int
    at_ms: int
    text: str = ""
    """Of the message that matches; empty where it is not one message that was found."""


class Found(NamedTuple):
    """Newest first, each conversation once."""

    hits: list[Hit]
    resume: Anchor | None
    """Where to go on; None when nothing is left."""


class _Row(NamedTuple):
    """Something that came by: how far we are with it, and whether it is wanted."""

    place: Anchor
    conversation_id: int
    at_ms: int
    text: str
    wanted: bool


def find(
    connection: sqlite3.Connection,
    wanted: Wanted,
    now_ms: int,
    limit: int,
    after: Anchor | None = None,
    effort: int = EFFORT,
) -> Found:
    """The next `limit` conversations, or fewer where the effort was spent before; `after` is what the answer before gave as `resume`."""
    if wanted.is_nothing and not wanted.without:
        return Found([], None)
    narrowed = filters.of(connection, wanted, now_ms)
    if narrowed.impossible:
        return Found([], None)
    found: dict[int, Hit] = {}
    resume: Anchor | None = None
    for looked, row in enumerate(_rows(connection, wanted, narrowed, after), start=1):
        if row.wanted:
            found.setdefault(row.conversation_id, Hit(row.conversation_id, row.at_ms, row.text))
        if len(found) >= limit or looked >= effort:
            resume = row.place
            break
    if after is None and wanted.words and not narrowed.of_messages:
        for hit in _by_name(connection, wanted, narrowed, limit):
            if hit.conversation_id not in found:
                found[hit.conversation_id] = hit
    ordered = sorted(found.values(), key=lambda hit: (-hit.at_ms, -hit.conversation_id))
    return Found(ordered[:limit], resume)


def everything(connection: sqlite3.Connection, wanted: Wanted, now_ms: int, most: int) -> list[Hit]:
    """All hits up to a number, however much work it is; for the background."""
    found: dict[int, Hit] = {}
    after: Anchor | None = None
    while len(found) < most:
        part = find(connection, wanted, now_ms, most, after, effort=EFFORT * 20)
        for hit in part.hits:
            found.setdefault(hit.conversation_id, hit)
        after = part.resume
        if after is None:
            break
    return list(found.values())[:most]


def searched(connection: sqlite3.Connection) -> tuple[int, int | None]:
    """(how many messages there are, when the first of them was written)."""
    many = connection.execute("SELECT coalesce(sum(count), 0) FROM counter WHERE state = ?", (MESSAGES,)).fetchone()[0]
    first = connection.execute("SELECT min(at) FROM message").fetchone()[0]
    return many, first


def _rows(connection: sqlite3.Connection, wanted: Wanted, narrowed: Filter, after: Anchor | None) -> Iterator[_Row]:
    few = _few(connection, narrowed)
    if few is not None:
        return _of_few(connection, wanted, narrowed, few, after or _NEWEST)
    if wanted.words:
        return _said(connection, wanted, narrowed, after or _NEWEST)
    if narrowed.tag is not None:
        return _tagged(connection, wanted, narrowed, after or _NEWEST)
    if narrowed.of_messages or wanted.without:
        return _written(connection, wanted, narrowed, after or _NEWEST)
    return _standing(connection, narrowed, after or _NEWEST)


def _few(connection: sqlite3.Connection, narrowed: Filter) -> list[int] | None:
    """The conversations of the people asked for, where these are few."""
    if narrowed.people is None:
        return None
    sql = f"SELECT id FROM conversation WHERE customer_id IN ({_listed(narrowed.people)}) LIMIT ?"
    ids = [number for (number,) in connection.execute(sql, (FEW + 1,))]
    return ids if len(ids) <= FEW else None


def _of_few(
    connection: sqlite3.Connection, wanted: Wanted, narrowed: Filter, ids: Iterable[int], after: Anchor
) -> Iterator[_Row]:
    latest, first = _bounds(wanted, after)
    sql = (
        "SELECT m.id, m.conversation_id, m.at, m.text FROM message AS m INDEXED BY message_conversation_at"
        f" CROSS JOIN conversation AS c ON c.id = m.conversation_id WHERE m.conversation_id IN ({_listed(ids)})"
        f" AND {narrowed.sql} AND (m.at, m.id) < (?, ?) AND m.at >= ? ORDER BY m.at DESC, m.id DESC LIMIT ?"
    )
    rows = connection.execute(sql, (*narrowed.values, *latest, first, MOST_OF_FEW)).fetchall()
    for number, conversation_id, at, text in rows:
        if holds(text, wanted.words, wanted.without):
            yield _Row((at, number), conversation_id, at, text if wanted.words else "", wanted=True)


def _said(connection: sqlite3.Connection, wanted: Wanted, narrowed: Filter, after: Anchor) -> Iterator[_Row]:
    """By the index. What comes by is asked for the conditions here, so that what does not fit counts as work too."""
    handles = tuple(filter(is_handle, wanted.without))
    asked: list[object] = [match_expression(wanted.words, wanted.without), after[0]]
    bounds = " AND s.rowid < ?"
    if wanted.until is not None:
        asked[1] = min(after[0], key_of(to_ms(wanted.until)))
    if wanted.since is not None:
        bounds += " AND s.rowid >= ?"
        asked.append(key_of(to_ms(wanted.since)))
    sql = (
        f"SELECT s.rowid, m.conversation_id, m.at, CASE WHEN {narrowed.sql} THEN m.text END FROM message_search AS s"
        f" CROSS JOIN {JOINED} CROSS JOIN conversation AS c ON c.id = m.conversation_id"
        f" WHERE s.message_search MATCH ?{bounds} ORDER BY s.rowid DESC"
    )
    for key, conversation_id, at, text in connection.execute(sql, (*narrowed.values, *asked)):
        fits = text is not None and (not handles or holds(text, (), handles))
        yield _Row((key, 0), conversation_id, at, text or "", fits)


def _written(connection: sqlite3.Connection, wanted: Wanted, narrowed: Filter, after: Anchor) -> Iterator[_Row]:
    """All messages, newest first."""
    latest, first = _bounds(wanted, after)
    sql = (
        f"SELECT m.id, m.conversation_id, m.at, CASE WHEN {narrowed.sql} THEN m.text END FROM message AS m INDEXED BY message_at"
        " CROSS JOIN conversation AS c ON c.id = m.conversation_id"
        " WHERE (m.at, m.id) < (?, ?) AND m.at >= ? ORDER BY m.at DESC, m.id DESC"
    )
    for number, conversation_id, at, text in connection.execute(sql, (*narrowed.values, *latest, first)):
        fits = text is not None and (not wanted.without or holds(text, (), wanted.without))
        yield _Row((at, number), conversation_id, at, text if fits else "", fits)


def _bounds(wanted: Wanted, after: Anchor) -> tuple[Anchor, int]:
    """Messages before which and from when on, by the days that were asked for."""
    latest = after if wanted.until is None else min(after, (to_ms(wanted.until), 0))
    return latest, to_ms(wanted.since) if wanted.since is not None else 0


def _tagged(connection: sqlite3.Connection, wanted: Wanted, narrowed: Filter, after: Anchor) -> Iterator[_Row]:
    """The messages of a tag, those stored last first."""
    latest, first = _bounds(wanted, _NEWEST)
    sql = (
        f"SELECT m.id, m.conversation_id, m.at, CASE WHEN {narrowed.sql} THEN m.text END"
        " FROM message_tag AS t INDEXED BY message_tag_tag CROSS JOIN message AS m ON m.id = t.message_id"
        " CROSS JOIN conversation AS c ON c.id = m.conversation_id"
        " WHERE t.tag_id = ? AND t.message_id < ? ORDER BY t.message_id DESC"
    )
    for number, conversation_id, at, text in connection.execute(sql, (*narrowed.values, narrowed.tag, after[0])):
        fits = text is not None and first <= at < latest[0] and holds(text, (), wanted.without)
        yield _Row((number, 0), conversation_id, at, text if fits else "", fits)


def _standing(connection: sqlite3.Connection, narrowed: Filter, after: Anchor) -> Iterator[_Row]:
    """Conversations by what they are, newest first; the rows of a state that has few are sorted, not gone through with all others."""
    if narrowed.rare_states is not None:
        sql = (
            "SELECT c.id, c.last_at FROM conversation AS c INDEXED BY conversation_state_sort"
            f" WHERE c.state IN ({', '.join('?' * len(narrowed.rare_states))}) AND {narrowed.sql}"
            " AND (c.last_at, c.id) < (?, ?) ORDER BY c.last_at DESC, c.id DESC"
        )
        for number, at in connection.execute(sql, (*narrowed.rare_states, *narrowed.values, *after)):
            yield _Row((at, number), number, at, "", wanted=True)
        return
    one = narrowed.account is not None
    index, of_account = ("conversation_account_last", " AND c.account_id = ?") if one else ("conversation_last", "")
    accounts = (narrowed.account,) if one else ()
    sql = (
        f"SELECT c.id, c.last_at, {narrowed.sql} FROM conversation AS c INDEXED BY {index}"
        f" WHERE (c.last_at, c.id) < (?, ?){of_account} ORDER BY c.last_at DESC, c.id DESC"
    )
    for number, at, fits in connection.execute(sql, (*narrowed.values, *after, *accounts)):
        yield _Row((at, number), number, at, "", bool(fits))


def _by_name(connection: sqlite3.Connection, wanted: Wanted, narrowed: Filter, limit: int) -> Iterator[Hit]:
    """Conversations of people whose name or handle holds the words."""
    expression = match_expression(wanted.words, wanted.without)
    sql = (
        "WITH people AS (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? ORDER BY rowid DESC LIMIT ?)"
        " SELECT c.id, c.last_at FROM conversation AS c WHERE c.customer_id IN ("
        " SELECT i.customer_id FROM people JOIN identity AS i ON i.id = people.key >> 1 WHERE people.key & 1 = 0"
        " UNION SELECT people.key >> 1 FROM people WHERE people.key & 1 = 1)"
        f" AND {narrowed.sql} ORDER BY c.last_at DESC, c.id DESC LIMIT ?"
    )
    for number, at in connection.execute(sql, (expression, MOST_PEOPLE, *narrowed.values, limit)):
        yield Hit(number, at)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)
