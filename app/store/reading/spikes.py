"""What spikes are found in: the messages of the last hours, and how often some words came in the weeks before. Index probes alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from app.models.conversation import ConversationState
from app.models.folding import term
from app.models.message import MessageKind
from app.models.outbox import DeliveryState, OutboxKind
from app.store.search import JOINED, key_of, match_expression

Connection = sqlite3.Connection

MOST_SAID = 2000
"""Messages of the last hours that are looked at; the newest count."""
MOST_TIMES = 1000
"""So often a word is counted, the newest first."""


class Said(NamedTuple):
    """One message of a customer as a spike sees it."""

    conversation_id: int
    customer_id: int
    at_ms: int
    text: str
    category: str
    followers: int
    waits: bool
    """Its conversation needs an answer."""
    under_ours: bool
    """It stands under a post of ours."""
    mood: int | None = None


def said(connection: Connection, since_ms: int, until_ms: int) -> list[Said]:
    """What customers wrote in a span, newest first; bare thanks and what is ignored are left out."""
    sql = (
        "SELECT m.conversation_id, c.customer_id, m.at, m.text, c.category, coalesce(i.followers, 0), c.state, c.under_post_id, m.mood"
        " FROM message AS m INDEXED BY message_at CROSS JOIN conversation AS c ON c.id = m.conversation_id"
        " LEFT JOIN identity AS i ON i.id = m.identity_id"
        " WHERE m.at > ? AND m.at <= ? AND m.kind <> ? AND m.thanks = 0 AND c.state <> ? ORDER BY m.at DESC LIMIT ?"
    )
    values = (since_ms, until_ms, MessageKind.OURS, ConversationState.IGNORED, MOST_SAID)
    return [
        Said(
            conversation_id,
            customer_id,
            at,
            text[:2000],
            category,
            followers,
            state == ConversationState.NEEDS_ANSWER,
            under is not None,
            mood,
        )
        for conversation_id, customer_id, at, text, category, followers, state, under, mood in connection.execute(
            sql, values
        )
    ]


def count_between(connection: Connection, since_ms: int, until_ms: int) -> int:
    """All messages of a span, ours too."""
    many: int = connection.execute(
        "SELECT count(*) FROM message WHERE at > ? AND at <= ?", (since_ms, until_ms)
    ).fetchone()[0]
    return many


def times_of(connection: Connection, forms: Sequence[str], since_ms: int, until_ms: int) -> list[int]:
    """When customers used any of some words, or of some pairs of words, newest first, at most `MOST_TIMES` times."""
    asked = " OR ".join(f"({match_expression([term(word, exact=True) for word in form.split()])})" for form in forms)
    sql = (
        f"SELECT m.at FROM message_search AS s CROSS JOIN {JOINED}"
        " WHERE s.message_search MATCH ? AND s.rowid > ? AND s.rowid <= ? AND m.kind <> ? ORDER BY s.rowid DESC LIMIT ?"
    )
    found = connection.execute(sql, (asked, key_of(since_ms), key_of(until_ms), MessageKind.OURS, MOST_TIMES))
    return [at for (at,) in found]


def published(connection: Connection, since_ms: int) -> list[str]:
    """What we published since a moment."""
    sql = "SELECT parts FROM outbox WHERE state = ? AND due_at >= ? AND kind = ? ORDER BY due_at DESC LIMIT 50"
    return [
        part
        for (parts,) in connection.execute(sql, (DeliveryState.OUT, since_ms, OutboxKind.POST))
        for part in json.loads(parts)
    ]
