"""Tracked links, kept as they are made, and put into texts that wait in the place of those that are gone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlmodel import Session

from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.models.tables.outbox import OutboxItem
from app.models.tables.post import TrackedLink as Row
from app.models.tracked_link import TrackedLink
from app.store.writing.posts import link_card_text


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


def amend(session: Session, was: TrackedLink, link: TrackedLink, now_ms: int) -> bool:
    """`link` in the place of `was`, unless another was made meanwhile."""
    row = session.get(Row, (was.post_id, was.account_id, was.url))
    if row is None or (row.tracked, row.short, row.remote_id) != (was.tracked, was.short, was.remote_id):
        return False
    keep(session, [link], now_ms)
    return True


def put_instead(
    session: Session, was: TrackedLink, link: TrackedLink, item: Delivery, changed: Delivery, now_ms: int
) -> bool:
    """The same, and the texts of `changed` in the delivery: only while it waits as `item` says and no attempt on it ever began."""
    row = session.get(OutboxItem, item.id)
    if (
        row is None
        or row.state != DeliveryState.WAITING
        or row.held_id
        or row.begun_at is not None
        or tuple(json.loads(row.parts)) != item.parts
        or row.link_card != link_card_text(item.link_card)
        or not amend(session, was, link, now_ms)
    ):
        return False
    row.parts = json.dumps(list(changed.parts), ensure_ascii=False)
    row.link_card = link_card_text(changed.link_card)
    return True
