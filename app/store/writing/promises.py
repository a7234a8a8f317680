"""Promises: made, kept, let go, and put back as they were."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session

from app.models.tables.case import Promise
from app.models.tables.conversation import Conversation


class Ended(NamedTuple):
    """How a promise stood before its end; None for each that was open."""

    kept_at: int | None
    let_go_at: int | None


def make(
    session: Session, conversation_id: int, text: str, due_ms: int, now_ms: int, message_id: int | None = None
) -> int:
    """Answers the promise's id."""
    customer_id = session.get_one(Conversation, conversation_id).customer_id
    row = Promise(
        customer_id=customer_id,
        conversation_id=conversation_id,
        message_id=message_id,
        text=text,
        due_at=due_ms,
        made_at=now_ms,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def take_back(session: Session, promise_id: int) -> None:
    """As if it had never been made."""
    row = session.get(Promise, promise_id)
    if row is not None:
        session.delete(row)


def end(session: Session, promise_id: int, now_ms: int, *, kept: bool) -> Ended | None:
    """Kept, or let go; answers how it stood, None where there is no such promise."""
    row = session.get(Promise, promise_id)
    if row is None:
        return None
    before = Ended(row.kept_at, row.let_go_at)
    row.kept_at, row.let_go_at = (now_ms, None) if kept else (None, now_ms)
    return before


def restore(session: Session, promise_id: int, before: Ended) -> None:
    """Back to how it stood."""
    row = session.get(Promise, promise_id)
    if row is not None:
        row.kept_at, row.let_go_at = before
