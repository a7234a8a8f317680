"""Tracked links as they were made, campaigns' names in them, and what was clicked."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from app.models.outbox import DeliveryState, OutboxKind
from app.models.tracked_link import ClickRow, Shortener, TrackedLink
from app.runtime.clock import from_ms

CLICKS = "clicks"
"""The metric of a delivery's clicks, cumulative; its subject is `post`, its subject's id the outbox item."""


def of_post(connection: sqlite3.Connection, post_id: int) -> list[TrackedLink]:
    """All that were made for a post."""
    sql = "SELECT account_id, url, tracked, short, shortener, remote_id, made_at FROM tracked_link WHERE post_id = ? ORDER BY account_id, url"
    found = connection.execute(sql, (post_id,))
    return [
        TrackedLink(post_id, account_id, url, tracked, short, _shortener(shortener), remote_id, from_ms(made_at))
        for account_id, url, tracked, short, shortener, remote_id, made_at in found
    ]


def left(connection: sqlite3.Connection, post_id: int) -> frozenset[int]:
    """Accounts where the post is out, or may be: their links stay as they are."""
    sql = "SELECT account_id FROM outbox WHERE post_id = ? AND kind = ? AND state IN (?, ?, ?)"
    states = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
    return frozenset(number for (number,) in connection.execute(sql, (post_id, OutboxKind.POST, *states)))


def campaigns(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """(name, its name in links) of each by id."""
    return {number: (name, slug) for number, name, slug in connection.execute("SELECT id, name, slug FROM campaign")}


def unshortened(connection: sqlite3.Connection, post_id: int, account_id: int) -> Shortener | None:
    """Who was to make a link of this post on this account short, and did not; None where none is missing."""
    sql = "SELECT shortener FROM tracked_link WHERE post_id = ? AND account_id = ? AND shortener <> '' AND short = '' LIMIT 1"
    found = connection.execute(sql, (post_id, account_id)).fetchone()
    return _shortener(found[0]) if found is not None else None


def made_since(connection: sqlite3.Connection, shortener: str, since_ms: int) -> int:
    """How many short links were made there from here since then."""
    sql = "SELECT count(*) FROM tracked_link WHERE shortener = ? AND short <> '' AND made_at >= ?"
    found: int = connection.execute(sql, (shortener, since_ms)).fetchone()[0]
    return found


def out(
    connection: sqlite3.Connection, since_ms: int = 0, most: int = 10_000, shorteners: Sequence[str] = ()
) -> list[ClickRow]:
    """Tracked links of posts that went out since then, the newest first; of these shorteners alone, where any is named."""
    where, values = "", list[object]()
    if shorteners:
        where = f" AND t.short <> '' AND t.remote_id <> '' AND t.shortener IN ({', '.join('?' * len(shorteners))})"
        values += shorteners
    sql = (
        "SELECT o.id, t.post_id, t.account_id, a.network, a.handle, t.url, CASE WHEN t.short <> '' THEN t.short ELSE t.tracked END,"
        " t.shortener, t.remote_id, o.sent_at,"
        " (SELECT s.value FROM sample AS s WHERE s.metric = ? AND s.subject = 'post' AND s.subject_id = o.id ORDER BY s.at DESC LIMIT 1),"
        " (SELECT max(s.at) FROM sample AS s WHERE s.metric = ? AND s.subject = 'post' AND s.subject_id = o.id)"
        " FROM outbox AS o JOIN tracked_link AS t ON t.post_id = o.post_id AND t.account_id = o.account_id"
        " JOIN account AS a ON a.id = o.account_id"
        f" WHERE o.kind = ? AND o.state = ? AND o.sent_at >= ?{where} ORDER BY o.sent_at DESC, o.id DESC, t.url LIMIT ?"
    )
    found = connection.execute(sql, (CLICKS, CLICKS, OutboxKind.POST, DeliveryState.OUT, since_ms, *values, most))
    return [_click_row(row) for row in found]


def _click_row(row: tuple[Any, ...]) -> ClickRow:
    (
        outbox_id,
        post_id,
        account_id,
        network,
        handle,
        url,
        leaves_as,
        shortener,
        remote_id,
        sent_at,
        clicks,
        counted_at,
    ) = row
    counted = None if counted_at is None else from_ms(counted_at)
    return ClickRow(
        outbox_id,
        post_id,
        account_id,
        network,
        handle,
        url,
        leaves_as,
        _shortener(shortener),
        remote_id,
        from_ms(sent_at),
        clicks,
        counted,
    )


def made_at(connection: sqlite3.Connection, remote_ids: Sequence[str], shortener: str) -> dict[str, int]:
    """When each was made (UTC ms), by its id at the shortener."""
    sql = "SELECT remote_id, made_at FROM tracked_link WHERE shortener = ? AND remote_id <> ''"
    wanted = set(remote_ids)
    return {number: at for number, at in connection.execute(sql, (shortener,)) if number in wanted}


def _shortener(text: str) -> Shortener:
    """One that a newer program knew is none to this one."""
    try:
        return Shortener(text)
    except ValueError:
        return Shortener.NONE
