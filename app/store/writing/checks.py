"""What the checks before sending found, kept with the delivery."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col

from app.models.outbox import OutboxKind
from app.models.tables.outbox import OutboxItem
from app.runtime.words import Message
from app.store.notes import execute
from app.store.reading.outbox import TIME_LEFT


def note(session: Session, outbox_id: int, due_ms: int, warnings: Sequence[Message], now_ms: int) -> bool:
    """Unless it has left or was moved to another time since it was looked at: then it is looked at again."""
    item = session.get(OutboxItem, outbox_id)
    if item is None or item.state not in TIME_LEFT or item.due_at != due_ms:
        return False
    item.warnings = json.dumps([warning.to_json() for warning in warnings], ensure_ascii=False) if warnings else ""
    item.checked_at = now_ms
    return True


def forget(session: Session, account_ids: Sequence[int], until_ms: int) -> None:
    """The account stands otherwise than at the last check: what it owes until then is looked at again, and what was amber."""
    of_account = (col(OutboxItem.account_id).in_(account_ids), col(OutboxItem.kind) == OutboxKind.POST)
    open_now = (col(OutboxItem.state).in_(TIME_LEFT), (col(OutboxItem.due_at) <= until_ms) | (col(OutboxItem.warnings) != ""))
    execute(session, update(OutboxItem).where(*of_account, *open_now).values(checked_at=None))
