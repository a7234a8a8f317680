"""What is done on the Inbox page about managers: the sheet opened and sent, answers made into replies, and what rows say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from app.commands.escalation import Answer, Pasted, Waiting
from app.commands.escalation_services import LetterNews
from app.commands.services import Changes
from app.models.conversation import ConversationRow, ConversationState
from app.models.escalation import EscalationRow, EscalationState, WaitRow
from app.models.letter import LetterKind
from app.models.message import ConversationDetail
from app.runtime.words import message
from app.ui.inbox.asking import pop_up
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.escalation_opening import SheetOpening
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.paste_sheet import PasteSheet
from app.ui.inbox.reply_to import ReplyTo
from app.ui.inbox.snooze import SnoozeMenu
from app.ui.inbox.times import in_row
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.chip import Chip

OF_ESCALATIONS = ("escalation", "letter", "outbox", "manager")
ABOUT = frozenset(
    {"inbox.ask_again", "inbox.wait_longer", "inbox.close_escalation", "inbox.paste_answer", "inbox.correct_address"}
)
"""Commands whose button tells the escalation; that of the others tells the letter."""
LETTERS = frozenset({"inbox.use_answer", "inbox.is_answer", "inbox.is_no_answer"})


class Escalating(QObject):
    """`table` maps the names that commands use to what is done."""

    def __init__(
        self,
        face: PageFace,
        desk: Desk,
        rows: ListPane,
        conversation: ConversationPane,
        to: Callable[[ConversationRow, ConversationDetail], ReplyTo],
    ) -> None:
        super().__init__(conversation)
        self._face = face
        self._desk = desk
        self._list = rows
        self._conversation = conversation
        self._sheets = SheetOpening(face, desk, conversation, to)
        self._asked_about: tuple[str, int] | None = None
        self._waiting: Waiting | None = None
        self._pasted: Pasted | None = None
        self._waits: dict[int, WaitRow] = {}
        self.table: Mapping[str, Callable[..., Any]] = {
            "escalate": self._escalate,
            "escalation_written": self._sheets.take,
            "escalation_wrong": self._sheets.wrong,
            "escalation_sent": self._sheets.sent,
            "open_letter": self._sheets.open_letter,
            "use_answer": self._use_answer,
            "choose_wait": self._choose_wait,
            "wait_chosen": lambda: self._waiting,
            "escalation": self._number,
            "paste_answer": self._paste,
            "answer_pasted": lambda: self._pasted,
            "unsure_letter": self._unsure_letter,
        }
        rows.painter.mark_of = self.mark
        desk.listing.said_of = self._said
        services = face.services
        services.letters.came.connect(self._told)
        services.escalations.reminded.connect(self._reminded)

    def begin(self) -> None:
        """The page is shown for the first time."""
        self._read_waits()

    def facts(self) -> set[str]:
        """What commands want to know of the open conversation."""
        rows = self._rows()
        found = {"escalation"} if any(row.closed_at is None for row in rows) else set()
        if self.answered() is not None:
            found.add("answered")
        if any(row.state is EscalationState.BOUNCED and row.closed_at is None for row in rows):
            found.add("bounced")
        if any(letter.kind is LetterKind.UNSURE for row in rows for letter in row.letters):
            found.add("unsure_letter")
        return found

    def follow(self, changes: Changes) -> None:
        """A commit touched rows."""
        if changes.touches(*OF_ESCALATIONS):
            self._read_waits()

    def decide(self, command: str, about: int) -> bool:
        """A button of a block was pressed; whether it was one of these."""
        if command not in ABOUT | LETTERS:
            return False
        self._asked_about = (command, about)
        self._face.actions.run(command)
        return True

    # ---- what rows say

    def mark(self, row: ConversationRow) -> Chip | None:
        """What stands beside the category of a row that a manager was asked about."""
        wait = self._waits.get(row.id)
        if wait is None:
            return None
        name = one_line(wait.manager).split()[0] if wait.manager.split() else ""
        say = self._face.text
        if wait.state is EscalationState.ANSWERED:
            return Chip(say("escalation.mark.answered", name=name), "envelope-open", "blue")
        if wait.state is EscalationState.BOUNCED:
            return Chip(say("escalation.mark.bounced"), "warning-circle", "rose")
        now = self._desk.now()
        if wait.remind_at is not None and wait.remind_at <= now:
            return Chip(say("escalation.mark.overdue", name=name), "bell", "gold")
        if row.state is not ConversationState.ESCALATED:
            return Chip(name, "envelope-simple", kind="soft")
        until = in_row(self._face.look, wait.remind_at, now) if wait.remind_at is not None else ""
        return Chip(
            say("escalation.mark.waits", name=name, when=until) if until else name, "envelope-simple", kind="soft"
        )

    def _said(self, row: ConversationRow) -> str:
        chip = self.mark(row)
        return chip.text if chip is not None else ""

    def _read_waits(self) -> None:
        def deliver(found: list[WaitRow]) -> None:
            waits = {each.conversation_id: each for each in found}
            if waits != self._waits:
                self._waits = waits
                self._list.painter.forget()
                self._list.rows.viewport().update()

        self._face.services.reads.later(lambda queries: queries.waits(), deliver)

    # ---- what is known of the open conversation

    def _rows(self) -> tuple[EscalationRow, ...]:
        detail, row = self._desk.detail, self._desk.row
        return detail.escalations if detail is not None and row is not None and detail.id == row.id else ()

    def answered(self) -> EscalationRow | None:
        """The newest whose answer is not a reply yet."""
        return next((row for row in reversed(self._rows()) if row.answer is not None and row.closed_at is None), None)

    def _about(self, *commands: str) -> int | None:
        asked, self._asked_about = self._asked_about, None
        return asked[1] if asked is not None and asked[0] in commands else None

    def _open_row(self, *commands: str) -> EscalationRow | None:
        """The escalation that a button was pressed for, else the newest open one."""
        number = self._about(*commands)
        rows = self._rows()
        asked = next((row for row in rows if row.id == number), None)
        return asked or next((row for row in reversed(rows) if row.closed_at is None), None)

    def _number(self) -> int | None:
        row = self._open_row("inbox.close_escalation")
        return row.id if row is not None else None

    def _unsure_letter(self) -> int | None:
        number = self._about("inbox.is_answer", "inbox.is_no_answer")
        unsure = [letter.id for row in self._rows() for letter in row.letters if letter.kind is LetterKind.UNSURE]
        return number if number in unsure else next(iter(unsure), None)

    def _escalate(self, *, again: bool = False, by_hand: bool = False) -> None:
        asked = self._open_row("inbox.ask_again", "inbox.correct_address") if again else None
        self._sheets.open(asked, by_hand=by_hand)

    # ---- what came back

    def _use_answer(self) -> Answer | None:
        """The text goes into the box, where it can still be changed; nothing leaves by itself."""
        self._desk.settle()
        row, number = self._desk.row, self._about("inbox.use_answer")
        if row is None or self._conversation.reply.conversation != row.id:
            return None
        letters = [letter for each in self._rows() for letter in each.letters]
        waiting = self.answered()
        chosen = next((letter for letter in letters if letter.id == number), None) or (
            waiting.answer if waiting is not None else None
        )
        if chosen is None:
            return None
        self._conversation.reply.playbook.add(chosen.text or chosen.whole)
        return Answer(chosen.id, row.id)

    def _choose_wait(self) -> None:
        row = self._open_row("inbox.wait_longer")
        if row is None:
            return
        anchor = self._conversation.header.more

        def choose(until: datetime) -> None:
            self._waiting = Waiting(row.id, until)
            self._face.actions.run("inbox.wait_chosen")

        pop_up(SnoozeMenu(self._face.look, self._desk.now(), anchor, self._sheets.understand, choose), anchor)

    def _paste(self) -> None:
        row = self._open_row("inbox.paste_answer")
        if row is None:
            return

        def keep(text: str) -> None:
            self._pasted = Pasted(row.id, text, isolated(one_line(row.first_name)))
            self._face.actions.run("inbox.answer_pasted")

        name = isolated(one_line(row.manager))
        self._face.window.open_sheet(PasteSheet(self._face.look, self._conversation.window(), name, row.question, keep))

    def _told(self, news: Sequence[LetterNews]) -> None:
        """Letters came in: said wherever one is."""
        for each in news:
            said = f"escalation.news.{each.kind}"
            level: Any = "warn" if each.kind in (LetterKind.BOUNCE, LetterKind.UNSURE) else "info"
            self._face.notices.say(
                message(said, name=isolated(one_line(each.name))), level=level, seconds=10, command="go.inbox"
            )

    def _reminded(self, conversations: Sequence[int]) -> None:
        self._face.notices.say(
            message("escalation.news.reminded", n=len(conversations)), level="warn", seconds=10, command="go.inbox"
        )
