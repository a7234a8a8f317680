"""Cases: opened, answered and solved as conversations go on. Told by whoever stores a message, sends a reply or moves a conversation.

The newest case of a conversation is the one that everything happens to. Durations are working time, as the clock of the session
(`Database.measure_with`) counts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.models.case import SOLVED_STATES, Asked, Solved, pauses
from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind
from app.models.tables.case import Case
from app.models.tables.conversation import Conversation
from app.runtime.clock import from_ms, to_ms
from app.store.notes import answer_clock, insert_many, lookup, next_id, update_many

_KEPT_COLUMNS = (
    "category", "opened_at", "answered_at", "answered_in", "solved_at", "solved_in", "messages", "replies", "reopened",
)  # fmt: skip
_NEWEST = (
    f"SELECT s.id, s.conversation_id, {', '.join(f's.{name}' for name in _KEPT_COLUMNS)} FROM conversation AS c JOIN support_case AS s"
    " ON s.id = (SELECT n.id FROM support_case AS n WHERE n.conversation_id = c.id ORDER BY n.opened_at DESC, n.id DESC LIMIT 1)"
    " WHERE c.id IN (?*)"
)
_SPOKEN = (
    "SELECT s.id, m.kind, m.at FROM support_case AS s JOIN message AS m ON m.conversation_id = s.conversation_id AND m.at >= s.opened_at"
    " WHERE s.id IN (?*) ORDER BY m.conversation_id, m.at, m.id"
)
_WAITING = (
    "SELECT c.id, c.account_id, c.category, c.answer_by, c.last_at, c.ours_at, s.id, s.opened_at, s.answered_at,"
    " (SELECT max(m.at, coalesce(s.taken_up_at, 0)) FROM message AS m WHERE m.conversation_id = c.id AND m.kind <> 'ours'"
    " AND m.at > max(coalesce(c.ours_at, 0), coalesce(s.opened_at - 1, 0)) ORDER BY m.at, m.id LIMIT 1)"
    " FROM conversation AS c LEFT JOIN support_case AS s"
    " ON s.id = (SELECT n.id FROM support_case AS n WHERE n.conversation_id = c.id ORDER BY n.opened_at DESC, n.id DESC LIMIT 1)"
    " WHERE c.state = 'needs_answer' AND (c.answer_by IS NULL OR c.answer_by IS NOT c.snoozed_until) AND c.id IN (?*)"
)

_HELD = "newest cases"
CATEGORIES = {str(each): each for each in Category}
"""A look-up takes a tenth of the time that the enum takes to find its member."""


def hold(session: Session, conversation_ids: Sequence[int]) -> None:
    """Reads the newest cases of these at once; `newest` answers from them until other ones are held. For acts that begin no case."""
    found = (
        select(Case).where(col(Case.conversation_id).in_(conversation_ids)).order_by(col(Case.opened_at), col(Case.id))
    )
    session.info[_HELD] = dict.fromkeys(conversation_ids) | {case.conversation_id: case for case in session.exec(found)}


# --- one conversation at a time


def newest(session: Session, conversation_id: int) -> Case | None:
    """The case that everything happens to; None before the first."""
    held: dict[int, Case | None] = session.info.get(_HELD, {})
    if conversation_id in held:
        return held[conversation_id]
    found = select(Case).where(Case.conversation_id == conversation_id)
    return session.exec(found.order_by(col(Case.opened_at).desc(), col(Case.id).desc()).limit(1)).first()


def moved(session: Session, conversation_id: int, to: ConversationState, category: str, now_ms: int) -> None:
    """The conversation was put there by hand: done, kept or ignored solves the case, anything else opens a solved one again. What needs
    an answer again is promised one from now on.
    """
    case = newest(session, conversation_id)
    if case is None:
        return
    case.category = category
    if to in SOLVED_STATES:
        if case.solved_at is None:
            case.solved_at = max(now_ms, case.opened_at)
            case.solved_in = _worked(session, case.opened_at, case.solved_at)
    elif case.solved_at is not None:
        case.solved_at = case.solved_in = None
    if to is ConversationState.NEEDS_ANSWER:
        case.taken_up_at = now_ms


def replied(session: Session, conversation_id: int, at: int) -> None:
    """A reply of ours is out. One that leaves after its case was solved still belongs to it."""
    case = newest(session, conversation_id)
    if case is None or at < case.opened_at:
        return
    case.replies += 1
    if case.answered_at is None or at < case.answered_at:
        case.answered_at, case.answered_in = at, _worked(session, case.opened_at, at)


def sorted_as(session: Session, conversation_id: int, category: str) -> None:
    """The conversation has another category; a case that has ended keeps the one it ended with."""
    case = newest(session, conversation_id)
    if case is not None and case.solved_at is None:
        case.category = category


def solved(session: Session, conversation_id: int) -> Solved | None:
    """Where the newest case stands, for an act that may be undone."""
    case = newest(session, conversation_id)
    return None if case is None else Solved(case.id or 0, case.solved_at, case.solved_in, case.category)


def restore(session: Session, before: Solved | None) -> None:
    """An act was undone: the case ends, or goes on, as before it."""
    case = session.get(Case, before.case_id) if before is not None else None
    if case is not None and before is not None:
        case.solved_at, case.solved_in, case.category = before.solved_at, before.solved_in, before.category


def promised(session: Session, row: Conversation, now_ms: int) -> int | None:
    """By when somebody who asks now has to be answered; None: nothing is promised."""
    case = newest(session, row.id or 0)
    at, opened_at = from_ms(now_ms), from_ms(case.opened_at if case is not None else now_ms)
    first = row.ours_at is None if case is None else case.answered_at is None
    paused = () if case is None or first else pauses([*_spoken(session, case.id or 0), (False, now_ms)])
    due = answer_clock(session).promise(Asked(at, row.account_id, Category(row.category), first, opened_at, paused))
    return None if due is None else to_ms(due)


class Waiting(NamedTuple):
    """A conversation that needs an answer, with what the answer clock wants to know of it. Milliseconds."""

    conversation_id: int
    answer_by: int | None
    last_at: int
    asked: Asked


def waiting(session: Session, conversation_ids: Iterable[int]) -> list[Waiting]:
    """Those of the conversations in which something of the customer waits for an answer until a time that was promised, not chosen."""
    found = lookup(session, _WAITING, conversation_ids)
    paused: dict[int, list[tuple[bool, int]]] = {}
    for case_id, kind, at in lookup(session, _SPOKEN, [row[6] for row in found if row[8] is not None]):
        paused.setdefault(case_id, []).append((kind == MessageKind.OURS, at))
    waits = []
    for number, account_id, category, answer_by, last_at, ours_at, case_id, opened_at, answered_at, at in found:
        if at is None:
            continue
        first = ours_at is None if case_id is None else answered_at is None
        opened = from_ms(at if opened_at is None else opened_at)
        asked = Asked(from_ms(at), account_id, Category(category), first, opened, pauses(paused.get(case_id, ())))
        waits.append(Waiting(number, answer_by, last_at, asked))
    return waits


def _spoken(session: Session, case_id: int) -> list[tuple[bool, int]]:
    """(whether it is ours, milliseconds) of the messages of a case, in order of time."""
    return [(kind == MessageKind.OURS, at) for _, kind, at in lookup(session, _SPOKEN, [case_id])]


def _worked(session: Session, since_ms: int, until_ms: int) -> int:
    return answer_clock(session).worked(since_ms, until_ms)


# --- a page of messages at a time


@dataclass(slots=True)
class _Kept:
    """A case while messages are put into its conversation."""

    id: int
    conversation_id: int
    category: str
    opened_at: int
    answered_at: int | None = None
    answered_in: int | None = None
    solved_at: int | None = None
    solved_in: int | None = None
    messages: int = 0
    replies: int = 0
    reopened: bool = False
    spoken: list[tuple[bool, int]] = field(default_factory=list)
    """(whether it is ours, milliseconds) of messages that are not in the file yet."""
    new: bool = False
    touched: bool = False

    def values(self) -> tuple[object, ...]:
        """In the order of `_KEPT_COLUMNS`."""
        return (
            *(str(self.category), self.opened_at, self.answered_at, self.answered_in, self.solved_at, self.solved_in),
            *(self.messages, self.replies, int(self.reopened)),
        )


class CaseBook:
    """The cases of the conversations that one page of messages belongs to: read in few queries, written in two."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._newest: dict[int, _Kept] = {}
        self._left: list[_Kept] = []
        """Those that a newer one follows on this very page."""
        self._next_id = 0

    def load(self, conversation_ids: Iterable[int]) -> None:
        """The newest cases of conversations that are in the file."""
        wanted = set(conversation_ids) - self._newest.keys()
        for number, conversation_id, *values in lookup(self._session, _NEWEST, wanted):
            self._newest[conversation_id] = _Kept(number, conversation_id, *values)

    def heard(self, conversation_id: int, at: int, *, opens: bool) -> None:
        """The customer wrote. What `opens` asks for an answer: after a case that was solved, or without one, a new case begins."""
        case = self._newest.get(conversation_id)
        if not opens and (case is None or case.solved_at is not None):
            return
        if case is not None and case.solved_at is not None:
            case.reopened = case.touched = True
            self._left.append(case)
            at, case = max(at, case.opened_at + 1), None
        if case is None:
            self._next_id = self._next_id or next_id(self._session, Case)
            case = self._newest[conversation_id] = _Kept(self._next_id, conversation_id, Category.OTHER, at, new=True)
            self._next_id += 1
        case.messages += 1
        case.touched = True
        case.opened_at = min(case.opened_at, at)
        case.spoken.append((False, at))

    def replied(self, conversation_id: int, at: int) -> None:
        """A reply of ours was read back from the network."""
        case = self._newest.get(conversation_id)
        if case is None or at < case.opened_at:
            return
        case.replies += 1
        case.touched = True
        case.spoken.append((True, at))
        if case.answered_at is None or at < case.answered_at:
            case.answered_at = at

    def asked(self, conversation_id: int, at: int, account_id: int, category: str) -> Asked:
        """A message that was just heard, as the answer clock wants to know it."""
        case = self._newest.get(conversation_id)
        asked_at = from_ms(at)
        if case is None:
            return Asked(asked_at, account_id, CATEGORIES[category], True, asked_at)
        first = case.answered_at is None or case.answered_at > at
        paused = () if first else pauses(self._spoken(case))
        opened_at = asked_at if case.opened_at == at else from_ms(case.opened_at)
        return Asked(asked_at, account_id, CATEGORIES[category], first, opened_at, paused)

    def store(self, standing: Iterable[tuple[int, str, str, int]]) -> None:
        """Writes what was touched; the conversations are in the file by now. Each as (id, state, category, when it was last written in)."""
        for conversation_id, state, category, last_at in standing:
            case = self._newest.get(conversation_id)
            if case is None or not case.touched:
                continue
            if case.solved_at is None:
                case.category = category
                if state in SOLVED_STATES:
                    case.solved_at = max(last_at, case.opened_at)
        worked = answer_clock(self._session).worked
        touched = [case for case in (*self._left, *self._newest.values()) if case.touched]
        for case in touched:
            if case.answered_at is not None:
                case.answered_in = worked(case.opened_at, case.answered_at)
            if case.solved_at is not None and case.solved_in is None:
                case.solved_in = worked(case.opened_at, case.solved_at)
        new = [(case.id, case.conversation_id, *case.values()) for case in touched if case.new]
        insert_many(self._session, Case, ("id", "conversation_id", *_KEPT_COLUMNS), new)
        changed = [(*case.values(), case.id) for case in touched if not case.new]
        update_many(self._session, Case, _KEPT_COLUMNS, changed)
        for case in touched:
            case.new = case.touched = False
            case.spoken.clear()
        self._left.clear()

    def waits_since(self, conversation_id: int) -> int | None:
        """When the customer wrote the first of what waits for an answer."""
        case = self._newest.get(conversation_id)
        waits = None
        for ours, at in self._spoken(case) if case is not None else ():
            waits = None if ours else waits or at
        return waits

    def _spoken(self, case: _Kept) -> list[tuple[bool, int]]:
        """All messages of a case in order of time."""
        stored = [] if case.new else _spoken(self._session, case.id)
        return sorted((*stored, *case.spoken), key=lambda each: each[1])
