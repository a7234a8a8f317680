"""What waits for an account that cannot send at the moment, as words: "2 answers and 1 post wait"."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.runtime.words import Message, message


def held(rows: Iterable[OutboxRow], accounts: Collection[int] | None = None) -> Message | None:
    """What waits here for `accounts` (None: for any), not what a server holds; None where nothing does."""
    waiting = [row for row in rows if row.state is DeliveryState.WAITING and (accounts is None or row.account_id in accounts)]
    posts = len({row.post_id for row in waiting if row.kind is OutboxKind.POST})
    replies = sum(row.kind is OutboxKind.REPLY for row in waiting)
    things = [message(name, n=count) for name, count in (("held.replies", replies), ("held.posts", posts)) if count]
    return message("held.waiting", things=things) if things else None
