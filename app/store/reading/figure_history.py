"""Which days of an account are known already: asked before figures of the past come in out of a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date


def gains_since(connection: sqlite3.Connection, account_id: int, metrics: Iterable[str]) -> dict[str, int]:
    """The first day (ordinal) on which we saw gains of each ourselves: from then on a gain of a file would be counted twice."""
    sql = (
        "SELECT min(f.day) FROM figure_day AS f WHERE f.metric = ? AND f.account_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM past_day AS p WHERE p.metric = f.metric AND p.account_id = f.account_id AND p.day = f.day)"
    )
    found = {metric: connection.execute(sql, (metric, account_id)).fetchone()[0] for metric in metrics}
    return {metric: day for metric, day in found.items() if day is not None}


def past_days(connection: sqlite3.Connection, account_id: int) -> set[tuple[str, int]]:
    """(metric, day) of what came in out of files before."""
    return set(connection.execute("SELECT metric, day FROM past_day WHERE account_id = ?", (account_id,)).fetchall())


def total_days(
    connection: sqlite3.Connection, account_id: int, metrics: Iterable[str], day_of: Callable[[int], date]
) -> set[tuple[str, int]]:
    """(metric, day) on which a running total of the account is known."""
    sql = "SELECT at FROM sample WHERE metric = ? AND subject = 'account' AND subject_id = ?"
    return {
        (metric, day_of(at).toordinal())
        for metric in metrics
        for (at,) in connection.execute(sql, (metric, account_id))
    }
