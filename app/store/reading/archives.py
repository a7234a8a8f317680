"""Which posts of an archive are here already, and which account it is of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from app.models.outbox import OutboxKind

_CHUNK = 400


def known(connection: sqlite3.Connection, account_id: int, remote_ids: Sequence[str]) -> set[str]:
    """Those of them that went out from here, or came in before; parts of threads and answers of ours included."""
    found: set[str] = set()
    for start in range(0, len(remote_ids), _CHUNK):
        some = remote_ids[start : start + _CHUNK]
        places = ", ".join("?" * len(some))
        for table in ("outbox", "message"):
            sql = f"SELECT remote_id FROM {table} WHERE account_id = ? AND remote_id IN ({places})"
            found.update(row[0] for row in connection.execute(sql, (account_id, *some)))
    sql = "SELECT progress FROM outbox WHERE account_id = ? AND kind = ? AND progress LIKE '%},%'"
    for (progress,) in connection.execute(sql, (account_id, OutboxKind.POST)):
        found.update(part["id"] for part in json.loads(progress))
    return found


def account_of(connection: sqlite3.Connection, network: str, remote_id: str, server: str, handle: str) -> int | None:
    """By the network's own id, else by handle (and server, where it is said)."""
    row = connection.execute(
        "SELECT id FROM account WHERE removed_at IS NULL AND network = ? AND remote_id = ? AND ? <> ''",
        (network, remote_id, remote_id),
    ).fetchone()
    if row is not None:
        return int(row[0])
    wanted = handle.removeprefix("@").casefold()
    rows = connection.execute(
        "SELECT id, handle, server FROM account WHERE removed_at IS NULL AND network = ? ORDER BY position, id",
        (network,),
    )
    for number, own, place in rows:
        same_server = not server or not place or place.rstrip("/").casefold() == server.rstrip("/").casefold()
        if wanted and own.removeprefix("@").partition("@")[0].casefold() == wanted and same_server:
            return int(number)
    return None
