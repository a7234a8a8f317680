"""Promises: made, kept, let go, and put back as they were."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session, col, select

from app.models.tables.case import Promise
from app.models.tables.conversation import Conversation
from app.models.tables.mail import Escalation
from app.models.tables.outbox import OutboxItem


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


def of_reply(session: Session, outbox_id: int) -> int | None:
    """The promise that a reply carries: made in the same transaction, or with a question to a manager. None where it promises nothing."""
    asked = session.exec(select(Escalation.promise_id).where(Escalation.reply_outbox_id == outbox_id)).first()
    if asked is not None:
        return asked
    item = session.get(OutboxItem, outbox_id)
    if item is None or item.conversation_id is None:
        return None
    made_with = select(Promise.id).where(
        Promise.conversation_id == item.conversation_id,
        Promise.made_at == item.created_at,
        col(Promise.message_id).is_(None),
        col(Promise.kept_at).is_(None),
        col(Promise.let_go_at).is_(None),
    )
    return session.exec(made_with).first()


def take_back_of_reply(session: Session, outbox_id: int) -> None:
    """What a reply promised is not promised: it did not leave."""
    number = of_reply(session, outbox_id)
    if number is None:
        return
    for row in session.exec(select(Escalation).where(Escalation.promise_id == number)):
        row.promise_id = None
    session.flush()
    take_back(session, number)


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
