"""Escalations: a question to a manager begins, is answered, comes back undelivered, ends; and the letters that belong to one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.models.conversation import ConversationState
from app.models.escalation import EscalationState
from app.models.letter import LetterKind, ReadLetter
from app.models.tables.case import Promise
from app.models.tables.conversation import Conversation
from app.models.tables.mail import Escalation, Letter, Mailbox, Manager
from app.models.tables.outbox import OutboxItem
from app.runtime.clock import to_ms
from app.store.notes import lookup
from app.store.writing import conversations

LONGEST_TEXT = 60_000
"""Characters of a letter that are kept."""


class NewEscalation(NamedTuple):
    """A question as it begins. Milliseconds."""

    conversation_id: int
    manager_id: int
    account_id: int
    token: str
    reasons: Sequence[str]
    question: str
    subject: str
    remind_ms: int | None
    asked_ms: int
    outbox_id: int | None = None
    reply_outbox_id: int | None = None
    promise_id: int | None = None


class Found(NamedTuple):
    """An escalation that a letter belongs to, or seems to."""

    id: int
    conversation_id: int
    address: str
    """The manager's."""
    subject: str


def add(session: Session, new: NewEscalation) -> int:
    """Answers its id."""
    row = Escalation(
        conversation_id=new.conversation_id,
        manager_id=new.manager_id,
        account_id=new.account_id,
        token=new.token,
        reasons=json.dumps(list(new.reasons)),
        question=new.question,
        subject=new.subject,
        outbox_id=new.outbox_id,
        reply_outbox_id=new.reply_outbox_id,
        promise_id=new.promise_id,
        remind_at=new.remind_ms,
        asked_at=new.asked_ms,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def remove(session: Session, escalation_id: int) -> None:
    """It never was: the question was taken back before it left."""
    for letter in session.exec(select(Letter).where(Letter.escalation_id == escalation_id)):
        session.delete(letter)
    session.flush()
    row = session.get(Escalation, escalation_id)
    if row is not None:
        session.delete(row)


def add_question(session: Session, escalation_id: int, remote_id: str, text: str, now_ms: int) -> int:
    """Our letter: what its answers refer to. Answers the letter's id."""
    row = session.get_one(Escalation, escalation_id)
    letter = Letter(
        account_id=row.account_id,
        escalation_id=escalation_id,
        conversation_id=row.conversation_id,
        outbox_id=row.outbox_id,
        is_ours=True,
        kind=LetterKind.QUESTION,
        remote_id=remote_id,
        subject=row.subject,
        text=row.question,
        whole=text,
        at=now_ms,
        arrived_at=now_ms,
        read=True,
    )
    session.add(letter)
    session.flush()
    return letter.id or 0


def add_letter(
    session: Session,
    account_id: int,
    of: Found,
    kind: LetterKind,
    letter: ReadLetter,
    uid_validity: int | None,
    now_ms: int,
) -> int | None:
    """A letter that came; None where it is here already."""
    same = select(Letter.id).where(Letter.account_id == account_id, Letter.remote_id == letter.remote_id)
    if session.exec(same).first() is not None:
        return None
    row = Letter(
        account_id=account_id,
        escalation_id=of.id,
        conversation_id=of.conversation_id,
        kind=kind,
        remote_id=letter.remote_id,
        in_reply_to=letter.in_reply_to,
        chain=json.dumps(list(letter.chain)),
        from_address=letter.from_address,
        from_name=letter.from_name,
        subject=letter.subject,
        text=(letter.trouble if kind is LetterKind.BOUNCE and letter.trouble else letter.text)[:LONGEST_TEXT],
        whole=letter.whole[:LONGEST_TEXT],
        attachments=json.dumps(
            [{"name": name, "bytes": size} for name, size in letter.attachments], ensure_ascii=False
        ),
        uid_validity=uid_validity,
        uid=letter.uid,
        at=to_ms(letter.at),
        arrived_at=now_ms,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def add_pasted(session: Session, escalation_id: int, remote_id: str, text: str, now_ms: int) -> int:
    """An answer that came another way: the user wrote down what was said. Answers the letter's id."""
    row = session.get_one(Escalation, escalation_id)
    manager = session.get_one(Manager, row.manager_id)
    letter = Letter(
        account_id=row.account_id,
        escalation_id=escalation_id,
        conversation_id=row.conversation_id,
        kind=LetterKind.ANSWER,
        remote_id=remote_id,
        from_name=manager.name,
        text=text[:LONGEST_TEXT],
        whole=text[:LONGEST_TEXT],
        at=now_ms,
        arrived_at=now_ms,
        read=True,
    )
    session.add(letter)
    session.flush()
    return letter.id or 0


def remove_letter(session: Session, letter_id: int) -> None:
    """What was written down was taken back."""
    row = session.get(Letter, letter_id)
    if row is not None:
        session.delete(row)


# --- to which escalation a letter belongs


_FOUND = (
    "SELECT e.id, e.conversation_id, m.email, e.subject FROM escalation AS e JOIN manager AS m ON m.id = e.manager_id"
)


def of_references(session: Session, ids: Iterable[str]) -> Found | None:
    """By the letters it refers to; the last one named goes before the others."""
    session.flush()  # the queries look past the session
    accounts = session.exec(select(Mailbox.account_id)).all()
    wanted = list(dict.fromkeys(ids))
    found: dict[str, int] = {}
    for account_id in accounts:
        sql = "SELECT remote_id, escalation_id FROM letter WHERE account_id = ? AND remote_id IN (?*)"
        for remote_id, number in lookup(session, sql, wanted, account_id):
            if number is not None:
                found[remote_id] = number
    number = next((found[each] for each in reversed(wanted) if each in found), None)
    return None if number is None else escalation(session, number)


def of_tokens(session: Session, tokens: Iterable[str]) -> Found | None:
    """By a token that stands in it."""
    wanted = list(dict.fromkeys(tokens))
    found = lookup(session, f"{_FOUND} WHERE e.token IN (?*)", wanted) if wanted else []
    return Found(*found[0]) if found else None


def open_of_address(session: Session, address: str, since_ms: int) -> list[Found]:
    """Questions that nobody ended, to this manager, since then; the newest first."""
    sql = f"{_FOUND} WHERE e.closed_at IS NULL AND e.asked_at >= ? AND lower(m.email) IN (?*) ORDER BY e.asked_at DESC, e.id DESC"
    return [Found(*row) for row in lookup(session, sql, [address.casefold()], since_ms)]


def escalation(session: Session, escalation_id: int) -> Found | None:
    """One of them."""
    found = lookup(session, f"{_FOUND} WHERE e.id IN (?*)", [escalation_id])
    return Found(*found[0]) if found else None


# --- what becomes of it


def comes_back(session: Session, conversation_id: int, now_ms: int, answer_by_ms: int | None = None) -> None:
    """The conversation needs an answer again and is new; somebody who is not heard any more stays where they are."""
    state = conversations.standing(session, conversation_id).state
    if state is ConversationState.IGNORED:
        return
    conversations.set_state(session, conversation_id, ConversationState.NEEDS_ANSWER, now_ms, answer_by_ms=answer_by_ms)
    conversations.mark_unread(session, conversation_id)


def answered(session: Session, escalation_id: int, now_ms: int) -> None:
    """An answer came: the first one says how long it took; each of them opens the question again until it is used."""
    row = session.get_one(Escalation, escalation_id)
    row.state, row.closed_at = EscalationState.ANSWERED, None
    row.answered_at = row.answered_at or now_ms
    comes_back(session, row.conversation_id, now_ms)


def bounced(session: Session, escalation_id: int, reason: str, now_ms: int) -> None:
    """It came back. `reason` (a `Message` as JSON) is noted with the delivery. An answer that came all the same counts for more."""
    row = session.get_one(Escalation, escalation_id)
    if row.outbox_id is not None and (item := session.get(OutboxItem, row.outbox_id)) is not None:
        item.reason = reason
    if row.state == EscalationState.WAITING:
        row.state = EscalationState.BOUNCED
        comes_back(session, row.conversation_id, now_ms)


class Stood(NamedTuple):
    """How an escalation stood before an act."""

    id: int
    state: str
    remind_at: int | None
    answered_at: int | None
    closed_at: int | None


def stood(session: Session, escalation_id: int) -> Stood:
    row = session.get_one(Escalation, escalation_id)
    return Stood(escalation_id, row.state, row.remind_at, row.answered_at, row.closed_at)


def restore(session: Session, before: Stood) -> None:
    """As it stood, unless it is gone."""
    row = session.get(Escalation, before.id)
    if row is not None:
        row.state, row.remind_at, row.answered_at, row.closed_at = before[1:]


def end(session: Session, escalation_id: int, now_ms: int, *, unanswered: bool) -> Stood:
    """Nothing is waited for any more. Answers how it stood."""
    before = stood(session, escalation_id)
    row = session.get_one(Escalation, escalation_id)
    row.closed_at = now_ms
    if unanswered:
        row.state = EscalationState.CLOSED
    return before


def end_others(session: Session, conversation_id: int, manager_id: int, again_of: int, now_ms: int) -> list[Stood]:
    """A question is asked again, of the same manager or another: it, and what else was asked of that manager, is not waited for any more."""
    same = select(Escalation).where(
        Escalation.conversation_id == conversation_id,
        or_(col(Escalation.manager_id) == manager_id, col(Escalation.id) == again_of),
        col(Escalation.closed_at).is_(None),
    )
    return [
        end(session, row.id or 0, now_ms, unanswered=row.state == EscalationState.WAITING)
        for row in session.exec(same).all()
    ]


def wait_until(session: Session, escalation_id: int, remind_ms: int) -> Stood:
    """Wait longer. Answers how it stood."""
    before = stood(session, escalation_id)
    session.get_one(Escalation, escalation_id).remind_at = remind_ms
    return before


def remind(session: Session, now_ms: int) -> list[int]:
    """Brings back conversations whose question was not answered in time; answers their ids."""
    due = select(Escalation).where(
        col(Escalation.closed_at).is_(None),
        col(Escalation.remind_at) <= now_ms,
        Escalation.state == EscalationState.WAITING,
    )
    back = []
    for row in session.exec(due):
        conversation = session.get_one(Conversation, row.conversation_id)
        if conversation.state == ConversationState.ESCALATED:
            promise = session.get(Promise, row.promise_id) if row.promise_id is not None else None
            due_at = promise.due_at if promise is not None and promise.due_at > now_ms else None
            comes_back(session, row.conversation_id, now_ms, due_at)
            back.append(row.conversation_id)
    return back


def use_letter(session: Session, letter_id: int, now_ms: int) -> tuple[Stood, int | None] | None:
    """The letter is made into the reply: its question has its answer. Answers how both stood; None where there is none."""
    letter = session.get(Letter, letter_id)
    if letter is None or letter.escalation_id is None:
        return None
    used = letter.used_at
    letter.used_at, letter.read = now_ms, True
    return end(session, letter.escalation_id, now_ms, unanswered=False), used


def unuse_letter(session: Session, letter_id: int, before: Stood, used_at: int | None) -> None:
    """It was not."""
    letter = session.get(Letter, letter_id)
    if letter is not None:
        letter.used_at = used_at
    restore(session, before)


def judge_letter(session: Session, letter_id: int, now_ms: int, *, is_answer: bool) -> None:
    """The user's word on a letter that only looked like an answer. One that is none is not kept: it is somebody else's business."""
    letter = session.get(Letter, letter_id)
    if letter is None or letter.escalation_id is None:
        return
    if not is_answer:
        session.delete(letter)
        return
    letter.kind = LetterKind.ANSWER
    answered(session, letter.escalation_id, now_ms)
