"""What the checks before sending look at: which deliveries are to be checked, and what speaks against them."""

from __future__ import annotations

import sqlite3

from app.models.delivery import Delivery
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat
from app.store.reading.outbox import TIME_LEFT, deliveries


def to_check(connection: sqlite3.Connection, now_ms: int, ahead_ms: int, limit: int) -> list[Delivery]:
    """Posts that were never checked, and those whose last check is older than `ahead_ms` before their time, which has come. The next first."""
    where = (
        "o.kind = ? AND o.state IN (?, ?, ?) AND o.due_at > ?"
        " AND (o.checked_at IS NULL OR (o.due_at - ? <= ? AND o.checked_at < o.due_at - ?))"
    )
    values = (OutboxKind.POST, *TIME_LEFT, now_ms, ahead_ms, now_ms, ahead_ms)
    return deliveries(connection, where, values)[:limit]


def next_check(connection: sqlite3.Connection, now_ms: int, ahead_ms: int) -> int | None:
    """UTC milliseconds at which something is next to be checked; None when nothing waits."""
    sql = (
        "SELECT min(max(due_at - ?, ?)) FROM outbox WHERE kind = ? AND state IN (?, ?, ?) AND due_at > ?"
        " AND (checked_at IS NULL OR checked_at < due_at - ?)"
    )
    found = connection.execute(sql, (ahead_ms, now_ms, OutboxKind.POST, *TIME_LEFT, now_ms, ahead_ms)).fetchone()[0]
    return None if found is None else int(found)


def kept_back(connection: sqlite3.Connection, reason: str, before_ms: int, limit: int) -> list[Delivery]:
    """Posts that wait for this reason (message id) and were not looked at since then."""
    where = "o.kind = ? AND o.state = ? AND o.reason <> '' AND o.reason ->> 'message' = ? AND coalesce(o.checked_at, 0) <= ?"
    return deliveries(connection, where, (OutboxKind.POST, DeliveryState.WAITING, reason, before_ms))[:limit]


def last_look(connection: sqlite3.Connection, reason: str) -> int | None:
    """When the one that waits for this reason was looked at whose turn is next (UTC ms); None: none waits."""
    sql = "SELECT min(coalesce(checked_at, 0)) FROM outbox WHERE kind = ? AND state = ? AND reason <> '' AND reason ->> 'message' = ?"
    found = connection.execute(sql, (OutboxKind.POST, DeliveryState.WAITING, reason)).fetchone()[0]
    return None if found is None else int(found)


def same_parts(connection: sqlite3.Connection, item: Delivery, parts: str, since_ms: int) -> int | None:
    """When another delivery of the account with the very same texts went out since then, or will before this one (UTC ms)."""
    states = (DeliveryState.OUT, DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.CLAIMED, DeliveryState.UNSURE)
    sql = (
        f"SELECT coalesce(sent_at, due_at) FROM outbox WHERE account_id = ? AND kind = ? AND id <> ? AND parts = ?"
        f" AND state IN ({', '.join('?' * len(states))}) AND coalesce(sent_at, due_at) >= ? AND (coalesce(sent_at, due_at), id) < (?, ?)"
        " ORDER BY coalesce(sent_at, due_at) DESC LIMIT 1"
    )
    due_ms = round(item.due_at.timestamp() * 1000)
    values = (item.account_id, OutboxKind.POST, item.id, parts, *states, since_ms, due_ms, item.id)
    found = connection.execute(sql, values).fetchone()
    return None if found is None else int(found[0])


def offer_ended_on(connection: sqlite3.Connection, post_id: int) -> str | None:
    """For a post that sells within a campaign: the last day of the campaign's phases (ISO date in the shop's zone)."""
    found = connection.execute(
        "SELECT max(f.ends_on) FROM post AS p JOIN phase AS f ON f.campaign_id = p.campaign_id"
        " JOIN campaign AS c ON c.id = f.campaign_id AND c.removed_at IS NULL WHERE p.id = ? AND p.format = ?",
        (post_id, PostFormat.PROMO),
    ).fetchone()
    return found[0] if found else None
