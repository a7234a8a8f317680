"""Conversations as lists show them: pages by anchor, rows by id, maintained counts.

Order. Each view is ascending by (sort_key, id): see `sort_key` in store/writing/conversations.py. `View.ALL` mixes states and is
newest first; the rows of its pages carry `-last_at` as sort_key, so that (sort_key, id) of a row is the anchor there too.

What was said to an account that was removed stays, but in no view and no count: it is found by searching.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.models.conversation import VIEW_STATES, Category, ConversationRow, ConversationState, Standing, View
from app.runtime.clock import from_ms
from app.store.counters import MESSAGES

SOON_MILLISECONDS = 60 * 60 * 1000
"""What has to be answered within this time is due soon."""

CHUNK = 500

_STATES = {str(state): state for state in ConversationState}
_CATEGORIES = {str(category): category for category in Category}

_COLUMNS = (
    "c.id, c.account_id, a.network, c.customer_id, coalesce(nullif(u.name, ''), nullif(i.name, ''), i.handle), i.handle, c.snippet,"
    " c.state, c.category, c.language, c.private, c.unread, c.last_at, c.answer_by, c.snoozed_until, i.avatar, c.priority"
)
_JOINED = (
    "conversation AS c JOIN account AS a ON a.id = c.account_id JOIN identity AS i ON i.id = c.identity_id"
    " JOIN customer AS u ON u.id = c.customer_id"
)

Anchor = tuple[int, int]
_FIRST: Anchor = (-(1 << 62), 0)
_LAST_KEY = 1 << 62


def page(
    connection: sqlite3.Connection, view: View, account_id: int | None, after: Anchor | None, limit: int, now_ms: int
) -> list[ConversationRow]:
    """The next `limit` rows after the anchor."""
    if view is View.ALL:
        return _page_of_all(connection, account_id, after, limit)
    states = VIEW_STATES[view]
    last = now_ms + SOON_MILLISECONDS if view is View.DUE_SOON else _LAST_KEY
    narrowed = narrowing(connection, account_id, "c.account_id")
    one = f"WHERE c.state = ?{narrowed} AND (c.sort_key, c.id) > (?, ?) AND c.sort_key <= ? ORDER BY c.sort_key, c.id LIMIT ?"
    values = [(state, *_values(account_id), *(after or _FIRST), last, limit) for state in states]
    if len(states) == 1:
        sql = f"SELECT {_COLUMNS}, c.sort_key FROM {_JOINED} {one}"
        return _rows(connection.execute(sql, values[0]))
    # Each state is ordered by its index; what they give is merged, never the whole of them sorted.
    merged = " UNION ALL ".join(
        [f"SELECT * FROM (SELECT c.sort_key AS key, c.id AS id FROM conversation AS c {one})"] * len(states)
    )
    sql = (
        f"WITH p AS ({merged} ORDER BY 1, 2 LIMIT ?) SELECT {_COLUMNS}, c.sort_key"
        f" FROM p CROSS JOIN {_JOINED} WHERE c.id = p.id ORDER BY p.key, p.id"
    )
    return _rows(connection.execute(sql, (*(value for part in values for value in part), limit)))


def _page_of_all(
    connection: sqlite3.Connection, account_id: int | None, after: Anchor | None, limit: int
) -> list[ConversationRow]:
    at, anchor_id = _LAST_KEY, 0
    if after is not None:
        at, anchor_id = -after[0], after[1]
        if at < 0:
            # A row that was read by its id carries the key of its state.
            found = connection.execute("SELECT last_at FROM conversation WHERE id = ?", (anchor_id,)).fetchone()
            at = found[0] if found else _LAST_KEY
    sql = (
        f"SELECT {_COLUMNS}, -c.last_at FROM {_JOINED} WHERE (c.last_at, c.id) < (?, ?){narrowing(connection, account_id, 'c.account_id')}"
        " ORDER BY c.last_at DESC, c.id DESC LIMIT ?"
    )
    return _rows(connection.execute(sql, (at, anchor_id, *_values(account_id), limit)))


def by_id(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ConversationRow]:
    """In the order of `ids`; what is gone is left out."""
    found: dict[int, ConversationRow] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        sql = f"SELECT {_COLUMNS}, c.sort_key FROM {_JOINED} WHERE c.id IN ({', '.join('?' * len(chunk))})"
        found.update((row.id, row) for row in _rows(connection.execute(sql, tuple(chunk))))
    return [found[number] for number in ids if number in found]


def row(connection: sqlite3.Connection, conversation_id: int) -> ConversationRow | None:
    rows = by_id(connection, [conversation_id])
    return rows[0] if rows else None


def ids(connection: sqlite3.Connection, view: View, account_id: int | None, now_ms: int) -> array[int]:
    """All ids in list order."""
    if view is View.ALL:
        sql = f"SELECT id FROM conversation WHERE true{narrowing(connection, account_id)} ORDER BY last_at DESC, id DESC"
        return array("q", (number for (number,) in connection.execute(sql, _values(account_id))))
    states = VIEW_STATES[view]
    last = now_ms + SOON_MILLISECONDS if view is View.DUE_SOON else _LAST_KEY
    places = ", ".join("?" * len(states))
    sql = f"SELECT id FROM conversation WHERE state IN ({places}){narrowing(connection, account_id)} AND sort_key <= ? ORDER BY sort_key, id"
    return array("q", (number for (number,) in connection.execute(sql, (*states, *_values(account_id), last))))


# --- counts


def count(connection: sqlite3.Connection, view: View, account_id: int | None, now_ms: int) -> int:
    if view is View.DUE_SOON:
        return _count_due(connection, account_id, now_ms + SOON_MILLISECONDS)
    states = VIEW_STATES[view]
    places = ", ".join("?" * len(states))
    sql = f"SELECT coalesce(sum(count), 0) FROM counter WHERE state IN ({places}){narrowing(connection, account_id)}"
    many: int = connection.execute(sql, (*states, *_values(account_id))).fetchone()[0]
    return many


def count_late(connection: sqlite3.Connection, account_id: int | None, now_ms: int) -> int:
    """Those that should have been answered before now."""
    return _count_due(connection, account_id, now_ms - 1)


def view_counts(connection: sqlite3.Connection, account_id: int | None, now_ms: int) -> Mapping[View, int]:
    sql = f"SELECT state, sum(count) FROM counter WHERE true{narrowing(connection, account_id)} GROUP BY state"
    by_state: dict[str, int] = dict(connection.execute(sql, _values(account_id)).fetchall())
    by_state.pop(MESSAGES, None)
    counts = {view: sum(by_state.get(state, 0) for state in states) for view, states in VIEW_STATES.items()}
    counts[View.DUE_SOON] = _count_due(connection, account_id, now_ms + SOON_MILLISECONDS)
    return counts


def account_counts(connection: sqlite3.Connection, view: View, now_ms: int) -> Mapping[int, int]:
    """By account; accounts without any are left out."""
    if view is View.DUE_SOON:
        accounts = [number for (number,) in connection.execute("SELECT DISTINCT account_id FROM counter")]
        due = ((number, _count_due(connection, number, now_ms + SOON_MILLISECONDS)) for number in accounts)
        return {number: many for number, many in due if many}
    states = VIEW_STATES[view]
    places = ", ".join("?" * len(states))
    sql = f"SELECT account_id, sum(count) AS many FROM counter WHERE state IN ({places}) GROUP BY account_id HAVING many > 0"
    return dict(connection.execute(sql, states).fetchall())


def _count_due(connection: sqlite3.Connection, account_id: int | None, last_ms: int) -> int:
    sql = f"SELECT count(*) FROM conversation WHERE state = ?{narrowing(connection, account_id)} AND sort_key <= ?"
    many: int = connection.execute(sql, (ConversationState.NEEDS_ANSWER, *_values(account_id), last_ms)).fetchone()[0]
    return many


# --- single facts


def standing(connection: sqlite3.Connection, conversation_id: int) -> Standing | None:
    sql = "SELECT state, category, answer_by, snoozed_until, unread FROM conversation WHERE id = ?"
    found = connection.execute(sql, (conversation_id,)).fetchone()
    if found is None:
        return None
    state, category, answer_by, snoozed_until, unread = found
    return Standing(_STATES[state], _CATEGORIES[category], _moment(answer_by), _moment(snoozed_until), bool(unread))


def next_wake(connection: sqlite3.Connection) -> datetime | None:
    """When the first snoozed conversation comes back."""
    sql = "SELECT min(sort_key) FROM conversation WHERE state = ?"
    return _moment(connection.execute(sql, (ConversationState.SNOOZED,)).fetchone()[0])


def _rows(found: Iterable[tuple[Any, ...]]) -> list[ConversationRow]:
    return [_row(*values) for values in found]


def _row(
    number: int,
    account_id: int,
    network: str,
    customer_id: int,
    author: str,
    handle: str,
    snippet: str,
    state: str,
    category: str,
    language: str,
    private: int,
    unread: int,
    last_at: int,
    answer_by: int | None,
    snoozed_until: int | None,
    avatar: str,
    priority: int,
    sort_key: int,
) -> ConversationRow:
    """By position: naming the fields costs a page of a list a tenth of its time."""
    return ConversationRow(
        number,
        account_id,
        network,
        customer_id,
        author,
        handle,
        snippet,
        _STATES[state],
        _CATEGORIES[category],
        language,
        private == 1,
        unread == 1,
        from_ms(last_at),
        None if answer_by is None else from_ms(answer_by),
        None if snoozed_until is None else from_ms(snoozed_until),
        avatar,
        sort_key,
        priority,
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)


def narrowing(connection: sqlite3.Connection, account_id: int | None, column: str = "account_id") -> str:
    """To one account, else to those that were not removed; usually there are none, and the indexes serve as they are."""
    if account_id is not None:
        return f" AND {column} = ?"
    removed = [str(number) for (number,) in connection.execute("SELECT id FROM account WHERE removed_at IS NOT NULL")]
    return f" AND {column} NOT IN ({', '.join(removed)})" if removed else ""


def _values(account_id: int | None) -> tuple[int, ...]:
    return () if account_id is None else (account_id,)
