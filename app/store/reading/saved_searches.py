"""Saved searches: which there are, what each found, and how much of it is still to be looked at."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.models.conversation import ConversationState
from app.models.find import FoundRow, FoundRows, SavedSearchRow, Wanted
from app.models.folding import excerpt
from app.runtime.clock import to_ms
from app.store import filters, finding
from app.store.counters import SEARCH, to_look_at
from app.store.reading import conversations

MOST_LISTED = 20_000
"""Conversations of one saved search; the newest count."""

_TO_LOOK_AT = (ConversationState.NEEDS_ANSWER, ConversationState.WAITING)


class NewMessage(NamedTuple):
    """A message as saved searches look at it."""

    id: int
    conversation_id: int
    at_ms: int
    text: str


def find(
    connection: sqlite3.Connection,
    wanted: Wanted,
    now_ms: int,
    limit: int,
    after: tuple[int, int] | None = None,
    effort: int = finding.EFFORT,
) -> FoundRows:
    """Rows of what is found, each with the passage that holds the hit; see `finding.find`."""
    found = finding.find(connection, wanted, now_ms, limit, after, effort)
    rows = {row.id: row for row in conversations.by_id(connection, [hit.conversation_id for hit in found.hits])}
    shown = []
    for hit in found.hits:
        row = rows.get(hit.conversation_id)
        if row is not None:
            passage = excerpt(hit.text, wanted.words) if hit.text else row.snippet
            shown.append(FoundRow(row._replace(snippet=passage), hit.at_ms))
    return FoundRows(tuple(shown), found.resume)


def searches(connection: sqlite3.Connection) -> list[SavedSearchRow]:
    """In the order the user gave them."""
    sql = "SELECT id, name, words, accounts, asks FROM saved_search WHERE removed_at IS NULL ORDER BY position, id"
    return [
        SavedSearchRow(number, name, words, tuple(json.loads(accounts)), bool(asks))
        for number, name, words, accounts, asks in connection.execute(sql)
    ]


def counts(connection: sqlite3.Connection, account_id: int | None) -> Mapping[int, int]:
    """What each search found that needs an answer or was not read yet: from the maintained counters. Searches without any are left out."""
    narrowed = conversations.narrowing(connection, account_id)
    sql = f"SELECT state, sum(count) AS many FROM counter WHERE state >= ? AND state < ?{narrowed} GROUP BY state HAVING many > 0"
    values = (SEARCH, SEARCH + "\U0010ffff", *(() if account_id is None else (account_id,)))
    return {int(state.removeprefix(SEARCH)): many for state, many in connection.execute(sql, values)}


def count(connection: sqlite3.Connection, search_id: int, wanted: Wanted, account_id: int | None, now_ms: int) -> int:
    """The same for one search whose words hold conditions that come and go: its hits are asked for them."""
    passing = filters.of(connection, wanted.passing(), now_ms)
    if passing.impossible:
        return 0
    narrowed = conversations.narrowing(connection, account_id, "c.account_id")
    own = () if account_id is None else (account_id,)
    first: tuple[object, ...]
    if wanted.lasting().is_nothing:
        since, bounds = _since(wanted, "c.last_at")
        source, first = "conversation AS c INDEXED BY conversation_state_sort WHERE c.state IN (?, ?)", _TO_LOOK_AT
    else:
        since, bounds = _since(wanted, "h.at")
        source = "search_hit AS h CROSS JOIN conversation AS c ON c.id = h.conversation_id WHERE h.search_id = ?"
        first = (search_id,)
    sql = f"SELECT count(*) FROM {source} AND {to_look_at('c')} AND {_asked(passing)}{since}{narrowed}"
    many: int = connection.execute(sql, (*first, *passing.values, *bounds, *own)).fetchone()[0]
    return many


def ids(
    connection: sqlite3.Connection, search_id: int, wanted: Wanted, account_id: int | None, now_ms: int
) -> Sequence[int]:
    """All conversations of a search, newest first."""
    passing = filters.of(connection, wanted.passing(), now_ms)
    if passing.impossible:
        return array("q")
    if wanted.lasting().is_nothing:
        hits = finding.everything(connection, wanted, now_ms, MOST_LISTED)
        held = array("q", (hit.conversation_id for hit in hits))
        return held if account_id is None else _of_account(connection, held, account_id)
    since, bounds = _since(wanted, "h.at")
    narrowed = conversations.narrowing(connection, account_id, "c.account_id")
    own = () if account_id is None else (account_id,)
    sql = (
        "SELECT c.id FROM search_hit AS h CROSS JOIN conversation AS c ON c.id = h.conversation_id"
        f" WHERE h.search_id = ? AND {_asked(passing)}{since}{narrowed} ORDER BY max(h.at, c.last_at) DESC, c.id DESC LIMIT ?"
    )
    found = connection.execute(sql, (search_id, *passing.values, *bounds, *own, MOST_LISTED))
    return array("q", (number for (number,) in found))


def passages(connection: sqlite3.Connection, search_id: int, wanted: Wanted, ids: Sequence[int]) -> Mapping[int, str]:
    """Of some conversations of a search, the passage with the hit."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), conversations.CHUNK):
        chunk = ids[start : start + conversations.CHUNK]
        sql = (
            "SELECT h.conversation_id, m.text FROM search_hit AS h CROSS JOIN message AS m INDEXED BY message_conversation_at"
            " ON m.conversation_id = h.conversation_id AND m.at = h.at"
            f" WHERE h.search_id = ? AND h.conversation_id IN ({', '.join('?' * len(chunk))})"
        )
        found |= {number: excerpt(text, wanted.words) for number, text in connection.execute(sql, (search_id, *chunk))}
    return found


def new_messages(connection: sqlite3.Connection, after_id: int, limit: int) -> list[NewMessage]:
    """Messages stored after another, in that order."""
    sql = "SELECT id, conversation_id, at, text FROM message WHERE id > ? ORDER BY id LIMIT ?"
    return [NewMessage(*row) for row in connection.execute(sql, (after_id, limit))]


def last_message(connection: sqlite3.Connection) -> int:
    """The id of the message stored last; 0 without any."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()[0]
    return number


def fitting(
    connection: sqlite3.Connection, wanted: Wanted, messages: Sequence[NewMessage], now_ms: int
) -> list[NewMessage]:
    """Those of some messages that meet the lasting conditions; words are the caller's."""
    lasting = filters.of(connection, wanted.lasting(), now_ms)
    if lasting.impossible or not messages:
        return []
    places = ", ".join("?" * len(messages))
    sql = f"SELECT m.id FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id WHERE m.id IN ({places}) AND {lasting.sql}"
    fit = {number for (number,) in connection.execute(sql, (*(each.id for each in messages), *lasting.values))}
    return [each for each in messages if each.id in fit]


def looked_at(connection: sqlite3.Connection, account_id: int, stream: str) -> tuple[str, int]:
    """(cursor, when it was last asked for in milliseconds) of a search at a network."""
    found = connection.execute(
        "SELECT value, moved_at FROM cursor WHERE account_id = ? AND stream = ?", (account_id, stream)
    ).fetchone()
    return found or ("", 0)


def _asked(passing: filters.Filter) -> str:
    """Conditions on single messages (a tag given later) hold for a conversation where one of its messages meets them."""
    if not passing.of_messages:
        return passing.sql
    return f"EXISTS (SELECT 1 FROM message AS m WHERE m.conversation_id = c.id AND {passing.sql})"


def _since(wanted: Wanted, column: str) -> tuple[str, tuple[int, ...]]:
    bounds = [(f" AND {column} >= ?", wanted.since), (f" AND {column} < ?", wanted.until)]
    return "".join(sql for sql, moment in bounds if moment), tuple(to_ms(moment) for _, moment in bounds if moment)


def _of_account(connection: sqlite3.Connection, held: Sequence[int], account_id: int) -> Sequence[int]:
    own = {
        number for (number,) in connection.execute("SELECT id FROM conversation WHERE account_id = ?", (account_id,))
    }
    return array("q", (number for number in held if number in own))
