"""Promises that are open: those due by a time, and one by its number."""

from __future__ import annotations

import sqlite3

from app.models.promise import PromiseRow
from app.runtime.clock import from_ms

_PROMISE = (
    "SELECT p.id, p.conversation_id, p.customer_id, coalesce(nullif(k.name, ''), nullif(i.name, ''), i.handle, ''), coalesce(i.network, ''),"
    " p.text, p.due_at, p.made_at FROM promise AS p JOIN customer AS k ON k.id = p.customer_id"
    " JOIN conversation AS c ON c.id = p.conversation_id LEFT JOIN identity AS i ON i.id = c.identity_id"
)


def due(connection: sqlite3.Connection, until_ms: int, limit: int) -> list[PromiseRow]:
    """Open ones that are due before a time, the earliest first."""
    sql = f"{_PROMISE} WHERE p.kept_at IS NULL AND p.let_go_at IS NULL AND p.due_at < ? ORDER BY p.due_at, p.id LIMIT ?"
    return [_row(found) for found in connection.execute(sql, (until_ms, limit))]


def promise(connection: sqlite3.Connection, promise_id: int) -> PromiseRow | None:
    """One of them, whatever became of it."""
    found = connection.execute(f"{_PROMISE} WHERE p.id = ?", (promise_id,)).fetchone()
    return None if found is None else _row(found)


def _row(found: tuple[int, int, int, str, str, str, int, int]) -> PromiseRow:
    number, conversation_id, customer_id, name, network, text, due_at, made_at = found
    return PromiseRow(number, conversation_id, customer_id, name, network, text, from_ms(due_at), from_ms(made_at))
