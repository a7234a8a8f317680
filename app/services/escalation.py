"""Escalations: a question goes to a manager by e-mail while the customer is told to wait, and comes back by itself or is asked about.

Sending is one act in one transaction: the letter owed, the reply owed, the conversation put aside with a clock, the promise, the sheet's draft
gone; taking it back undoes all of it and gives the sheet back. What leaves, leaves through the outbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.language.promising import promise_in
from app.mail.composing import as_bytes, check_address, compose, message_id
from app.mail.recognising import token, with_token
from app.mail.servers import Mailbox, Server
from app.models.conversation import ConversationState
from app.models.delivery import Owed
from app.models.escalation import (
    Asked,
    Asking,
    Goes,
    HoldingLine,
    MailPreview,
    ManagerChoice,
    SheetDraft,
)
from app.models.letter import Mail
from app.models.mailbox import MailboxRow
from app.models.manager import ManagerRow
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.playbook import FactRow, PlaybookAnswer
from app.models.post import Picture
from app.models.reply import Written
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import Words, message
from app.services import manager_choice
from app.services.escalation_answers import Answering
from app.services.escalation_letter import Told, letter_text, subject_of
from app.services.escalation_pictures import FileOf, as_files, going, names_of, take_along
from app.services.holding_line import HoldingLines, first_name
from app.services.inbox import Before, Inbox, restore_all
from app.services.reactions import new_key, withdraw
from app.services.undo import Act, Undo
from app.services.working_time import WorkingTime
from app.store.database import Database, Session
from app.store.reading import conversations as conversations_reading
from app.store.reading import customers as customers_reading
from app.store.reading import escalations as reading
from app.store.reading import mailboxes as mailboxes_reading
from app.store.reading import managers as managers_reading
from app.store.reading import messages as messages_reading
from app.store.writing import conversations, outbox, playbook, promises, settings
from app.store.writing import escalations as writing

MOST_MESSAGES = 200
LONGEST_PROMISE = 300
LETTERS = "letters"
"""Folder of letters that were handed to the user's own mail program."""
NOBODY = "nobody@localhost"
"""Stands where a sender must stand while a letter is made that the user's own mail program sends: it is taken out again."""


class Escalations(Answering):
    """Asking; what becomes of it is in escalation_answers.py."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        undo: Undo,
        clock: Clock,
        tasks: Tasks,
        lines: HoldingLines,
        hours: Callable[[], WorkingTime],
        zone: Callable[[], ZoneInfo],
        shop: Callable[[], str],
        words_for: Callable[[str], Words],
        network_name: Callable[[str], str],
        folder: Path,
        undo_seconds: Callable[[], int],
        media: Path,
        picture_of: FileOf,
    ) -> None:
        """`words_for` answers words of the language that is nearest to one; `folder` is the profile's, `media` that of its pictures;
        `picture_of` knows what was fetched of customers' pictures.
        """
        super().__init__(database, undo, clock, tasks)
        self.taken_back: Signal[int] = Signal("escalations.taken_back")
        """Of a conversation: what stood in its sheet is there again."""
        self._inbox = inbox
        self._lines = lines
        self._hours = hours
        self._zone = zone
        self._shop = shop
        self._words_for = words_for
        self._network_name = network_name
        self._folder = folder / LETTERS
        self._undo_seconds = undo_seconds
        self._picture_of = picture_of
        self._media = media

    # ---- for the sheet, answered at once

    def choices(self, managers: Sequence[ManagerRow], category: str, text: str, language: str) -> list[ManagerChoice]:
        """The most fitting first."""
        return manager_choice.choices(
            managers, category, text, language, self._hours(), self._zone(), self._clock.now()
        )

    def remind_at(self, manager: ManagerRow) -> datetime:
        """When to ask about it, if nothing else is said."""
        return manager_choice.remind_at(manager, self._hours(), self._zone(), self._clock.now())

    def promise_at(self, remind: datetime) -> datetime:
        """What may be promised to the customer then."""
        return manager_choice.promise_at(remind, self._zone())

    def line(
        self,
        answers: Sequence[PlaybookAnswer],
        facts: Sequence[FactRow],
        language: str,
        values: dict[str, str],
        manager: str,
        promise_at: datetime | None,
    ) -> HoldingLine:
        """What the customer is told."""
        return self._lines.line(answers, facts, language, values, manager, promise_at)

    async def preview(self, asking: Asking, goes: Goes) -> MailPreview:
        """The letter as it would leave now."""
        manager, told, words = await self._told(asking, goes)
        box = await self._mailbox()
        subject = with_token(subject_of(told.name, asking.draft.question), "") or "…"
        text = letter_text(told, words, self._clock.now())
        sender = box.address if box is not None else ""
        return MailPreview(manager.name, manager.email, sender, subject, text, tuple(told.attached.values()))

    async def keep_draft(self, conversation_id: int, draft: SheetDraft) -> None:
        """What stands in the sheet; nothing of the user's own forgets it."""
        name = f"{reading.DRAFT}{conversation_id}"
        if draft.is_empty:
            await self._database.write(settings.forget, name)
        else:
            await self._database.write(settings.save, name, draft.to_json(self._clock.now()))

    # ---- asking

    async def ask(self, asking: Asking, goes: Goes) -> Asked:
        """Owe the letter, and with `BOTH` the reply. Raises UserMistake (field `manager`, `question`, `remind`, `told`, `promise`)."""
        box = await self._mailbox()
        if box is None:
            raise UserMistake(message("escalation.no_mailbox"), field="mailbox")
        asked, _ = await self._ask(asking, goes, box)
        return asked

    async def hand_over(self, asking: Asking) -> tuple[Asked, Path]:
        """As a file for the user's own mail program; the conversation waits all the same."""
        box = await self._mailbox()
        asked, path = await self._ask(asking, Goes.BY_HAND, box)
        assert path is not None  # made for going by hand
        return asked, path

    async def _ask(self, asking: Asking, goes: Goes, box: MailboxRow | None) -> tuple[Asked, Path | None]:
        draft, now = asking.draft, self._clock.now()
        manager, told, words = await self._told(asking, goes)
        self._check(draft, goes, now)
        key, mark = new_key(), token()
        row = await self._database.read(conversations_reading.row, asking.conversation_id)
        assert row is not None  # `_told` has read it
        chain = await self._database.read(reading.chain, draft.again_of) if draft.again_of is not None else ()
        along = going(told.detail, told.left_out, self._picture_of)
        pictures = await asyncio.to_thread(take_along, along, told.attached, self._picture_of, self._media)
        text = letter_text(told, words, now)
        mail = Mail(
            to=check_address(manager.email, field="manager"),
            subject=subject_of(told.name, draft.question),
            to_name=manager.name,
            in_reply_to=chain[-1] if chain else "",
            chain=chain,
            token=mark,
        )
        path = None
        if goes is Goes.BY_HAND:
            path = await asyncio.to_thread(self._write_eml, mail, text, key, box, pictures)
        letter = None
        if goes is not Goes.BY_HAND and box is not None:
            letter = self._letter(asking, box, mail, text, key, pictures, words.language)
        reply = said = None
        if goes is Goes.BOTH:
            private = row.private if draft.private is None else draft.private
            said = Written(draft.told, answer_key=draft.answer_key)
            visibility = Visibility.DIRECT if private else await self._public(asking.conversation_id)
            reply, _ = await self._inbox.owed_reply(asking.conversation_id, asking.parts, visibility, said)
        new = writing.NewEscalation(
            conversation_id=asking.conversation_id,
            manager_id=manager.id,
            account_id=box.account_id if box is not None else row.account_id,
            token=mark,
            reasons=tuple(draft.reasons),
            question=draft.question.strip(),
            subject=mail.subject,
            remind_ms=None if draft.remind_at is None else to_ms(draft.remind_at),
            asked_ms=to_ms(now),
        )
        promise = None
        if goes is Goes.BOTH and draft.promise_at is not None:
            found = promise_in(draft.told, now, self._zone(), row.language)
            usual = message("escalation.promise_text", name=first_name(manager.name))
            said_so = " ".join(found.text.split()) if found is not None else self._words_for("").text(usual)
            promise = (said_so[:LONGEST_PROMISE], to_ms(draft.promise_at))
        remote_id = message_id(key, box.address if box is not None else NOBODY)
        begun = await self._database.write(_begin, new, letter, reply, said, promise, remote_id, text, draft)

        async def back() -> None:
            await self._take_back(begun, asking.conversation_id, draft, manager.name, row.author)

        self._undo.did(
            Act(message("undone.escalated", name=first_name(manager.name)), back, about=(asking.conversation_id,))
        )
        self._alarm.ring()
        return Asked(begun.id, begun.reply_id, manager.name), path

    def _letter(
        self, asking: Asking, box: MailboxRow, mail: Mail, text: str, key: str, pictures: tuple[Picture, ...], language: str
    ) -> Owed:
        return Owed(
            account_id=box.account_id,
            kind=OutboxKind.MAIL,
            key=key,
            due_at=self._clock.now() + timedelta(seconds=self._undo_seconds()),
            parts=(text,),
            pictures=pictures,
            visibility=Visibility.DIRECT,
            language=language,
            conversation_id=asking.conversation_id,
            mail=mail,
        )

    async def _take_back(self, begun: Begun, conversation_id: int, draft: SheetDraft, manager: str, name: str) -> None:
        trouble = await self._database.write(_withdraw, begun, conversation_id, draft, to_ms(self._clock.now()))
        if trouble is not None:
            raise UserMistake(message(f"escalation.left.{trouble}", manager=first_name(manager), name=name))
        self.taken_back.emit(conversation_id)

    def _check(self, draft: SheetDraft, goes: Goes, now: datetime) -> None:
        if not draft.question.strip():
            raise UserMistake(message("escalation.no_question"), field="question")
        if draft.remind_at is not None and draft.remind_at <= now:
            raise UserMistake(message("escalation.remind_past"), field="remind")
        if goes is Goes.BOTH and not draft.told.strip():
            raise UserMistake(message("escalation.nothing_told"), field="told")
        if goes is Goes.BOTH and draft.promise_at is not None and draft.promise_at <= now:
            raise UserMistake(message("promise.past"), field="promise")

    async def _told(self, asking: Asking, goes: Goes) -> tuple[ManagerRow, Told, Words]:
        draft, number = asking.draft, asking.conversation_id
        manager = None
        if draft.manager_id is not None:
            manager = await self._database.read(managers_reading.manager, draft.manager_id)
        if manager is None:
            raise UserMistake(message("escalation.no_manager"), field="manager")
        row = await self._database.read(conversations_reading.row, number)
        detail = await self._database.read(messages_reading.conversation, number, MOST_MESSAGES)
        if row is None or detail is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        customer = await self._database.read(customers_reading.detail, detail.customer.id, number)
        box = await self._mailbox()
        both = goes is Goes.BOTH
        words = self._words_for(manager.languages[0] if manager.languages else "")
        told = Told(
            manager=manager,
            shop=self._shop(),
            sender=box.sender_name if box is not None else "",
            name=row.author,
            handle=row.handle,
            network=self._network_name(row.network),
            question=draft.question,
            reasons=draft.reasons,
            remind_at=draft.remind_at,
            detail=detail,
            left_out=frozenset(draft.left_out),
            customer=customer,
            orders=customer.orders if customer is not None and draft.with_orders else (),
            told=draft.told if both else "",
            promise_at=draft.promise_at if both else None,
            attached=names_of(going(detail, draft.left_out, self._picture_of), words),
        )
        return manager, told, words

    async def _mailbox(self) -> MailboxRow | None:
        """The first one, which letters to managers leave from."""
        boxes = await self._database.read(mailboxes_reading.mailboxes)
        return boxes[0] if boxes else None

    async def _public(self, conversation_id: int) -> Visibility:
        """As openly as the customer wrote, and never as a private message."""
        last = await self._database.read(messages_reading.last_of_customer, conversation_id)
        seen = last.visibility if last is not None else Visibility.PUBLIC
        return Visibility.PUBLIC if seen is Visibility.DIRECT else seen

    def _write_eml(self, mail: Mail, text: str, key: str, box: MailboxRow | None, pictures: Sequence[Picture]) -> Path:
        """Blocks. `X-Unsent` opens it for sending where the mail program knows that."""
        nowhere = Server("localhost", 465)
        mine = Mailbox(
            box.address if box is not None else NOBODY,
            nowhere,
            nowhere,
            sender_name=box.sender_name if box is not None else "",
        )
        try:
            files = as_files(pictures, self._media)
        except OSError as error:
            raise disk_trouble(error) from error
        letter = compose(mine, mail, text, key, self._clock.now(), files)
        if box is None:
            del letter["From"]
            del letter["Reply-To"]
        letter["X-Unsent"] = "1"
        path = self._folder / f"{key[:12]}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(letter))
        except OSError as error:
            raise disk_trouble(error) from error
        return path


class Begun:
    """What a question put into the data file: all that taking it back needs."""

    __slots__ = ("before", "ended", "id", "letter_id", "promise_id", "reply_id")

    def __init__(self, before: Before, ended: list[writing.Stood]) -> None:
        self.before = before
        self.ended = ended
        self.id = 0
        self.letter_id: int | None = None
        self.reply_id: int | None = None
        self.promise_id: int | None = None


def _begin(
    session: Session,
    new: writing.NewEscalation,
    letter: Owed | None,
    reply: Owed | None,
    said: Written | None,
    promise: tuple[str, int] | None,
    remote_id: str,
    text: str,
    draft: SheetDraft,
) -> Begun:
    """All of it, or nothing."""
    number, now_ms = new.conversation_id, new.asked_ms
    stood = conversations.standing(session, number)
    ended = (
        writing.end_others(session, number, new.manager_id, draft.again_of, now_ms)
        if draft.again_of is not None
        else []
    )
    if stood.state is ConversationState.IGNORED:  # from there it goes nowhere else
        conversations.set_state(session, number, ConversationState.NEEDS_ANSWER, now_ms)
    conversations.set_state(session, number, ConversationState.ESCALATED, now_ms)
    conversations.mark_read(session, number)
    begun = Begun(Before(number, stood, conversations.standing(session, number)), ended)
    if letter is not None:
        begun.letter_id = outbox.add(session, letter, now_ms)
    if reply is not None:
        begun.reply_id = outbox.add(session, reply, now_ms)
        if said is not None and said.answer_key:
            playbook.used(session, said.answer_key, playbook.Used(number, begun.reply_id, now_ms, said.text))
    if promise is not None:
        begun.promise_id = promises.make(session, number, promise[0], promise[1], now_ms)
    begun.id = writing.add(
        session,
        new._replace(outbox_id=begun.letter_id, reply_outbox_id=begun.reply_id, promise_id=begun.promise_id),
    )
    writing.add_question(session, begun.id, remote_id, text, now_ms)
    settings.forget(session, f"{reading.DRAFT}{number}")
    return begun


def _withdraw(session: Session, begun: Begun, conversation_id: int, draft: SheetDraft, now_ms: int) -> str | None:
    """Everything back, and the sheet with it; or nothing, where one of the two has left: answers which."""
    for what, outbox_id in (("reply", begun.reply_id), ("letter", begun.letter_id)):
        if outbox_id is None:
            continue
        item = outbox.delivery(session, outbox_id)
        if item is not None and (item.progress or item.state not in _CAN_GO):
            return what
    for outbox_id in (begun.reply_id, begun.letter_id):
        if outbox_id is not None:
            trouble = withdraw(session, outbox_id, now_ms)
            assert trouble is None or trouble.id != "inbox.already_left"  # looked at above, in this transaction
    if begun.reply_id is not None:
        playbook.unused(session, begun.reply_id)
    writing.remove(session, begun.id)
    if begun.promise_id is not None:
        session.flush()
        promises.take_back(session, begun.promise_id)
    for each in begun.ended:
        writing.restore(session, each)
    restore_all(session, [begun.before])
    settings.save(session, f"{reading.DRAFT}{conversation_id}", draft.to_json(from_ms(now_ms)))
    return None


_CAN_GO = (DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.BY_HAND, DeliveryState.LET_GO)
