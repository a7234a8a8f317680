"""What is done with agreements on the Inbox page: recorded, shown, saved as PDF, replaced, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.services import Queries
from app.models.agreement import AgreementPaper, AgreementRow, Proposed, Settled
from app.models.conversation import ConversationRow
from app.models.message import ConversationDetail, MessageKind
from app.models.order import OrderRow
from app.runtime.settings import Shop
from app.runtime.words import Message, message
from app.ui.inbox.agreement_paper_sheet import AgreementPaperSheet, AgreementsSheet
from app.ui.inbox.agreement_sheet import AgreementSheet, Around
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.customer_card import CustomerCard
from app.ui.inbox.desk import Desk
from app.ui.page import PageFace
from app.ui.painting.agreement_pdf import agreement_pdf
from app.ui.safe_text import isolated

UNDO_SECONDS = 10
UNFIT = dict.fromkeys(map(ord, '<>:"/\\|?*\0\n\r\t\u2068\u2069'), " ")
"""What no file may be called on one of the systems."""


class Agreeing(QObject):
    """`table` maps the names that commands use to what is done."""

    def __init__(self, face: PageFace, desk: Desk, conversation: ConversationPane, card: CustomerCard) -> None:
        super().__init__(conversation)
        self._face = face
        self._desk = desk
        self._conversation = conversation
        self._card = card
        self.table: Mapping[str, Callable[..., Any]] = {
            "record_agreement": self._begin,
            "show_agreements": self._show_all,
        }
        card.wanted.connect(self._wanted)
        conversation.messages.act_wanted.connect(self._act)

    # ---- recorded

    def _begin(self) -> None:
        """What the reply in the box settles, else what was said last, is what the sheet begins with."""
        self._desk.settle()
        row, detail = self._desk.row, self._desk.detail
        if row is None or detail is None or self._face.services.data.read_only:
            return
        propose = self._face.services.agreements.propose
        said = [each.text for each in reversed(detail.messages) if each.kind is MessageKind.OURS][:2]
        texts = [self._conversation.reply.text(), *said]
        begin = next((found for text in texts if text.strip() and (found := propose(text)) is not None), None)
        self._open_form(row, detail, begin)

    def _open_form(
        self,
        row: ConversationRow,
        detail: ConversationDetail,
        begin: Proposed | AgreementRow | None,
        replaces: int | None = None,
    ) -> None:
        def show(orders: list[OrderRow]) -> None:
            services = self._face.services
            theirs = [each.text for each in reversed(detail.messages) if each.kind is not MessageKind.OURS]
            around = Around(
                isolated(row.author),
                detail.messages,
                orders,
                services.replies.values(row.author, theirs, row.handle, orders)["order"],
                services.agreements.currency(),
                services.settings.get(Shop).terms,
                self._desk.now(),
            )
            sheet = AgreementSheet(
                self._face.look,
                self._host(),
                around,
                self._face.actions,
                services.agreements.amount,
                partial(self._record, row.id, replaces),
                begin,
                replaces=replaces,
            )
            self._face.window.open_sheet(sheet)

        self._face.services.reads.later(lambda queries: queries.orders_of(row.customer_id), show)

    async def _record(self, conversation_id: int, replaces: int | None, settled: Settled) -> None:
        await self._face.services.agreements.record(conversation_id, settled, replaces)
        said = message("inbox.agreement.said", kind=Message(f"agreement.kind.{settled.kind}"))
        self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)
        self._conversation.reply.put_away("agreement")

    # ---- shown

    def _wanted(self, what: str, key: object) -> None:
        if what == "open_agreement" and isinstance(key, int):
            self.show(key)

    def _act(self, act: str) -> None:
        name, _, number = act.partition(" ")
        if name == "agreement" and number.isdigit():
            self.show(int(number))

    def _show_all(self) -> None:
        """The one there is, or all to choose from."""
        row = self._desk.row
        if row is None:
            return

        def show(rows: list[AgreementRow]) -> None:
            if len(rows) == 1:
                self.show(rows[0].id)
            elif rows:
                look = self._face.look
                name, now = row.author, self._desk.now()
                self._face.window.open_sheet(AgreementsSheet(look, self._host(), name, rows, now, self.show))

        self._face.services.reads.later(lambda queries: queries.agreements_of(row.customer_id), show)

    def show(self, agreement_id: int) -> None:
        """One of them, with what may be done."""

        async def open_it() -> None:
            paper = await self._face.services.agreements.paper(agreement_id)
            deeds: dict[str, Callable[[], None]] = {"pdf": lambda: self._choose_file(paper)}
            if not self._face.services.data.read_only and paper.removed_at is None:
                deeds["remove"] = lambda: self._remove(sheet, agreement_id)
                deeds["replace"] = lambda: self._replace(sheet, paper)
            sheet = AgreementPaperSheet(self._face.look, self._host(), paper, self._desk.now(), deeds)
            self._face.window.open_sheet(sheet)

        self._face.actions.start("inbox: agreement", open_it())

    # ---- changed

    def _replace(self, sheet: AgreementPaperSheet, paper: AgreementPaper) -> None:
        """By another, which begins as this one stands; in the conversation it was made in."""
        sheet.close_now()
        number = paper.row.conversation_id

        def read(queries: Queries) -> tuple[list[ConversationRow], ConversationDetail | None]:
            return queries.conversations_by_id([number]), queries.conversation(number)

        def show(found: tuple[list[ConversationRow], ConversationDetail | None]) -> None:
            rows, detail = found
            if rows and detail is not None:
                self._open_form(rows[0], detail, paper.row, paper.row.id)

        self._face.services.reads.later(read, show)

    def _remove(self, sheet: AgreementPaperSheet, agreement_id: int) -> None:
        async def remove() -> None:
            await self._face.services.agreements.remove(agreement_id)
            self._face.notices.say(message("inbox.agreement.said_removed"), undo=True, seconds=UNDO_SECONDS)

        sheet.close_now()
        self._face.actions.start("inbox: agreement", remove())

    # ---- saved

    def _choose_file(self, paper: AgreementPaper) -> None:
        """The system's dialog; it calls back and does not stop the window."""
        look = self._face.look
        name = look.text("inbox.agreement.file_name", number=str(paper.row.id), name=paper.customer)
        dialog = QFileDialog(
            self._host(), look.text("inbox.agreement.choose_file"), "", f"{look.text('inbox.agreement.files')} (*.pdf)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{' '.join(name.translate(UNFIT).split())[:80]}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.save(paper, Path(file)))
        dialog.open()

    def save(self, paper: AgreementPaper, path: Path) -> None:
        """Paint it and write it there."""

        async def write() -> None:
            country = self._face.services.settings.get(Shop).country
            content = agreement_pdf(
                self._face.look._replace(words=self._face.services.agreements.words(paper)), paper, country
            )
            written = await self._face.services.agreements.save(path, content)
            self._face.notices.say(message("inbox.agreement.saved", file=written.name), level="ok")

        self._face.actions.start("inbox: agreement PDF", write())

    def _host(self) -> QWidget:
        return self._conversation.window()
