"""People who are ignored politely: not heard any more on this computer, and heard again. Nothing of it leaves for a network."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session

from app.models.tables.conversation import Conversation, Customer
from app.store.writing.conversations import add_note, delete_note


class Muted(NamedTuple):
    """What taking it back needs."""

    customer_id: int
    before: int | None
    note_id: int | None


def mute(session: Session, conversation_id: int, now_ms: int, why: str = "") -> Muted:
    """The person of a conversation is not heard from now on; who was not heard already stays so since then. `why` becomes a note."""
    person = session.get_one(Customer, session.get_one(Conversation, conversation_id).customer_id)
    before = person.muted_at
    if before is not None:
        return Muted(person.id or 0, before, None)
    person.muted_at = now_ms
    return Muted(person.id or 0, None, add_note(session, conversation_id, why, now_ms) if why else None)


def unmute(session: Session, muted: Muted) -> None:
    """As before, the note included."""
    hear(session, muted.customer_id, muted.before)
    if muted.note_id is not None:
        delete_note(session, muted.note_id)


def hear(session: Session, customer_id: int, muted_at: int | None = None) -> int | None:
    """The person is heard again (or not heard since `muted_at`, to take that back); answers since when they were not."""
    person = session.get_one(Customer, customer_id)
    before, person.muted_at = person.muted_at, muted_at
    return before
