"""What the courtesies of a conversation depend on: thanks of the day, the closing answer, whether the person is heard, promises."""

from __future__ import annotations

import sqlite3

from app.models.conversation import Category
from app.models.courtesy import Courtesy
from app.models.message import MessageKind, Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import from_ms

CLOSING = "closing-"
"""What the keys of closing answers begin with."""
NOT_COUNTED = DeliveryState.LET_GO
_COUNTED = tuple(state for state in DeliveryState if state is not NOT_COUNTED)
MOST_PROMISED = 50
MOST_COUNTED = 1000
"""Messages of somebody who is not heard are counted so far."""


def courtesy(connection: sqlite3.Connection, conversation_id: int, day_starts_ms: int) -> Courtesy | None:
    """None when there is no such conversation."""
    found = connection.execute(
        "SELECT c.customer_id, p.muted_at FROM conversation AS c JOIN customer AS p ON p.id = c.customer_id WHERE c.id = ?",
        (conversation_id,),
    ).fetchone()
    if found is None:
        return None
    customer_id, muted_at = found
    promised = connection.execute(
        "SELECT message_id, text FROM promise WHERE conversation_id = ? ORDER BY id DESC LIMIT ?",
        (conversation_id, MOST_PROMISED),
    ).fetchall()
    return Courtesy(
        conversation_id,
        thanked_today(connection, day_starts_ms),
        closed(connection, customer_id),
        None if muted_at is None else from_ms(muted_at),
        0 if muted_at is None else written_since(connection, customer_id, muted_at),
        frozenset(number for number, _ in promised if number is not None),
        tuple(text for _, text in promised),
    )


def thanked_today(connection: sqlite3.Connection, day_starts_ms: int) -> int:
    """Public replies in conversations of praise that are due or were sent since the day began."""
    sql = (
        "SELECT count(*) FROM outbox AS o JOIN conversation AS c ON c.id = o.conversation_id WHERE o.state = ? AND o.due_at >= ?"
        " AND o.kind = ? AND o.visibility <> ? AND c.category = ?"
    )
    values = (day_starts_ms, OutboxKind.REPLY, Visibility.DIRECT, Category.PRAISE)
    return sum(connection.execute(sql, (state, *values)).fetchone()[0] for state in _COUNTED)


def closed(connection: sqlite3.Connection, customer_id: int) -> bool:
    """Whether the closing answer was given to this person in any conversation."""
    sql = (
        "SELECT 1 FROM conversation AS c JOIN outbox AS o ON o.conversation_id = c.id WHERE c.customer_id = ? AND o.kind = ?"
        " AND o.state <> ? AND o.key LIKE ? LIMIT 1"
    )
    return connection.execute(sql, (customer_id, OutboxKind.REPLY, NOT_COUNTED, f"{CLOSING}%")).fetchone() is not None


def written_since(connection: sqlite3.Connection, customer_id: int, since_ms: int) -> int:
    """Messages of a person after a moment, counted to `MOST_COUNTED`."""
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id AND m.at > ?"
        " WHERE c.customer_id = ? AND m.kind <> ? LIMIT ?)"
    )
    count: int = connection.execute(sql, (since_ms, customer_id, MessageKind.OURS, MOST_COUNTED)).fetchone()[0]
    return count
