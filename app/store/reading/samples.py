"""Measured values: the latest one, a series, and what was gained within a span."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

LATEST = 1 << 62


def latest(
    connection: sqlite3.Connection, metric: str, subject: str, subject_id: int, until_ms: int | None = None
) -> int | None:
    """The last value measured before `until_ms` (None: ever); None when there is none."""
    sql = "SELECT value FROM sample WHERE metric = ? AND subject = ? AND subject_id = ? AND at < ? ORDER BY at DESC LIMIT 1"
    found = connection.execute(sql, (metric, subject, subject_id, LATEST if until_ms is None else until_ms)).fetchone()
    return found[0] if found else None


def series(
    connection: sqlite3.Connection, metric: str, subject: str, subject_id: int, since_ms: int
) -> list[tuple[int, int]]:
    """(time in ms, value) since then, in time order."""
    sql = "SELECT at, value FROM sample WHERE metric = ? AND subject = ? AND subject_id = ? AND at >= ? ORDER BY at"
    return connection.execute(sql, (metric, subject, subject_id, since_ms)).fetchall()


def gained(
    connection: sqlite3.Connection, metric: str, subject: str, subject_ids: Iterable[int], since_ms: int, until_ms: int
) -> int | None:
    """By how much running totals rose within the span, over all subjects; None when none was measured within it.

    A subject first measured within the span counts from its first value if it is an account, and from nothing if it is a post.
    """
    total = None
    for subject_id in subject_ids:
        last = _within(connection, metric, subject, subject_id, since_ms, until_ms, "DESC")
        if last is None:
            continue
        before = latest(connection, metric, subject, subject_id, since_ms)
        if before is None:
            before = (
                0
                if subject == "post"
                else _within(connection, metric, subject, subject_id, since_ms, until_ms, "ASC") or 0
            )
        total = (total or 0) + last - before
    return total


def _within(
    connection: sqlite3.Connection, metric: str, subject: str, subject_id: int, since_ms: int, until_ms: int, order: str
) -> int | None:
    sql = (
        "SELECT value FROM sample WHERE metric = ? AND subject = ? AND subject_id = ? AND at >= ? AND at < ?"
        f" ORDER BY at {order} LIMIT 1"
    )
    found = connection.execute(sql, (metric, subject, subject_id, since_ms, until_ms)).fetchone()
    return found[0] if found else None
