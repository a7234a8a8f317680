"""Conversations: moved, read, sorted into categories, noted on; drafts of replies. Every move is checked against `LEGAL_MOVES`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col, select

from app.models.case import Solved
from app.models.conversation import LEGAL_MOVES, Category, ConversationState, Standing
from app.models.delivery import IllegalMove
from app.models.message import Visibility
from app.models.post import Picture
from app.models.tables.conversation import Conversation, Note, ReplyDraft
from app.runtime.clock import from_ms, to_ms
from app.store.notes import AroundTheClock, answer_clock, update_many
from app.store.writing import cases
from app.store.writing.posts import pictures_text

FEW = 4
"""Fewer rows than this are read one by one."""
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
    """Moves it and answers where it stood before. `until_ms` is when a snoozed one wakes, `answer_by_ms` when one has to be answered;
    without it, what is promised to somebody who asks now.

    Going where it stands already changes nothing (snoozing again sets the new time); any other move that is not in the table
    raises IllegalMove.
    """
    row = session.get_one(Conversation, conversation_id)
    before = _standing(session, row)
    if to is ConversationState.SNOOZED and (until_ms is None or until_ms <= now_ms):
        raise ValueError("a conversation is snoozed until a time to come")
    if to not in LEGAL_MOVES[before.state]:
        if to is before.state:
            return before
        raise IllegalMove("conversation", conversation_id, before.state, to)
    row.snoozed_until = until_ms if to is ConversationState.SNOOZED else None
    cases.moved(session, conversation_id, to, row.category, now_ms)
    row.answer_by = None
    if to is ConversationState.NEEDS_ANSWER:
        row.answer_by = answer_by_ms if answer_by_ms is not None else cases.promised(session, row, now_ms)
    _place(row, to)
    return before


def hold(session: Session, conversation_ids: Sequence[int]) -> list[Conversation]:
    """Reads these at once: as long as the answer is kept, each of the functions here finds its row without asking the file."""
    if len(conversation_ids) < FEW:
        return []
    cases.hold(session, conversation_ids)
    return list(session.exec(select(Conversation).where(col(Conversation.id).in_(conversation_ids))))


def standing(session: Session, conversation_id: int) -> Standing:
    """Where it stands now, inside a transaction that is about to move it."""
    return _standing(session, session.get_one(Conversation, conversation_id))


def restore(session: Session, conversation_id: int, standing: Standing) -> None:
    """Puts it back to where it stood: taking an act back needs no legal move."""
    row = session.get_one(Conversation, conversation_id)
    row.category, row.unread = standing.category, standing.unread
    row.answer_by = None if standing.answer_by is None else to_ms(standing.answer_by)
    row.snoozed_until = None if standing.snoozed_until is None else to_ms(standing.snoozed_until)
    _place(row, standing.state)
    cases.restore(session, Solved(*standing.case) if standing.case is not None else None)


def wake_due(session: Session, now_ms: int) -> list[int]:
    """Brings back the snoozed ones whose time has come; they need an answer by that time."""
    due = select(Conversation).where(Conversation.state == ConversationState.SNOOZED, Conversation.sort_key <= now_ms)
    woken = []
    for row in session.exec(due.order_by(col(Conversation.sort_key), col(Conversation.id))):
        row.answer_by = row.snoozed_until  # which stays and says that this time was chosen: see `recount`
        _place(row, ConversationState.NEEDS_ANSWER)
        woken.append(row.id or 0)
    return woken


def mark_read(session: Session, conversation_id: int) -> None:
    session.get_one(Conversation, conversation_id).unread = False


def mark_unread(session: Session, conversation_id: int) -> None:
    session.get_one(Conversation, conversation_id).unread = True


def categorize(session: Session, conversation_id: int, category: Category) -> Category:
    """Answers the category it had. What is promised for the new one counts from now on, where a promise stands."""
    row = session.get_one(Conversation, conversation_id)
    before = Category(row.category)
    if category != before:
        row.category = category
        cases.sorted_as(session, conversation_id, category)
        recount(session, [conversation_id])
    return before


def uncategorize(session: Session, conversation_id: int, category: Category, before: Standing) -> None:
    """A change of category was undone: the category, and the answer-by time where the conversation still waits for the same answer."""
    row = session.get_one(Conversation, conversation_id)
    if row.category != category:
        return
    categorize(session, conversation_id, before.category)
    if row.state == before.state == ConversationState.NEEDS_ANSWER:
        row.answer_by = None if before.answer_by is None else to_ms(before.answer_by)
        _place(row, ConversationState.NEEDS_ANSWER)


def recount(session: Session, conversation_ids: Sequence[int]) -> list[int]:
    """Sets answer-by times anew, as the session's clock promises them now; answers which moved.

    A time that somebody chose stays: that of a conversation that came back from a snooze, or was said to need an answer although
    nothing of the customer waits for one.
    """
    clock = answer_clock(session)
    if isinstance(clock, AroundTheClock):
        return []
    session.flush()  # what is asked looks past the session
    moved = []
    for waiting in cases.waiting(session, conversation_ids):
        due = clock.promise(waiting.asked)
        answer_by = None if due is None else to_ms(due)
        if answer_by != waiting.answer_by:
            key = sort_key(ConversationState.NEEDS_ANSWER, answer_by, None, waiting.last_at)
            moved.append((answer_by, key, waiting.conversation_id))
    update_many(session, Conversation, ("answer_by", "sort_key"), moved)
    for _answer_by, _key, number in moved:
        if (row := session.identity_map.get(identity_key(Conversation, number))) is not None:
            session.refresh(row, ("answer_by", "sort_key"))
    return [number for _answer_by, _key, number in moved]


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


def save_draft(
    session: Session,
    conversation_id: int,
    text: str,
    visibility: Visibility | None,
    now_ms: int,
    pictures: Sequence[Picture] = (),
    language: str = "",
) -> None:
    """What stands in the reply box, and what was chosen there; where there is nothing of it, it is forgotten."""
    draft = session.get(ReplyDraft, conversation_id)
    if not (text or visibility or pictures or language):
        if draft is not None:
            session.delete(draft)
        return
    if draft is None:
        draft = ReplyDraft(conversation_id=conversation_id, text=text, saved_at=now_ms)
        session.add(draft)
    draft.text, draft.visibility, draft.saved_at = text, visibility or "", now_ms
    draft.pictures, draft.language = pictures_text(pictures), language


def draft(session: Session, conversation_id: int) -> str:
    """What stands in the reply box; empty for nothing."""
    kept = session.get(ReplyDraft, conversation_id)
    return kept.text if kept is not None else ""


def _place(row: Conversation, state: ConversationState) -> None:
    row.state = state
    row.sort_key = sort_key(state, row.answer_by, row.snoozed_until, row.last_at)


def _standing(session: Session, row: Conversation) -> Standing:
    return Standing(
        state=ConversationState(row.state),
        category=Category(row.category),
        answer_by=None if row.answer_by is None else from_ms(row.answer_by),
        snoozed_until=None if row.snoozed_until is None else from_ms(row.snoozed_until),
        unread=row.unread,
        case=cases.solved(session, row.id or 0),
    )
