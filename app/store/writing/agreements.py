"""Agreements: made with a copy of what was said, replaced by another, removed and put back. None is ever rewritten."""

from __future__ import annotations

import sqlite3

from sqlmodel import Session

from app.models.agreement import Settled
from app.models.tables.agreement import Agreement
from app.models.tables.conversation import Conversation
from app.runtime.clock import to_ms
from app.store.reading import agreements as reading


def make(
    session: Session, conversation_id: int, settled: Settled, terms: str, now_ms: int, replaces: int | None = None
) -> int:
    """Answers the agreement's id. What it takes the place of is removed in the same step, and its transcript goes on where nothing else
    was chosen.
    """
    before = session.get(Agreement, replaces) if replaces is not None else None
    if before is not None and settled.messages is None:
        transcript = before.transcript
    else:
        transcript = reading.quoted_json(reading.transcript(_plain(session), conversation_id, settled.messages))
    row = Agreement(
        customer_id=session.get_one(Conversation, conversation_id).customer_id,
        conversation_id=conversation_id,
        kind=str(settled.kind),
        text=settled.text,
        amount=settled.amount,
        currency=settled.currency,
        order_number=settled.order_number,
        terms=terms,
        transcript=transcript,
        agreed_at=to_ms(settled.agreed_at) if settled.agreed_at is not None else now_ms,
        made_at=now_ms,
        replaces=replaces,
    )
    session.add(row)
    session.flush()
    if before is not None:
        before.removed_at = now_ms
    return row.id or 0


def take_back(session: Session, agreement_id: int) -> None:
    """As if it had never been made; what it replaced stands again."""
    row = session.get(Agreement, agreement_id)
    if row is None:
        return
    before = session.get(Agreement, row.replaces) if row.replaces is not None else None
    session.delete(row)
    session.flush()
    if before is not None:
        before.removed_at = None


def remove(session: Session, agreement_id: int, now_ms: int) -> bool:
    """It is listed no more; whether there was one to remove."""
    row = session.get(Agreement, agreement_id)
    if row is None or row.removed_at is not None:
        return False
    row.removed_at = now_ms
    return True


def restore(session: Session, agreement_id: int) -> None:
    """It stands again."""
    row = session.get(Agreement, agreement_id)
    if row is not None:
        row.removed_at = None


def _plain(session: Session) -> sqlite3.Connection:
    """The connection below, for what is only read, within the same transaction."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection
