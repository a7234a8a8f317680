"""What the calendar shows of a span, and what waits to be placed: one question a table, however many posts there are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.models.account import AccountState
from app.models.calendar import CalendarPost, CalendarSpan, MarkRow, PhaseRow
from app.models.outbox import WORST_FIRST, DeliveryState, Keeper, keeper_of
from app.models.post import PostFormat, PostState
from app.runtime.clock import from_ms
from app.runtime.words import Message
from app.store.reading.outbox import TIME_LEFT, warnings_of

_RANK = {str(state): rank for rank, state in enumerate(WORST_FIRST)}
_KEEPERS = {str(state): keeper_of(state) for state in DeliveryState}
# Looked up, not made: a month may hold thousands.
_STATES = {str(state): state for state in PostState}
_FORMATS = {str(kind): kind for kind in PostFormat}
_SHOWN = {str(state): state for state in DeliveryState}
_LONGEST_TITLE = 200
_CHUNK = 500
_POST = "SELECT id, title, parts, state, planned_at, pillar, format, saved_at, campaign_id, origin, series_id, series_day, question FROM post WHERE deleted_at IS NULL"
_OWED = "SELECT post_id, id, state, reason, warnings FROM outbox WHERE post_id IN (?*) ORDER BY id"
_GOES_TO = (
    "SELECT v.post_id, a.id, a.network, a.state FROM variant AS v JOIN account AS a ON a.id = v.account_id"
    " WHERE v.post_id IN (?*) ORDER BY a.position, a.id"
)
_CLICKS = (
    "SELECT o.id, (SELECT value FROM sample AS s WHERE s.metric = 'clicks' AND s.subject = 'post' AND s.subject_id = o.id"
    " ORDER BY s.at DESC LIMIT 1) FROM outbox AS o WHERE o.id IN (?*)"
)

_UTC = "(julianday({day}) - 2440587.5 + {after}) * 86400000"
_STARTS = (
    f"coalesce((SELECT starts_at FROM local_day WHERE starts_at BETWEEN {_UTC} - 93600000 AND {_UTC} + 93600000"
    f" AND day = julianday({{day}}) - 1721424.5 + {{after}}), {_UTC})"
)
"""When a day of the shop begins, at most 26 hours from where it does in UTC; there until the shop's days are known."""
_WITHIN = (
    "CASE WHEN p.posts_a_day > 0 THEN (SELECT count(*) FROM post AS q WHERE q.campaign_id = p.campaign_id AND q.deleted_at IS NULL"
    f" AND q.planned_at >= {_STARTS.format(day='p.starts_on', after=0)} AND q.planned_at < {_STARTS.format(day='p.ends_on', after=1)})"
    " ELSE 0 END"
)

Rows = dict[int, list[tuple[Any, ...]]]


def span(connection: sqlite3.Connection, since_ms: int, until_ms: int, first: date, last: date) -> CalendarSpan:
    """Posts planned or out in [since, until), drafts with a time included; phases and marks of the days first to last."""
    found = connection.execute(
        f"{_POST} AND planned_at >= ? AND planned_at < ? ORDER BY planned_at, id", (since_ms, until_ms)
    )
    return CalendarSpan(
        tuple(_posts(connection, found.fetchall())), phases(connection, first, last), marks(connection, first, last)
    )


def to_place(connection: sqlite3.Connection) -> list[CalendarPost]:
    """Ideas and drafts without a time, newest first."""
    found = connection.execute(
        f"{_POST} AND state IN (?, ?) AND planned_at IS NULL ORDER BY saved_at DESC, id DESC",
        (PostState.IDEA, PostState.DRAFT),
    )
    return _posts(connection, found.fetchall())


def one(connection: sqlite3.Connection, post_id: int) -> CalendarPost | None:
    """One post; None when it is not there or was deleted."""
    found = _posts(connection, connection.execute(f"{_POST} AND id = ?", (post_id,)).fetchall())
    return found[0] if found else None


def of_campaign(connection: sqlite3.Connection, campaign_id: int) -> list[CalendarPost]:
    """Drafts and planned posts of a campaign, in time order; those without a time last."""
    found = connection.execute(
        f"{_POST} AND campaign_id = ? AND state <> ? ORDER BY planned_at IS NULL, planned_at, id", (campaign_id, PostState.IDEA)
    )
    return _posts(connection, found.fetchall())


def of_mark(connection: sqlite3.Connection, mark_id: int) -> list[CalendarPost]:
    """Posts that move with a launch, in time order."""
    found = connection.execute(f"{_POST} AND mark_id = ? ORDER BY planned_at IS NULL, planned_at, id", (mark_id,))
    return _posts(connection, found.fetchall())


def phases(connection: sqlite3.Connection, first: date, last: date) -> tuple[PhaseRow, ...]:
    """Those that touch the days, the earliest first; a shop has a handful of campaigns."""
    found = connection.execute(
        f"SELECT p.id, p.campaign_id, c.name, c.hue, p.kind, p.starts_on, p.ends_on, p.title, p.posts_a_day, {_WITHIN} FROM phase AS p"
        " JOIN campaign AS c ON c.id = p.campaign_id AND c.removed_at IS NULL"
        " WHERE p.starts_on <= ? AND p.ends_on >= ? ORDER BY p.starts_on, p.id",
        (last.isoformat(), first.isoformat()),
    )
    return tuple(
        PhaseRow(number, campaign_id, name, hue, kind, date.fromisoformat(begins), date.fromisoformat(ends), title, *counts)
        for number, campaign_id, name, hue, kind, begins, ends, title, *counts in found
    )


def marks(connection: sqlite3.Connection, first: date, last: date) -> tuple[MarkRow, ...]:
    found = connection.execute(
        "SELECT id, kind, title, on_day, minute, campaign_id FROM mark WHERE removed_at IS NULL AND on_day >= ? AND on_day <= ?"
        " ORDER BY on_day, id",
        (first.isoformat(), last.isoformat()),
    )
    return tuple(
        MarkRow(number, kind, title, date.fromisoformat(day), minute, campaign_id) for number, kind, title, day, minute, campaign_id in found
    )


def mark(connection: sqlite3.Connection, mark_id: int) -> MarkRow | None:
    """One of them; None when it is not there or was removed."""
    found = connection.execute("SELECT on_day FROM mark WHERE id = ? AND removed_at IS NULL", (mark_id,)).fetchone()
    day = date.fromisoformat(found[0]) if found else None
    return next((each for each in marks(connection, day, day) if each.id == mark_id), None) if day is not None else None


def campaigns(connection: sqlite3.Connection) -> dict[int, str]:
    """Names by id, the newest campaign first."""
    return dict(connection.execute("SELECT id, name FROM campaign WHERE removed_at IS NULL ORDER BY id DESC").fetchall())


def in_trouble(connection: sqlite3.Connection) -> int:
    """Posts of which a delivery failed or is to be decided."""
    sql = (
        "SELECT count(DISTINCT o.post_id) FROM outbox AS o JOIN post AS p ON p.id = o.post_id"
        " WHERE o.state IN (?, ?) AND o.kind = 'post' AND p.deleted_at IS NULL"
    )
    return int(connection.execute(sql, (DeliveryState.FAILED, DeliveryState.UNSURE)).fetchone()[0])


def last_accounts(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Where the post that was planned last goes to: what another one is likely to go to."""
    sql = (
        "SELECT v.account_id FROM variant AS v JOIN account AS a ON a.id = v.account_id WHERE a.removed_at IS NULL AND v.post_id ="
        " (SELECT id FROM post WHERE state = ? AND deleted_at IS NULL ORDER BY planned_at DESC LIMIT 1) ORDER BY a.position"
    )
    return tuple(number for (number,) in connection.execute(sql, (PostState.SCHEDULED,)))


def _posts(connection: sqlite3.Connection, found: Sequence[tuple[Any, ...]]) -> list[CalendarPost]:
    ids = [values[0] for values in found]
    owed, goes_to = _by_first(connection, _OWED, ids), _by_first(connection, _GOES_TO, ids)
    out = [item[1] for items in owed.values() for item in items if item[2] == DeliveryState.OUT]
    clicks = {
        number: rows[0][1] for number, rows in _by_first(connection, _CLICKS, out).items() if rows[0][1] is not None
    }
    places: dict[tuple[Any, ...], _Places] = {}
    return [
        _post(values, owed.get(values[0], ()), _places(goes_to.get(values[0], ()), places), clicks) for values in found
    ]


class _Places(NamedTuple):
    """Where posts go to; most go to the same few accounts."""

    accounts: tuple[int, ...] = ()
    networks: tuple[str, ...] = ()
    signed_out: bool = False


def _places(rows: Sequence[tuple[Any, ...]], known: dict[tuple[Any, ...], _Places]) -> _Places:
    key = tuple([row[1] for row in rows])
    found = known.get(key)
    if found is None:
        networks = tuple(dict.fromkeys(row[2] for row in rows))
        found = known[key] = _Places(key, networks, any(row[3] == AccountState.SIGNED_OUT for row in rows))
    return found


def _post(
    found: tuple[Any, ...], owed: Sequence[tuple[Any, ...]], places: _Places, clicks: Mapping[int, int]
) -> CalendarPost:
    number, title, parts, own_state, planned_at, pillar, kind, saved_at, campaign_id, origin, series_id, series_day, question = found
    # What was let go counts only where nothing took its place: planning again makes new deliveries.
    alive = [item for item in owed if item[2] != "let_go"] or (owed if own_state == "scheduled" else [])
    worst, counted, out, keeper = None, None, 0, None
    warnings: dict[Message, None] = {}
    for item in alive:
        state = item[2]
        if worst is None or _RANK[state] < _RANK[worst[2]]:
            worst = item
        if state == "out":
            out += 1
            if item[1] in clicks:
                counted = (counted or 0) + clicks[item[1]]
        if keeper is not Keeper.COMPUTER:
            keeper = _KEEPERS[state] or keeper
        if item[4] and state in TIME_LEFT:
            warnings.update(dict.fromkeys(warnings_of(item[4])))
    return CalendarPost(
        number,
        title or _first_line(json.loads(parts)),
        _STATES[own_state],
        _SHOWN[worst[2]] if worst else None,
        len(alive),
        out,
        None if planned_at is None else from_ms(planned_at),
        pillar,
        _FORMATS[kind],
        places.networks,
        counted,
        worst[3] if worst else "",
        from_ms(saved_at),
        keeper,
        tuple(warnings),
        places.accounts,
        campaign_id,
        places.signed_out,
        origin,
        series_id if series_day else None,
        series_day,
        bool(question),
    )


def _by_first(connection: sqlite3.Connection, sql: str, ids: Sequence[int]) -> Rows:
    """Rows by their first value; asked for so many at a time."""
    grouped: Rows = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        for row in connection.execute(sql.replace("?*", ",".join("?" * len(chunk))), chunk):
            there = grouped.get(row[0])
            if there is None:
                grouped[row[0]] = [row]
            else:
                there.append(row)
    return grouped


def _first_line(parts: Sequence[str]) -> str:
    return next((line.strip() for part in parts for line in part.splitlines() if line.strip()), "")[:_LONGEST_TITLE]
