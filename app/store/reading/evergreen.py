"""Posts that may go out again: when their words were last out on each account, those of what was made of them included."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta

from app.models.evergreen import EvergreenPost
from app.models.idea import OriginKind
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import from_ms, to_ms

_COUNTED = (
    DeliveryState.OUT,
    DeliveryState.WAITING,
    DeliveryState.HELD,
    DeliveryState.CLAIMED,
    DeliveryState.UNSURE,
    DeliveryState.BY_HAND,
)
"""States of what is out, or will be."""
_LONGEST_TITLE = 200


def evergreens(connection: sqlite3.Connection, now: datetime, duplicate: timedelta) -> list[EvergreenPost]:
    """Those that may go longest first; `duplicate` is how long the same words are one."""
    sql = (
        "SELECT id, title, parts, pillar FROM post WHERE evergreen = 1 AND deleted_at IS NULL"
        " AND coalesce(nullif(origin, '') ->> 'kind', '') <> ? AND series_id IS NULL ORDER BY id"
    )
    found = [
        _one(connection, number, title or _first_line(parts), pillar, now, duplicate)
        for number, title, parts, pillar in connection.execute(sql, (OriginKind.EVERGREEN,)).fetchall()
    ]
    return sorted(
        found, key=lambda post: (post.planned_at is not None, post.free_from or post.last_at or _LONG_AGO, post.id)
    )


_LONG_AGO = from_ms(0)


def family(connection: sqlite3.Connection, post_id: int) -> list[int]:
    """A post and all that was made of it to go again, the newest last."""
    sql = "SELECT id FROM post WHERE deleted_at IS NULL AND (id = ? OR (nullif(origin, '') ->> 'kind' = ? AND nullif(origin, '') ->> 'number' = ?)) ORDER BY id"
    return [number for (number,) in connection.execute(sql, (post_id, OriginKind.EVERGREEN, post_id))]


def said_at(connection: sqlite3.Connection, account_id: int, parts: tuple[str, ...]) -> datetime | None:
    """When an account last said, or will say, the very same; links that were made to count clicks make no difference."""
    marks = ", ".join("?" * len(_COUNTED))
    sql = (
        "SELECT max(coalesce(o.sent_at, o.due_at)) FROM outbox AS o JOIN post AS p ON p.id = o.post_id"
        " LEFT JOIN variant AS v ON v.post_id = p.id AND v.account_id = o.account_id"
        f" WHERE o.account_id = ? AND o.kind = ? AND o.state IN ({marks}) AND (o.parts = ? OR coalesce(nullif(v.parts, ''), p.parts) = ?)"
    )
    text = json.dumps(list(parts), ensure_ascii=False)
    (latest,) = connection.execute(sql, (account_id, OutboxKind.POST, *_COUNTED, text, text)).fetchone()
    return None if latest is None else from_ms(latest)


def _one(
    connection: sqlite3.Connection, number: int, title: str, pillar: str, now: datetime, duplicate: timedelta
) -> EvergreenPost:
    ids = family(connection, number)
    within = f"({', '.join('?' * len(ids))})"
    networks = connection.execute(
        "SELECT a.network FROM variant AS v JOIN account AS a ON a.id = v.account_id WHERE v.post_id = ? ORDER BY a.position, a.id",
        (number,),
    ).fetchall()
    sent, times = connection.execute(
        f"SELECT max(sent_at), count(DISTINCT post_id) FROM outbox WHERE post_id IN {within} AND state = ?",
        (*ids, DeliveryState.OUT),
    ).fetchone()
    (planned,) = connection.execute(
        f"SELECT min(planned_at) FROM post WHERE id IN {within} AND planned_at > ? AND state = 'scheduled'",
        (*ids, to_ms(now)),
    ).fetchone()
    free = [at + duplicate for at in _last_said(connection, number) if at + duplicate > now]
    return EvergreenPost(
        number,
        title,
        pillar,
        tuple(dict.fromkeys(network for (network,) in networks)),
        None if sent is None else from_ms(sent),
        times,
        None if planned is None else from_ms(planned),
        max(free, default=None),
    )


def _last_said(connection: sqlite3.Connection, post_id: int) -> list[datetime]:
    sql = (
        "SELECT v.account_id, coalesce(nullif(v.parts, ''), p.parts) FROM variant AS v JOIN post AS p ON p.id = v.post_id"
        " JOIN account AS a ON a.id = v.account_id AND a.removed_at IS NULL WHERE v.post_id = ?"
    )
    said = [
        said_at(connection, account_id, tuple(json.loads(parts)))
        for account_id, parts in connection.execute(sql, (post_id,)).fetchall()
    ]
    return [at for at in said if at is not None]


def _first_line(parts: str) -> str:
    lines = (line.strip() for part in json.loads(parts) for line in part.splitlines())
    return next((line for line in lines if line), "")[:_LONGEST_TITLE]
