"""Tracked links, kept as they are made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from app.models.tables.post import TrackedLink as Row
from app.models.tracked_link import TrackedLink


def keep(session: Session, links: Sequence[TrackedLink], now_ms: int) -> None:
    """New ones, and others in the place of those for the same post, account and address."""
    for link in links:
        row = session.get(Row, (link.post_id, link.account_id, link.url))
        if row is None:
            row = Row(
                post_id=link.post_id, account_id=link.account_id, url=link.url, tracked=link.tracked, made_at=now_ms
            )
            session.add(row)
        if (row.tracked, row.short) != (link.tracked, link.short):
            row.made_at = now_ms
        row.tracked, row.short, row.shortener, row.remote_id = link.tracked, link.short, link.shortener, link.remote_id
