"""The daily brief: what to answer, what to decide, what goes out, and what a day brought."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from app.models.conversation import View
from app.models.escalation import EscalationState
from app.models.faq import FaqState
from app.models.message import MessageKind
from app.models.outbox import DeliveryState, OutboxKind
from app.models.today import Brief, Figure, ManagerReply
from app.runtime.clock import from_ms, to_ms
from app.store.reading import conversations, outbox, playbook, posts, promises, samples

MOST_SHOWN = 4
"""Rows of a block."""

MOST_TODAY = 100
MOST_TO_DECIDE = 50
MOST_PROMISES = 20
PROMISED_AHEAD = timedelta(days=6)
"""Promises of so many days after today are shown."""
MOST_REPLIES = 10

MEASURED_DAYS = 30
"""How long after it went out a post still counts in the day's figures."""

METRICS = ("followers", "clicks", "reposts", "answer_minutes")
DAY = timedelta(days=1)
MILLISECOND = timedelta(milliseconds=1)

OURS = f"kind = '{MessageKind.OURS}'"
"""In these words, so that the index of our own messages serves."""

SITTING = timedelta(minutes=6)
"""A longer pause between two replies was not spent on the second."""
PACE_REPLIES = 400
PACE_LEAST = 8
"""Fewer pairs of replies than this tell no pace."""


def brief(connection: sqlite3.Connection, now: datetime, day_starts_at: datetime, day_ends_at: datetime) -> Brief:
    """`day_starts_at` and `day_ends_at` bound today in the shop's zone. Figures are of the last 24 hours."""
    now_ms = to_ms(now)
    return Brief(
        waiting=conversations.count(connection, View.NEEDS_ANSWER, None, now_ms),
        late=conversations.count_late(connection, None, now_ms),
        first=tuple(conversations.page(connection, View.NEEDS_ANSWER, None, None, MOST_SHOWN, now_ms)),
        to_decide=tuple(
            outbox.rows(
                connection,
                "o.state IN (?, ?) OR (o.state = ? AND o.due_at <= ?)",
                (DeliveryState.UNSURE, DeliveryState.FAILED, DeliveryState.BY_HAND, now_ms),
            )[:MOST_TO_DECIDE]
        ),
        going_out=tuple(posts.scheduled(connection, day_starts_at, day_ends_at, MOST_TODAY)),
        coming=tuple(posts.scheduled(connection, day_ends_at, None, MOST_SHOWN)),
        figures=tuple(
            Figure(
                metric,
                _figure(connection, metric, now - DAY, now),
                _figure(connection, metric, now - 2 * DAY, now - DAY),
            )
            for metric in METRICS
        ),
        since=now - DAY,
        promises=tuple(promises.due(connection, to_ms(day_ends_at + PROMISED_AHEAD), MOST_PROMISES)),
        playbook=playbook.care(connection, (day_starts_at + DAY / 2).date()),  # noon: the shop's day in any zone
        pace_seconds=pace_seconds(connection, now_ms),
        replies=_replies(connection),
    )


def _replies(connection: sqlite3.Connection) -> tuple[ManagerReply, ...]:
    """What managers answered about conversations that still wait for it."""
    sql = (
        "SELECT e.conversation_id, coalesce(nullif(m.name, ''), m.email), coalesce(nullif(k.name, ''), nullif(i.name, ''), i.handle, ''),"
        " e.question, e.asked_at FROM escalation AS e INDEXED BY escalation_open JOIN manager AS m ON m.id = e.manager_id"
        " JOIN conversation AS c ON c.id = e.conversation_id LEFT JOIN customer AS k ON k.id = c.customer_id"
        " LEFT JOIN identity AS i ON i.id = c.identity_id"
        " WHERE e.closed_at IS NULL AND e.state = ? AND NOT EXISTS (SELECT 1 FROM letter AS l WHERE l.escalation_id = e.id AND l.used_at IS NOT NULL)"
        " ORDER BY e.asked_at, e.id LIMIT ?"
    )
    return tuple(
        ManagerReply(conversation_id, manager, customer, question, from_ms(asked))
        for conversation_id, manager, customer, question, asked in connection.execute(sql, (EscalationState.ANSWERED, MOST_REPLIES))
    )


def known_waiting(connection: sqlite3.Connection) -> int:
    """How many conversations that wait ask what the playbook or the FAQ answers already, as far as they were looked through."""
    sql = (
        "SELECT count(DISTINCT c.id) FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id AND m.at = c.last_at"
        " JOIN faq_asked AS q ON q.message_id = m.id JOIN faq_entry AS e ON e.id = q.entry_id AND e.removed_at IS NULL"
        " WHERE c.state = 'needs_answer' AND (e.answer_id IS NOT NULL OR e.state = ?)"
    )
    return int(connection.execute(sql, (FaqState.PUBLISHED,)).fetchone()[0])


def work(connection: sqlite3.Connection, now_ms: int) -> tuple[int, int, int]:
    """(late, waiting, to decide): how much there is."""
    sql = "SELECT count(DISTINCT coalesce('p' || o.post_id, 'o' || o.id)) FROM outbox AS o WHERE o.state IN (?, ?) OR (o.state = ? AND o.due_at <= ?)"
    decide = connection.execute(sql, (DeliveryState.UNSURE, DeliveryState.FAILED, DeliveryState.BY_HAND, now_ms)).fetchone()[0]
    waiting = conversations.count(connection, View.NEEDS_ANSWER, None, now_ms)
    return conversations.count_late(connection, None, now_ms), waiting, decide


def _figure(connection: sqlite3.Connection, metric: str, since: datetime, until: datetime) -> int | None:
    since_ms, until_ms = to_ms(since), to_ms(until)
    if metric == "answer_minutes":
        return _minutes_to_answer(connection, since_ms, until_ms)
    if metric == "followers":
        accounts = [number for (number,) in connection.execute("SELECT id FROM account WHERE removed_at IS NULL")]
        return samples.gained(connection, metric, "account", accounts, since_ms, until_ms)
    sql = "SELECT id FROM outbox WHERE state = ? AND kind = ? AND due_at >= ? AND due_at < ?"
    measured_since = to_ms(since - MEASURED_DAYS * DAY)
    sent = [
        number for (number,) in connection.execute(sql, (DeliveryState.OUT, OutboxKind.POST, measured_since, until_ms))
    ]
    return samples.gained(connection, metric, "post", sent, since_ms, until_ms)


def pace_seconds(connection: sqlite3.Connection, now_ms: int) -> int | None:
    """Median from one reply of ours to the next, over the last ones, where no longer pause lies between them."""
    sql = f"SELECT at FROM message WHERE at >= ? AND at < ? AND {OURS} ORDER BY at DESC LIMIT ?"
    since_ms = now_ms - MEASURED_DAYS * (DAY // MILLISECOND)
    times = [at for (at,) in connection.execute(sql, (since_ms, now_ms, PACE_REPLIES))]
    gaps = [later - earlier for later, earlier in pairwise(times) if 0 < later - earlier <= SITTING // MILLISECOND]
    return round(_median(gaps) / 1000) if len(gaps) >= PACE_LEAST else None


def _minutes_to_answer(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> int | None:
    """Median, over the replies of the span, from the customer's first unanswered message to the reply."""
    sql = (
        "SELECT m.at - (SELECT min(c.at) FROM message AS c WHERE c.conversation_id = m.conversation_id AND c.kind <> :ours"
        " AND c.at <= m.at AND c.at > coalesce((SELECT max(p.at) FROM message AS p WHERE p.conversation_id = m.conversation_id"
        " AND p.kind = :ours AND p.at < m.at), -1))"
        f" FROM message AS m WHERE m.at >= :since AND m.at < :until AND m.{OURS}"
    )
    found = connection.execute(sql, {"ours": MessageKind.OURS, "since": since_ms, "until": until_ms})
    waits = [wait for (wait,) in found if wait is not None]
    return round(_median(waits) / 60_000) if waits else None


def _median(values: Sequence[int]) -> float:
    """As statistics.median, whose import (fractions, decimal) would cost the first page 8 ms."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
