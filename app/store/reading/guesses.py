"""Conversations that have just begun and that nobody has sorted yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind

BEGUN = (
    "SELECT c.id, m.id, m.text FROM conversation c JOIN message m ON m.conversation_id = c.id"
    " WHERE c.id IN ({marks}) AND c.category = ? AND c.state = ? AND m.kind <> ? AND m.at > ?"
    " AND NOT EXISTS (SELECT 1 FROM message o WHERE o.conversation_id = c.id AND o.id <> m.id)"
    " AND NOT EXISTS (SELECT 1 FROM rule_mark k WHERE k.conversation_id = c.id AND k.before LIKE '%\"category\"%')"
)


class Begun(NamedTuple):
    """A conversation of one message."""

    conversation_id: int
    message_id: int
    text: str


def begun(connection: sqlite3.Connection, conversation_ids: Sequence[int], since_ms: int) -> list[Begun]:
    """Of these conversations those that began since then and hold one message, that of a customer who waits for an answer."""
    sql = BEGUN.format(marks=", ".join("?" * len(conversation_ids)))
    values = (str(Category.OTHER), str(ConversationState.NEEDS_ANSWER), str(MessageKind.OURS), since_ms)
    return [Begun(*row) for row in connection.execute(sql, (*conversation_ids, *values))]
