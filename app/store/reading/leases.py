"""Leases as readers see them: until when somebody does a thing alone."""

from __future__ import annotations

import sqlite3


def until(connection: sqlite3.Connection, name: str) -> int:
    """UTC milliseconds; 0 where nobody ever held it."""
    found = connection.execute("SELECT until FROM lease WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else 0
