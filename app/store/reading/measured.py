"""What has been measured of accounts and posts, and when last: asked before a network is asked again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from app.models.outbox import DeliveryState, OutboxKind


class Sent(NamedTuple):
    """A post or reply that is out. Times in milliseconds."""

    outbox_id: int
    kind: str
    remote_id: str
    progress: str
    """As it is stored: the parts of a thread. Read where it is wanted, for there may be thousands of posts."""
    visibility: str
    sent_at: int
    measured_at: int | None
    """None: never."""

    def parts(self) -> list[str]:
        """Remote ids in their order: each part stands under the one before it. What was found otherwise than by sending has no progress."""
        return [part["id"] for part in json.loads(self.progress)] or [self.remote_id]


def account_measured(connection: sqlite3.Connection, metrics: Sequence[str], account_id: int) -> int | None:
    """When any of these figures of an account was noted last."""
    return int(connection.execute(f"SELECT {_last(metrics, 'account', '?')}", (account_id,) * len(metrics)).fetchone()[0]) or None


def sent_since(connection: sqlite3.Connection, account_id: int, since_ms: int, metrics: Sequence[str]) -> list[Sent]:
    """Posts and replies of an account that are out since then and still there as far as we know, the youngest first."""
    sql = (
        f"SELECT o.id, o.kind, o.remote_id, o.progress, o.visibility, o.sent_at, {_last(metrics, 'post', 'o.id')} FROM outbox AS o"
        " WHERE o.account_id = ? AND o.state = ? AND o.kind IN (?, ?) AND o.sent_at >= ? AND o.remote_id <> '' AND o.deleted_at IS NULL"
        " ORDER BY o.sent_at DESC, o.id DESC"
    )
    found = connection.execute(sql, (account_id, DeliveryState.OUT, OutboxKind.POST, OutboxKind.REPLY, since_ms))
    return [
        Sent(number, kind, remote_id, progress, visibility, sent_at, measured or None)
        for number, kind, remote_id, progress, visibility, sent_at, measured in found
    ]


def last_values(connection: sqlite3.Connection, metric: str, outbox_ids: Sequence[int]) -> dict[int, int]:
    """What was noted last of each; without those of which it never was."""
    sql = "SELECT value FROM sample WHERE metric = ? AND subject = 'post' AND subject_id = ? ORDER BY at DESC LIMIT 1"
    rows = {number: connection.execute(sql, (metric, number)).fetchone() for number in outbox_ids}
    return {number: int(row[0]) for number, row in rows.items() if row is not None}


def _last(metrics: Sequence[str], subject: str, of: str) -> str:
    """SQL of the last time at which one of the metrics was noted, 0 for never: a probe of the key for each. Metrics are names of ours."""
    each = ", ".join(
        f"coalesce((SELECT max(at) FROM sample WHERE metric = '{metric}' AND subject = '{subject}' AND subject_id = {of}), 0)"
        for metric in metrics
    )
    return f"max({each})"
