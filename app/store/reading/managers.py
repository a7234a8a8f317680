"""Managers: who decides what the community manager may not, and when each was asked and answered."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from app.models.manager import ManagerRow

_COLUMNS = "m.id, m.name, m.role, m.email, m.topics, m.languages, m.zone, m.hours, m.is_masked"
LOOKED_AT = 20
"""How many of a manager's last answers their usual time is taken from."""


def managers(connection: sqlite3.Connection) -> list[ManagerRow]:
    """All that were not removed, by name."""
    sql = f"SELECT {_COLUMNS} FROM manager AS m WHERE m.removed_at IS NULL ORDER BY m.name COLLATE NOCASE, m.id"
    return [_row(connection, found) for found in connection.execute(sql)]


def manager(connection: sqlite3.Connection, manager_id: int) -> ManagerRow | None:
    """Removed ones too: letters still name them."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM manager AS m WHERE m.id = ?", (manager_id,)).fetchone()
    return _row(connection, found) if found is not None else None


def by_email(connection: sqlite3.Connection, address: str) -> ManagerRow | None:
    """Who has this address; not those that were removed."""
    wanted = address.strip().casefold()
    return next((row for row in managers(connection) if row.email.casefold() == wanted), None)


def answer_times(connection: sqlite3.Connection, manager_id: int) -> tuple[tuple[int, int], ...]:
    """When they were asked and when they answered; the last answer first."""
    sql = (
        "SELECT asked_at, answered_at FROM escalation WHERE manager_id = ? AND answered_at >= asked_at"
        " ORDER BY answered_at DESC LIMIT ?"
    )
    return tuple((asked, answered) for asked, answered in connection.execute(sql, (manager_id, LOOKED_AT)))


def _row(connection: sqlite3.Connection, found: tuple[Any, ...]) -> ManagerRow:
    number, name, role, email, topics, languages, zone, hours, is_masked = found
    return ManagerRow(
        id=number,
        name=name,
        role=role,
        email=email,
        topics=tuple(json.loads(topics)),
        languages=tuple(json.loads(languages)),
        zone=zone,
        hours=tuple(tuple((begins, ends) for begins, ends in day) for day in json.loads(hours)),
        is_masked=bool(is_masked),
        answer_times=answer_times(connection, number),
    )
