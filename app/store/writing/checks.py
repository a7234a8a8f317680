"""What the checks before sending found, kept with the delivery."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col

from app.models.outbox import DeliveryState, OutboxKind
from app.models.tables.outbox import OutboxItem
from app.runtime.words import Message
from app.store.notes import execute
from app.store.reading.outbox import TIME_LEFT
from app.store.writing import outbox


def note(session: Session, outbox_id: int, due_ms: int, warnings: Sequence[Message], now_ms: int) -> bool:
    """Unless it has left or was moved to another time since it was looked at: then it is looked at again."""
    item = session.get(OutboxItem, outbox_id)
    if item is None or item.state not in TIME_LEFT or item.due_at != due_ms:
        return False
    item.warnings = json.dumps([warning.to_json() for warning in warnings], ensure_ascii=False) if warnings else ""
    item.checked_at = now_ms
    return True


def keep_back(session: Session, outbox_id: int, due_ms: int, reason: Message, until_ms: int, now_ms: int) -> bool:
    """It does not leave by itself before `until_ms`, and a server that holds it has to let go; unless it left, or was planned anew, meanwhile."""
    item = session.get(OutboxItem, outbox_id)
    if item is None or item.state not in (DeliveryState.WAITING, DeliveryState.HELD) or item.due_at != due_ms:
        return False
    outbox.move(session, outbox_id, DeliveryState.WAITING, now_ms, reason=reason.to_json(), next_try_ms=until_ms)
    return True


def let_leave(session: Session, outbox_id: int, due_ms: int, now_ms: int) -> bool:
    """What kept it back is mended: it leaves at its time, or now."""
    item = session.get(OutboxItem, outbox_id)
    if item is None or item.state != DeliveryState.WAITING or item.due_at != due_ms:
        return False
    outbox.move(session, outbox_id, DeliveryState.WAITING, now_ms)
    return True


def forget(session: Session, account_ids: Sequence[int], until_ms: int) -> None:
    """The account stands otherwise than at the last check: what it owes until then is looked at again, and what was amber."""
    of_account = (col(OutboxItem.account_id).in_(account_ids), col(OutboxItem.kind) == OutboxKind.POST)
    open_now = (col(OutboxItem.state).in_(TIME_LEFT), (col(OutboxItem.due_at) <= until_ms) | (col(OutboxItem.warnings) != ""))
    execute(session, update(OutboxItem).where(*of_account, *open_now).values(checked_at=None))
