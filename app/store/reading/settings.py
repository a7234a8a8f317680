"""Settings groups as they were stored: versioned JSON, which runtime/settings.py reads."""

from __future__ import annotations

import sqlite3


def value(connection: sqlite3.Connection, name: str) -> str | None:
    """None when it was never stored."""
    found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return found[0] if found else None


def values(connection: sqlite3.Connection) -> dict[str, str]:
    """All groups by name."""
    return dict(connection.execute("SELECT name, value FROM setting").fetchall())
