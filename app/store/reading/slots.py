"""Good times of accounts, what stands at which time, and what posts of the last weeks were worth."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from app.models.best_time import Result
from app.models.post import PostState
from app.models.slot import Occupied, Slot, SlotGrid
from app.runtime.clock import from_ms

_CHUNK = 400
METRICS = ("clicks", "reposts", "replies")


def grid(connection: sqlite3.Connection, account_ids: Sequence[int] | None = None) -> SlotGrid:
    """Of accounts that are not removed; None: all of them."""
    sql = (
        "SELECT s.id, s.account_id, s.weekday, s.minute, s.zone, s.pillar, s.enabled FROM slot AS s JOIN account AS a ON a.id = s.account_id"
        " WHERE a.removed_at IS NULL ORDER BY s.account_id, s.weekday, s.minute, s.id"
    )
    wanted = None if account_ids is None else frozenset(account_ids)
    slots = tuple(
        Slot(number, account, weekday, minute, zone, pillar, bool(enabled))
        for number, account, weekday, minute, zone, pillar, enabled in connection.execute(sql)
        if wanted is None or account in wanted
    )
    return SlotGrid(slots, frozenset(connection.execute("SELECT account_id, weekday FROM slot_day").fetchall()))


def occupied(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> list[Occupied]:
    """Posts with a time in [since, until), drafts included, in time order."""
    sql = (
        "SELECT p.planned_at, p.id, v.account_id FROM post AS p JOIN variant AS v ON v.post_id = p.id"
        " WHERE p.deleted_at IS NULL AND p.state != ? AND p.planned_at >= ? AND p.planned_at < ? ORDER BY p.planned_at, p.id, v.account_id"
    )
    found: dict[int, tuple[int, list[int]]] = {}
    for at, number, account in connection.execute(sql, (PostState.IDEA, since_ms, until_ms)):
        found.setdefault(number, (at, []))[1].append(account)
    return [Occupied(from_ms(at), tuple(accounts), number) for number, (at, accounts) in found.items()]


def edges(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> tuple[dict[int, int], dict[int, int]]:
    """By account, in milliseconds: when the last post before `since` was, and when the first one from `until` on is."""
    sql = (
        "SELECT a.id, (SELECT p.planned_at FROM post AS p JOIN variant AS v ON v.post_id = p.id WHERE v.account_id = a.id"
        " AND p.deleted_at IS NULL AND p.state != ? AND p.planned_at {0} ? ORDER BY p.planned_at {1} LIMIT 1)"
        " FROM account AS a WHERE a.removed_at IS NULL"
    )
    found = []
    for compared, order, limit in (("<", "DESC", since_ms), (">=", "ASC", until_ms)):
        rows = connection.execute(sql.format(compared, order), (PostState.IDEA, limit))
        found.append({number: at for number, at in rows if at is not None})
    return found[0], found[1]


def results(connection: sqlite3.Connection, since_ms: int, account_ids: Sequence[int]) -> list[Result]:
    """What each post that went out since then got so far: clicks, reposts and replies together, where anything was measured."""
    found: list[Result] = []
    for start in range(0, len(account_ids), _CHUNK):
        chunk = account_ids[start : start + _CHUNK]
        values = ", ".join(
            f"(SELECT value FROM sample AS s WHERE s.metric = '{metric}' AND s.subject = 'post' AND s.subject_id = o.id ORDER BY s.at DESC LIMIT 1)"
            for metric in METRICS
        )
        sql = (
            f"SELECT o.account_id, o.sent_at, {values} FROM outbox AS o WHERE o.kind = 'post' AND o.state = 'out' AND o.sent_at >= ?"
            f" AND o.account_id IN ({','.join('?' * len(chunk))}) ORDER BY o.sent_at"
        )
        for account, sent, *counts in connection.execute(sql, (since_ms, *chunk)):
            known = [count for count in counts if count is not None]
            if known:
                found.append(Result(account, from_ms(sent), sum(known)))
    return found
