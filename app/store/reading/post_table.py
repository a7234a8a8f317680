"""Posts that went out in a span, each with the last figures of its accounts; and how one grew. Probes the key of samples, never reads all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat
from app.models.post_table import Curve, Delivered, PostLine, PostMetric
from app.runtime.clock import from_ms
from app.store.reading.insights import LATE_MS, first_line

METRICS = tuple(PostMetric)
GONE = "gone"
_LAST = "(SELECT value FROM sample WHERE metric = '{}' AND subject = 'post' AND subject_id = o.id ORDER BY at DESC LIMIT 1)"
_OUT = "o.state = ? AND o.kind = ?"


def lines(connection: sqlite3.Connection, accounts: Sequence[int], since_ms: int, until_ms: int) -> list[PostLine]:
    """In the order in which they went out."""
    figures = ", ".join(_LAST.format(metric) for metric in METRICS)
    sql = (
        "SELECT p.id, p.title, p.parts, p.pillar, p.format, c.id, c.name, o.id, o.account_id, a.network, a.handle, o.url, o.sent_at,"
        f" o.deleted_at IS NOT NULL OR coalesce({_LAST.format(GONE)}, 0) > 0, {figures}"
        " FROM outbox AS o JOIN post AS p ON p.id = o.post_id JOIN account AS a ON a.id = o.account_id"
        " LEFT JOIN campaign AS c ON c.id = p.campaign_id AND c.removed_at IS NULL"
        f" WHERE {_OUT} AND o.due_at >= ? AND o.due_at < ? AND o.sent_at >= ? AND o.sent_at < ?"
        f" AND o.account_id IN ({', '.join('?' * len(accounts))}) ORDER BY o.sent_at, o.id"
    )
    values = (DeliveryState.OUT, OutboxKind.POST, since_ms - LATE_MS, until_ms, since_ms, until_ms, *accounts)
    posts: dict[int, PostLine] = {}
    found: dict[int, list[Delivered]] = {}
    for post_id, title, parts, pillar, kind, campaign_id, campaign, *delivery in connection.execute(sql, values):
        number, account_id, network, handle, url, sent_at, gone, *counts = delivery
        measured = {metric: count for metric, count in zip(METRICS, counts, strict=True) if count is not None}
        found.setdefault(post_id, []).append(Delivered(number, account_id, network, handle, url, from_ms(sent_at), bool(gone), measured))
        if post_id not in posts:
            name = title or first_line(json.loads(parts))
            posts[post_id] = PostLine(post_id, name, pillar, PostFormat(kind), campaign_id, campaign or "", ())
    return [
        PostLine(line.id, line.title, line.pillar, line.format, line.campaign_id, line.campaign, tuple(found[line.id])) for line in posts.values()
    ]


def curves(connection: sqlite3.Connection, post_id: int, accounts: Sequence[int]) -> list[Curve]:
    """Of each figure that was measured on each of the accounts."""
    deliveries = connection.execute(
        "SELECT o.id, o.sent_at, a.network, a.handle FROM outbox AS o JOIN account AS a ON a.id = o.account_id"
        f" WHERE o.post_id = ? AND {_OUT} AND o.sent_at IS NOT NULL AND o.account_id IN ({', '.join('?' * len(accounts))})"
        " ORDER BY o.sent_at, o.id",
        (post_id, DeliveryState.OUT, OutboxKind.POST, *accounts),
    ).fetchall()
    sql = "SELECT at, value FROM sample WHERE metric = ? AND subject = 'post' AND subject_id = ? ORDER BY at"
    found = []
    for number, sent_at, network, handle in deliveries:
        for metric in METRICS:
            rows = connection.execute(sql, (metric, number)).fetchall()
            points = tuple((timedelta(milliseconds=max(0, at - sent_at)), value) for at, value in rows)
            if points:
                found.append(Curve(network, handle, metric, points))
    return found
