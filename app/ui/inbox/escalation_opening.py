"""Opens the sheet to a manager, hands over what was written in it, and brings it back when it was taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from app.commands.escalation import Sheet as Written
from app.commands.services import Queries
from app.models.account import AccountState
from app.models.conversation import ConversationRow
from app.models.escalation import (
    Asking,
    EscalationRow,
    EscalationState,
    Goes,
    HoldingLine,
    MailPreview,
    SheetDraft,
    Why,
)
from app.models.goes_along import pictures_along
from app.models.mailbox import MailboxRow
from app.models.manager import ManagerRow
from app.models.message import ConversationDetail, MessageKind
from app.models.moment import Moment
from app.models.order import OrderRow
from app.models.picture_kind import PictureKind
from app.models.playbook import FactRow, PlaybookAnswer
from app.runtime.words import Message
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.escalation_asks import Asks, Known
from app.ui.inbox.escalation_sheet import EscalationSheet
from app.ui.inbox.reply_to import ReplyTo, numbered
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.countdown import countdown

MESSAGES = 200
MANY_MESSAGES = 3
"""Somebody who wrote so often waits too long."""
AWAITED_MS = 3000
"""So long a conversation that was taken back may take to open with its sheet."""


class _Read(NamedTuple):
    """What the sheet is made of."""

    row: ConversationRow
    detail: ConversationDetail
    managers: Sequence[ManagerRow]
    mailboxes: Sequence[MailboxRow]
    answers: Sequence[PlaybookAnswer]
    facts: Sequence[FactRow]
    orders: Sequence[OrderRow]
    draft: SheetDraft | None


class SheetOpening(QObject):
    """One sheet at a time."""

    def __init__(
        self,
        face: PageFace,
        desk: Desk,
        conversation: ConversationPane,
        to: Callable[[ConversationRow, ConversationDetail], ReplyTo],
    ) -> None:
        """`to` answers what a reply in a conversation is to."""
        super().__init__(conversation)
        self._face = face
        self._desk = desk
        self._conversation = conversation
        self._to = to
        self._sheet: EscalationSheet | None = None
        self._written: Written | None = None
        self._awaited: int | None = None
        """A conversation whose sheet is to open with it."""
        desk.opened.connect(self._opened)
        face.services.escalations.taken_back.connect(self._taken_back)

    def open(self, asked: EscalationRow | None = None, *, by_hand: bool = False) -> None:
        """For the open conversation; `asked` is the question that is asked again."""
        self._desk.settle()
        row = self._desk.row
        if row is None or self._sheet is not None:
            return
        wanted = row.id

        def read(queries: Queries) -> _Read | None:
            rows, detail = queries.conversations_by_id([wanted]), queries.conversation(wanted, MESSAGES)
            if not rows or detail is None:
                return None
            return _Read(
                rows[0],
                detail,
                queries.managers(),
                queries.mailboxes(),
                queries.answers(),
                queries.facts(),
                queries.orders_of(rows[0].customer_id),
                queries.sheet_draft(wanted),
            )

        def deliver(found: _Read | None) -> None:
            here = self._desk.row
            if found is not None and here is not None and here.id == wanted and self._sheet is None:
                self._show(found, asked, by_hand=by_hand)

        self._face.services.reads.later(read, deliver)

    def _show(self, read: _Read, asked: EscalationRow | None, *, by_hand: bool) -> None:
        face, row, detail = self._face, read.row, read.detail
        said = [each for each in detail.messages if each.kind is not MessageKind.OURS and not each.deleted]
        theirs = [each.text for each in reversed(said)]
        service, services = face.services.escalations, face.services
        about = " ".join([*theirs[:3], *detail.customer.tags])
        choices = service.choices(read.managers, str(row.category), about, row.language)
        to = self._to(row, detail)
        values = dict(services.replies.values(row.author, theirs, row.handle, read.orders))
        late = countdown(face.look, row.answer_by, self._desk.now(), "") if row.answer_by is not None else None
        is_late = late is not None and late.level == "late"
        slow = is_late or len(said) >= MANY_MESSAGES
        draft = read.draft or SheetDraft(reasons=(Why.DECISION, Why.SLOW) if slow else (Why.DECISION,))
        if asked is not None:
            draft = (read.draft or SheetDraft(reasons=asked.reasons))._replace(again_of=asked.id)
            if draft.manager_id is None and asked.state is not EscalationState.BOUNCED:
                draft = draft._replace(manager_id=asked.manager_id)
        sender = read.mailboxes[0].address if read.mailboxes and not by_hand else ""
        known = Known(
            row,
            detail,
            choices,
            sender,
            draft,
            face.text("escalation.about", category=Message(f"category.{row.category}"), n=len(said)),
            first_name=isolated(one_line(values.get("name", ""))) if values.get("name") else "",
            late=late.text if is_late and late is not None else "",
            may_private=to.private,
            why_not_private=to.why_not_private,
            orders=len(read.orders),
            has_mailbox=bool(read.mailboxes),
            signed_out=sender if sender and read.mailboxes[0].state == AccountState.SIGNED_OUT else "",
            pictures=pictures_along(detail, lambda url: services.pictures.file(url, PictureKind.PICTURE) is not None),
        )

        def line(manager: str, promise: datetime | None) -> HoldingLine:
            return service.line(read.answers, read.facts, row.language, values, manager, promise)

        asks = Asks(
            now=self._desk.now,
            understand=self.understand,
            remind_at=service.remind_at,
            promise_at=service.promise_at,
            line=line,
            measure=to.measure,
            keep=partial(self._keep, row.id),
            send=partial(self._send, row, to),
            preview=partial(self._preview, row.id),
            settings=self._settings,
        )
        sheet = EscalationSheet(face.look, self._conversation.window(), known, asks)
        self._sheet = sheet
        sheet.closed.connect(self._forget_sheet)
        face.window.open_sheet(sheet)

    def _forget_sheet(self) -> None:
        self._sheet = None

    def _settings(self) -> None:
        if self._sheet is not None:
            self._sheet.close_now()
        self._face.window.show_page("settings", section="mail")

    def _keep(self, conversation_id: int, draft: SheetDraft) -> None:
        keeping = self._face.services.escalations.keep_draft(conversation_id, draft)
        self._face.actions.start("inbox.keep_sheet", keeping)

    def _send(self, row: ConversationRow, to: ReplyTo, draft: SheetDraft, goes: Goes) -> None:
        text = draft.told.strip()
        length, limit = to.measure(text)
        parts: tuple[str, ...] = (text,)
        if limit and length > limit:
            parts = numbered(to.split(text), to.numbering)
        asking = Asking(row.id, draft, parts if goes is Goes.BOTH else ())
        self._written = Written(asking, goes, isolated(row.author))
        self._face.actions.run("inbox.escalate_send")

    def _preview(
        self, conversation_id: int, draft: SheetDraft, goes: Goes, deliver: Callable[[MailPreview], None]
    ) -> None:
        asking = Asking(conversation_id, draft, ())

        async def look() -> None:
            found = await self._face.services.escalations.preview(asking, goes)
            if self._sheet is not None:
                deliver(found)

        self._face.actions.start("inbox.see_mail", look())

    def take(self) -> Written | None:
        written, self._written = self._written, None
        return written

    def wrong(self, field: str, said: Message) -> bool:
        """Said where it is; False where the sheet is gone."""
        if self._sheet is None:
            return False
        self._sheet.complain(field, self._face.text(said))
        return True

    def sent(self) -> None:
        if self._sheet is not None:
            self._sheet.sent()

    def open_letter(self, path: Path) -> None:
        """In whatever opens letters on this computer; made by us, in our own folder."""
        if path.suffix == ".eml":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _taken_back(self, conversation_id: int) -> None:
        """The sheet is there again as it was."""
        row = self._desk.row
        if row is not None and row.id == conversation_id:
            self.open()
        else:
            self._awaited = conversation_id  # it is about to be opened: taking back shows what it was about
            QTimer.singleShot(AWAITED_MS, self, self._forget_awaited)

    def _forget_awaited(self) -> None:
        self._awaited = None

    def _opened(self, row: ConversationRow | None) -> None:
        if row is not None and row.id == self._awaited:
            self._awaited = None
            self.open()

    def understand(self, text: str) -> Moment:
        return self._face.services.promises.typed(text, self._face.words.language)
