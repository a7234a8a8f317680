"""Where the pictures of customers and of their messages are at the networks: what may be fetched once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

AT_ONCE = 500

_LATEST = (
    "SELECT i.avatar FROM (SELECT identity_id FROM conversation ORDER BY last_at DESC, id DESC LIMIT ?) AS c"
    " JOIN identity AS i ON i.id = c.identity_id WHERE i.avatar <> ''"
)


def latest_faces(connection: sqlite3.Connection, limit: int) -> list[str]:
    """Of the customers who wrote last."""
    return _unique(row[0] for row in connection.execute(_LATEST, (limit,)))


def faces(connection: sqlite3.Connection, identity_ids: Iterable[int]) -> list[str]:
    """Of these identities."""
    return _unique(
        row[0]
        for row in _each(connection, "SELECT avatar FROM identity WHERE avatar <> '' AND id IN ({})", identity_ids)
    )


def previews(connection: sqlite3.Connection, message_ids: Iterable[int]) -> list[str]:
    """Small versions of the pictures of these messages of customers, the pictures themselves where there is none."""
    sql = "SELECT attachments FROM message WHERE attachments <> '[]' AND kind <> 'ours' AND id IN ({})"
    found: list[str] = []
    for (text,) in _each(connection, sql, message_ids):
        found += [
            each.get("preview_url") or each.get("url", "") for each in json.loads(text) if each.get("kind") == "image"
        ]
    return _unique(found)


def _each(connection: sqlite3.Connection, sql: str, ids: Iterable[int]) -> Iterable[tuple[str]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        yield from connection.execute(sql.format(", ".join("?" * len(part))), part)


def _unique(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, found)))
