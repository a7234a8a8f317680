"""Writes one data file into another that is open, as one commit that every process sees; standard library only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def write_into(fresh: Path, live: sqlite3.Connection) -> None:
    """Make `live` the same as `fresh`, whose journal of changes is overwritten; other processes are told that everything changed."""
    newest = live.execute(
        "SELECT max(coalesce((SELECT max(id) FROM \"change\"), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0))"
    ).fetchone()[0]
    with closing(sqlite3.connect(fresh)) as of:
        tables = [
            row[0]
            for row in of.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        ]
        of.execute('DELETE FROM "change"')
        # Whoever watches looks for rows after the last one that it saw.
        rows = [(newest + number, "restore", table, "", 0) for number, table in enumerate(tables, start=1)]
        of.executemany('INSERT INTO "change" (id, process, table_name, ids, at) VALUES (?, ?, ?, ?, ?)', rows)
        of.commit()
        of.backup(live)
    live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
