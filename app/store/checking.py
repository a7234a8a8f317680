"""Looks a whole data file through for damage; takes seconds on a large one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.store.schema import connect_read_only

SQLITE = sqlite3.sqlite_version
"""The library's version, for reports."""


def find_damage(connection: sqlite3.Connection) -> str:
    """The first thing that is wrong, in the library's words; empty for a whole file."""
    problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        return str(problem)
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"foreign key of {orphan[0]}" if orphan is not None else ""


def damage_in(database: Path) -> str:
    """The first thing that is wrong with a file that may not even be a database; empty for a whole one."""
    try:
        with closing(connect_read_only(database)) as connection:
            return find_damage(connection)
    except sqlite3.DatabaseError as error:
        return str(error)
