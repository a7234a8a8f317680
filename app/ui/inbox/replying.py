"""Replying, for the page: what the box needs to know of a conversation, what commands ask of it, and how a text comes back into it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from app.commands.agreements import OfferedPromise
from app.commands.inbox import Written
from app.models import reply
from app.models.account import AccountState, Offer
from app.models.conversation import ConversationRow
from app.models.message import ConversationDetail, MessageKind, MessageRow, Visibility
from app.models.prepared import Prepared, edited
from app.models.promise import Suggested
from app.runtime.errors import AppError
from app.runtime.settings import Sending
from app.runtime.words import message
from app.ui.agreement_words import settled_text
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.preparing import Preparing
from app.ui.inbox.reply_box import Taken
from app.ui.inbox.reply_pictures import ask_for_pictures
from app.ui.inbox.reply_to import Asked, ReplyTo, room_for_numbers
from app.ui.inbox.snooze import when_text
from app.ui.names import network_name
from app.ui.page import PageFace, Unkept
from app.ui.safe_text import isolated, one_line, shortened

QUARREL = timedelta(minutes=10)
"""In so long replies to one person are counted."""


class Replying(QObject):
    """`table` maps the names that commands use to what is done."""

    def __init__(self, face: PageFace, desk: Desk, conversation: ConversationPane, preparing: Preparing) -> None:
        super().__init__(conversation)
        self._preparing = preparing
        self._face = face
        self._desk = desk
        self._pane = conversation
        self._box = box = conversation.reply
        self._offered: OfferedPromise | None = None
        self._invite: tuple[ConversationDetail, str] | None = None
        """Asked at each pause, answered once."""
        box.picture_wanted.connect(self._ask_pictures)
        box.pasted.connect(self._take_in)
        self.table: Mapping[str, Callable[..., Any]] = {
            "reply_text": box.text,
            "take_reply": self._take,
            "sent": self._sent,
            "give_back": self._give_back,
            "expect_back": self._expect_back,
            "reply_link": box.link.ask,
            "reply_picture": self._ask_pictures,
            "reply_language": box.bar.ask_language,
            "reply_accept": box.strips.accept,
            "promise_sent": lambda: self._offered,
        }

    # ---- what the box needs to know

    def to(self, row: ConversationRow, detail: ConversationDetail) -> ReplyTo:
        """What a reply here is to, and what the account can do."""
        face, account_id = self._face, row.account_id
        default = Visibility.DIRECT if row.private else detail.reply_visibility
        if account_id not in self._desk.accounts:
            closed = face.text("inbox.account_removed")
            return ReplyTo(
                row.id, isolated(row.author), default, lambda text: (len(text), 0), lambda text: (text,), closed=closed
            )
        limits, network = face.services.posts.limits(account_id), network_name(row.network)
        numbering = face.services.settings.get(Sending).numbering
        private, why = self._privacy(row, default)
        why_no_pictures = self._why_no_pictures(row, detail)
        return ReplyTo(
            conversation_id=row.id,
            name=isolated(row.author),
            default=default,
            measure=partial(self._measure, row),
            split=partial(self._split, row, numbering),
            threads=limits.threads,
            why_no_threads="" if limits.threads else face.text("inbox.no_threads", network=network),
            private=private,
            why_not_private=why,
            heard_at=_last(message.at for message in detail.messages if message.kind is not MessageKind.OURS),
            answered_elsewhere_at=_last(
                message.at
                for message in detail.messages
                if message.kind is MessageKind.OURS and message.outbox_id is None
            ),
            theirs=_theirs(detail.messages),
            language=row.language,
            pictures=0 if why_no_pictures else limits.pictures,
            why_no_pictures=why_no_pictures,
            alt_text=limits.alt_text,
            numbering=numbering,
            signed_out=self._signed_out(account_id),
            answered=_answered(detail),
        )

    def asked(self, row: ConversationRow, detail: ConversationDetail) -> Asked:
        """What the box asks about a text while it is written."""
        replies, theirs = self._face.services.replies, _theirs(detail.messages)
        return Asked(
            look=replies.look,
            anger=partial(self._anger, row.id, theirs),
            openings=replies.openings,
            terms=replies.terms,
            privately=replies.privately,
            set_terms=lambda: self._face.window.show_page("settings", section="general"),
            answers=self._answers,
            turn=self._preparing.turn,
            style=self._style,
            picture_path=self._face.services.posts.picture_path,
            now=self._desk.now,
            promise=self._face.services.promises.in_reply,
            due=lambda due: when_text(self._face.look, due, self._desk.now()),
            settles=self._settles,
            record=lambda: self._face.actions.run("inbox.agreement"),
            invite=partial(self._why_invite, row, detail),
            to_email=lambda: self._face.actions.run("inbox.to_email"),
            use_answer=lambda: self._face.actions.run("inbox.use_answer"),
            tracked=lambda url: self._face.services.tracked_links.tag(url, row.account_id),
        )

    def _why_invite(self, row: ConversationRow, detail: ConversationDetail) -> str:
        if self._invite is None or self._invite[0] is not detail:
            why = self._face.services.invitations.why(row, detail)
            if why is None:  # or nobody knows yet: before the services are there
                return ""
            self._invite = detail, self._face.text(f"inbox.invite.{why}")
        return self._invite[1]

    def _settles(self, text: str) -> str:
        found = self._face.services.agreements.propose(text)
        return settled_text(self._face.look, found.kind, found.amount, found.currency) if found is not None else ""

    def _signed_out(self, account_id: int) -> str:
        account = self._desk.accounts[account_id]
        if account.state is not AccountState.SIGNED_OUT:
            return ""
        return self._face.text("suggestion.off.signed_out", network=network_name(account.network))

    def _measure(self, row: ConversationRow, text: str) -> tuple[int, int]:
        posts = self._face.services.posts
        return posts.measure(row.account_id, text, reply_to=row.handle if text else "", private=row.private)

    def _split(self, row: ConversationRow, numbering: str, text: str) -> tuple[str, ...]:
        """With room for as many numbers as there will be parts."""
        split = partial(self._face.services.posts.split, row.account_id, text, reply_to=row.handle, private=row.private)
        parts = split(spare=room_for_numbers(numbering))
        return parts if len(parts) < 10 else split(spare=room_for_numbers(numbering, len(parts)))

    def _privacy(self, row: ConversationRow, default: Visibility) -> tuple[bool, str]:
        """Whether it can be answered in private, and why not: a public message only where the network has private answers to it."""
        face = self._face
        offer, reason = self._desk.offer("private")
        if default is Visibility.DIRECT:
            return True, ""
        if offer not in (Offer.WORKS, Offer.WAITS):
            here = face.text("inbox.no_private_answer_here", network=network_name(row.network))
            return False, face.text(reason) if reason is not None else here
        if Visibility.DIRECT not in face.services.posts.limits(row.account_id).visibilities:
            return False, face.text("inbox.no_private_answer_here", network=network_name(row.network))
        return True, ""

    def _why_no_pictures(self, row: ConversationRow, detail: ConversationDetail) -> str:
        """Empty where some may go along."""
        limits, network = self._face.services.posts.limits(row.account_id), network_name(row.network)
        said = [message for message in detail.messages if message.kind is not MessageKind.OURS]
        if self._desk.accounts[row.account_id].state is AccountState.BY_HAND or (said and not said[-1].answerable):
            return self._face.text("inbox.no_pictures_by_hand")
        if row.private and Visibility.DIRECT not in limits.visibilities:
            return self._face.text("inbox.no_pictures_in_private", network=network)
        return "" if limits.pictures else self._face.text("inbox.no_pictures", network=network)

    def _anger(self, conversation_id: int, theirs: str, text: str) -> Sequence[str]:
        since = self._desk.now() - QUARREL
        lately = self._face.services.reads.now(lambda queries: queries.replies_since(conversation_id, since))
        return [self._face.text(reason) for reason in self._face.services.replies.anger(text, theirs, lately + 1)]

    def _style(self, text: str, language: str, posts: int) -> Sequence[str]:
        return [self._face.text(each) for each in self._face.services.playbook.style(text, language, posts)]

    def _answers(self, typed: str, language: str, deliver: Callable[[Sequence[Prepared]], None]) -> None:
        self._preparing.open(language, lambda: deliver(self._preparing.search(typed, language)))

    # ---- pictures

    def _ask_pictures(self) -> None:
        if self._box.bar.picture.isEnabled():
            ask_for_pictures(self._box, self._face.look, self._take_in)

    def _take_in(self, found: object) -> None:
        """Files, or an image without one."""
        number = self._box.conversation
        if number is None or not self._box.bar.picture.isEnabled():
            return
        if isinstance(found, QImage):
            self._face.actions.start("inbox.add_picture", self._add_image(number, found))
        elif isinstance(found, list):
            self._face.actions.start("inbox.add_picture", self._add(number, found))

    async def _add(self, conversation_id: int, paths: Sequence[Path]) -> None:
        for path in paths:
            picture = await self._face.services.posts.add_picture(path)
            if self._box.conversation == conversation_id:
                self._box.add_picture(picture)

    async def _add_image(self, conversation_id: int, image: QImage) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "pasted.png"
            if image.save(str(path)):
                await self._add(conversation_id, [path])

    # ---- handing over, and back

    def _take(self) -> Written | None:
        self._desk.read_now()
        row = self._desk.row
        if row is None or self._box.conversation != row.id:
            return None  # it is there no more
        taken = self._box.take()
        if taken is None:
            return None
        self._desk.unkept.forget(row.id)
        draft, answers = taken.draft, taken.answers
        keys = [each.key for each in answers]
        said = reply.Written(
            draft.text,
            draft.pictures,
            draft.language,
            answer_key=keys[0] if keys else "",
            more_answers=tuple(keys[1:]),
            promise=_kept(taken) or self._promised_with(answers),
        )
        return Written(
            conversation_id=row.id,
            name=isolated(row.author),
            parts=taken.parts,
            visibility=taken.visibility,
            text=draft.text,
            said=said,
            answer_title=answers[0].title if answers else "",
            back=taken,
            edited=edited([each for each in answers if each.language == taken.language], draft.text),
            escalates=any(each.after.escalate for each in answers),
        )

    def _promised_with(self, answers: Sequence[Prepared]) -> Suggested | None:
        """What the playbook says is promised with an answer."""
        promising = next((each for each in answers if each.after.promise_hours), None)
        if promising is None:
            return None
        return Suggested(promising.title, self._desk.now() + timedelta(hours=promising.after.promise_hours))

    def _sent(self, written: Written) -> None:
        """It is owed: from now on its text may come back. Not before, or a draft kept while it was typed would pass for it."""
        taken = _taken(written)
        self._desk.returns.expect(written.conversation_id, taken)
        if taken.offered is not None:
            self._offered = OfferedPromise(written.conversation_id, written.name, taken.offered)
            said = message("inbox.said.promise_sent", name=written.name, text=isolated(shortened(taken.offered.said)))
            self._face.notices.say(said, seconds=10, command="inbox.promise_sent")

    def _give_back(self, written: Written) -> None:
        """It could not be owed: the text is where it was."""
        taken = _taken(written)
        if self._desk.row is not None and self._desk.row.id == written.conversation_id:
            self._box.restore(taken)
        else:
            self._desk.returns.expect(written.conversation_id, taken)
            keep = self._desk.keep_draft(written.conversation_id, taken.draft)
            self._face.actions.start("inbox.save_draft", self._bring_back(keep, written.conversation_id, taken))

    async def _bring_back(self, keep: Coroutine[Any, Any, None], conversation_id: int, taken: Taken) -> None:
        """As a draft it comes back by itself (`Desk.returns`); what no disk takes is brought back here."""
        try:
            await keep
        except AppError:
            self._desk.returns.came_back.emit(conversation_id, taken)
            raise

    def _expect_back(self) -> None:
        if self._desk.row is not None:
            self._desk.returns.expect(self._desk.row.id)

    # ---- closing

    def unkept(self) -> Unkept:
        """What would be lost if the window were closed now, and is worth a question: replies, and notes that were begun."""
        self._box.drafts.keep()
        again = [partial(self._desk.keep_draft, number, draft) for number, draft in self._desk.unkept.drafts()]
        return Unkept((*self._desk.unkept.texts(), *self._pane.notes.begun()), again)


def _taken(written: Written) -> Taken:
    assert isinstance(written.back, Taken)  # it was handed over by `_take`
    return written.back


def _answered(detail: ConversationDetail) -> str:
    """The manager whose answer waits to be made into a reply; empty for none."""
    waiting = [row for row in detail.escalations if row.closed_at is None and row.answer is not None]
    return isolated(one_line(waiting[-1].first_name)) if waiting else ""


def _kept(taken: Taken) -> Suggested | None:
    """The promise that is remembered with a reply."""
    return Suggested(taken.promise.text, taken.promise.due_at) if taken.promise is not None else None


def _theirs(messages: Sequence[MessageRow]) -> str:
    """What the customer wrote last."""
    said = [message for message in messages if message.kind is not MessageKind.OURS and not message.deleted]
    return said[-1].text if said else ""


def _last(moments: Iterable[datetime]) -> datetime | None:
    return max(moments, default=None)
