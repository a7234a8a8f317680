"""Posts and messages that we know by their address, for quoting one of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from app.models.message import Visibility


@dataclass(frozen=True, slots=True)
class KnownPost:
    """What an account knows of the post at an address."""

    account_id: int
    remote_id: str
    handle: str
    text: str
    visibility: Visibility


def by_address(connection: sqlite3.Connection, url: str) -> list[KnownPost]:
    """One for each account that knows it: what customers wrote, and what we published."""
    sql = (
        "SELECT o.account_id, o.remote_id, a.handle, json_extract(o.parts, '$[0]'), o.visibility"
        " FROM outbox AS o JOIN account AS a ON a.id = o.account_id"
        " WHERE o.url = :url AND o.remote_id <> '' AND o.deleted_at IS NULL"
        " UNION ALL"
        " SELECT m.account_id, m.remote_id, COALESCE(i.handle, a.handle), m.text, m.visibility FROM message AS m"
        " JOIN account AS a ON a.id = m.account_id LEFT JOIN identity AS i ON i.id = m.identity_id"
        " WHERE m.url = :url AND NOT m.deleted"
    )
    found: dict[int, KnownPost] = {}
    for account_id, remote_id, handle, text, visibility in connection.execute(sql, {"url": url}):
        found.setdefault(account_id, KnownPost(account_id, remote_id, handle, text or "", Visibility(visibility)))
    return list(found.values())
