"""Conversations: moved, read, sorted into categories, noted on; drafts of replies. Every move is checked against `LEGAL_MOVES`."""

from __future__ import annotations

from sqlmodel import Session, col, select

from app.models.conversation import LEGAL_MOVES, Category, ConversationState, Standing
from app.models.delivery import IllegalMove
from app.models.message import Visibility
from app.models.tables.conversation import Conversation, Note, ReplyDraft
from app.runtime.clock import from_ms, to_ms

UNPROMISED = 1 << 52
"""Behind every real time: conversations that need an answer without a promise come last, oldest first."""


def sort_key(state: str, answer_by: int | None, snoozed_until: int | None, last_at: int) -> int:
    """What lists order by, ascending: answer-by while an answer is needed, the waking time while snoozed, else newest first."""
    if state == ConversationState.NEEDS_ANSWER:
        return answer_by if answer_by is not None else UNPROMISED + last_at
    if state == ConversationState.SNOOZED and snoozed_until is not None:
        return snoozed_until
    return -last_at


def set_state(
    session: Session,
    conversation_id: int,
    to: ConversationState,
    now_ms: int,
    *,
    until_ms: int | None = None,
    answer_by_ms: int | None = None,
) -> Standing:
    """Moves it and answers where it stood before. `until_ms` is when a snoozed one wakes, `answer_by_ms` when one has to be answered.

    Going where it stands already changes nothing (snoozing again sets the new time); any other move that is not in the table
    raises IllegalMove.
    """
    row = session.get_one(Conversation, conversation_id)
    before = _standing(row)
    if to is ConversationState.SNOOZED and (until_ms is None or until_ms <= now_ms):
        raise ValueError("a conversation is snoozed until a time to come")
    if to not in LEGAL_MOVES[before.state]:
        if to is before.state:
            return before
        raise IllegalMove("conversation", conversation_id, before.state, to)
    row.snoozed_until = until_ms if to is ConversationState.SNOOZED else None
    row.answer_by = answer_by_ms if to is ConversationState.NEEDS_ANSWER else None
    _place(row, to)
    return before


def standing(session: Session, conversation_id: int) -> Standing:
    """Where it stands now, inside a transaction that is about to move it."""
    return _standing(session.get_one(Conversation, conversation_id))


def restore(session: Session, conversation_id: int, standing: Standing) -> None:
    """Puts it back to where it stood: taking an act back needs no legal move."""
    row = session.get_one(Conversation, conversation_id)
    row.category, row.unread = standing.category, standing.unread
    row.answer_by = None if standing.answer_by is None else to_ms(standing.answer_by)
    row.snoozed_until = None if standing.snoozed_until is None else to_ms(standing.snoozed_until)
    _place(row, standing.state)


def wake_due(session: Session, now_ms: int) -> list[int]:
    """Brings back the snoozed ones whose time has come; they need an answer by that time."""
    due = select(Conversation).where(Conversation.state == ConversationState.SNOOZED, Conversation.sort_key <= now_ms)
    woken = []
    for row in session.exec(due.order_by(col(Conversation.sort_key), col(Conversation.id))):
        row.answer_by, row.snoozed_until = row.snoozed_until, None
        _place(row, ConversationState.NEEDS_ANSWER)
        woken.append(row.id or 0)
    return woken


def mark_read(session: Session, conversation_id: int) -> None:
    session.get_one(Conversation, conversation_id).unread = False


def mark_unread(session: Session, conversation_id: int) -> None:
    session.get_one(Conversation, conversation_id).unread = True


def categorize(session: Session, conversation_id: int, category: Category) -> Category:
    """Answers the category it had."""
    row = session.get_one(Conversation, conversation_id)
    before = Category(row.category)
    row.category = category
    return before


def set_language(session: Session, conversation_id: int, language: str) -> None:
    """ISO 639-1, empty when unknown."""
    session.get_one(Conversation, conversation_id).language = language


def set_answer_by(session: Session, conversation_id: int, answer_by_ms: int | None) -> None:
    """Another promise; only for those that need an answer."""
    row = session.get_one(Conversation, conversation_id)
    if row.state == ConversationState.NEEDS_ANSWER:
        row.answer_by = answer_by_ms
        _place(row, ConversationState.NEEDS_ANSWER)


def add_note(session: Session, conversation_id: int, text: str, now_ms: int) -> int:
    """Answers the note's id."""
    note = Note(conversation_id=conversation_id, text=text, at=now_ms)
    session.add(note)
    session.flush()
    return note.id or 0


def delete_note(session: Session, note_id: int) -> None:
    note = session.get(Note, note_id)
    if note is not None:
        session.delete(note)


def save_draft(session: Session, conversation_id: int, text: str, visibility: Visibility | None, now_ms: int) -> None:
    """What stands in the reply box; an empty text forgets it."""
    draft = session.get(ReplyDraft, conversation_id)
    if not text:
        if draft is not None:
            session.delete(draft)
        return
    if draft is None:
        draft = ReplyDraft(conversation_id=conversation_id, text=text, saved_at=now_ms)
        session.add(draft)
    draft.text, draft.visibility, draft.saved_at = text, visibility or "", now_ms


def draft(session: Session, conversation_id: int) -> str:
    """What stands in the reply box; empty for nothing."""
    kept = session.get(ReplyDraft, conversation_id)
    return kept.text if kept is not None else ""


def _place(row: Conversation, state: ConversationState) -> None:
    row.state = state
    row.sort_key = sort_key(state, row.answer_by, row.snoozed_until, row.last_at)


def _standing(row: Conversation) -> Standing:
    return Standing(
        state=ConversationState(row.state),
        category=Category(row.category),
        answer_by=None if row.answer_by is None else from_ms(row.answer_by),
        snoozed_until=None if row.snoozed_until is None else from_ms(row.snoozed_until),
        unread=row.unread,
    )
