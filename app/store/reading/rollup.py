"""The shop's days as sums of gains know them."""

from __future__ import annotations

import sqlite3


def day_starts(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> list[int]:
    """When the days of a span begin (UTC milliseconds); empty while there are none."""
    sql = "SELECT starts_at FROM local_day WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at"
    return [at for (at,) in connection.execute(sql, (since_ms, until_ms))]
