"""What commands may ask of the page: take the reply, open a menu, name the delivery that needs a decision. One method a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.commands.inbox import Jotted, Owed
from app.models.account import Offer
from app.models.escalation import EscalationRow
from app.models.message import MessageKind, MessageRow, Visibility
from app.models.outbox import DeliveryState
from app.runtime.words import Message, message
from app.ui.inbox.columns import Columns
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.opening import Opening
from app.ui.page import PageFace
from app.ui.safe_text import may_open

NEEDS: dict[DeliveryState, str] = {
    DeliveryState.FAILED: "failed",
    DeliveryState.UNSURE: "unsure",
    DeliveryState.BY_HAND: "by_hand",
}
"""Deliveries that wait for a decision, and the fact commands know it by."""
FEW = 20
"""Messages in which an address is looked for."""


class Verbs:
    """`table` maps the names that commands use to what is done."""

    def __init__(
        self, face: PageFace, desk: Desk, rows: ListPane, conversation: ConversationPane, columns: Columns, opening: Opening
    ) -> None:
        self._face = face
        self._desk = desk
        self._list = rows
        self._conversation = conversation
        self._columns = columns
        self._asked_about: int | None = None
        self._came_from: QWidget | None = None
        """Where the keyboard was when a note was begun."""
        self.table: Mapping[str, Callable[..., Any]] = {
            "step": opening.step,
            "go_on": opening.go_on,
            "stay": opening.stay,
            "scroll": conversation.messages.scroll_by,
            "tick": self._tick,
            "tick_step": self._tick_step,
            "tick_all": desk.model.tick_all,
            "find": self._find,
            "card": columns.toggle_card,
            "edit_reply": self.edit_reply,
            "write_note": self._write_note,
            "take_note": self._take_note,
            "give_note_back": self._give_note_back,
            "undone": opening.come_back,
            "message_url": self._message_url,
            "message_to_quote": self._message_to_quote,
            "owed": self._owed,
        }

    def facts(self) -> frozenset[str]:
        """What commands want to know of the open conversation."""
        found = {NEEDS[message.delivery] for message in self._ours() if message.delivery in NEEDS}
        found |= {NEEDS[row.delivery] for row in self._letters() if row.delivery is not None}
        found |= {ability for ability in ("like", "boost") if self._desk.offer(ability)[0] is Offer.WORKS}
        if not isinstance(self._message_to_quote(), Message):
            found.add("quote")
        if self._conversation.reply.text().strip():
            found.add("draft")
        return frozenset(found)

    def reasons(self) -> dict[str, str]:
        """Commands that the network of this account refuses, and why."""
        found: dict[str, str] = {}
        for ability in ("like", "boost"):
            offer, reason = self._desk.offer(ability)
            if offer is not Offer.WORKS and reason is not None:
                found[f"inbox.{ability}"] = self._face.text(reason)
        to_quote = self._message_to_quote()
        if isinstance(to_quote, Message):
            found["inbox.quote"] = self._face.text(to_quote)
        return found

    def decide(self, command: str, outbox_id: int) -> None:
        """A button below a reply was pressed."""
        self._asked_about = outbox_id
        self._face.actions.run(command)

    # ---- list

    def _tick(self) -> None:
        self._desk.model.tick(self._list.rows.current_row)

    def _tick_step(self, step: int) -> None:
        self._desk.model.tick(self._list.rows.current_row, True)
        self._list.rows.move_by(step)
        self._desk.model.tick(self._list.rows.current_row, True)

    def _find(self) -> bool:
        self._list.begin_search()
        return True

    # ---- writing

    def edit_reply(self) -> None:
        """The keyboard into the reply box."""
        self._desk.read_now()
        self._conversation.reply.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _give_note_back(self, jotted: Jotted) -> None:
        self._conversation.notes.give_back(jotted.conversation_id, jotted.text)

    def _write_note(self) -> None:
        self._desk.settle()
        focus = QApplication.focusWidget()
        if focus is not None and not self._conversation.notes.isAncestorOf(focus):
            self._came_from = focus
        self._conversation.notes.write()

    def _take_note(self) -> Jotted | None:
        self._desk.settle()
        row = self._desk.row
        text = self._conversation.notes.take() if row is not None else None
        if row is None or text is None:
            return None
        origin, self._came_from = self._came_from, None
        there = origin is not None and isValid(origin) and origin.isVisible() and origin.isEnabled()
        (origin if origin is not None and there else self._list.rows).setFocus(Qt.FocusReason.OtherFocusReason)
        return Jotted(row.id, text)

    # ---- about messages

    def _messages(self) -> tuple[MessageRow, ...]:
        detail, row = self._desk.detail, self._desk.row
        return detail.messages if detail is not None and row is not None and detail.id == row.id else ()

    def _ours(self) -> list[MessageRow]:
        return [message for message in self._messages() if message.kind is MessageKind.OURS]

    def _letters(self) -> list[EscalationRow]:
        """Letters to managers of which nobody knows whether they left, or that did not."""
        detail, row = self._desk.detail, self._desk.row
        rows = detail.escalations if detail is not None and row is not None and detail.id == row.id else ()
        return [each for each in rows if each.delivery in (DeliveryState.UNSURE, DeliveryState.FAILED)]

    def _message_url(self) -> str:
        messages = self._messages()
        if not messages and self._desk.row is not None:  # asked for before the conversation was read
            number = self._desk.row.id
            detail = self._face.services.reads.now(lambda queries: queries.conversation(number, FEW))
            messages = detail.messages if detail is not None else ()
        urls = [message.url for message in messages if message.kind is not MessageKind.OURS and may_open(message.url)]
        return urls[-1] if urls else ""

    def _message_to_quote(self) -> tuple[int, str] | Message:
        """The account that the customer's last message came to, and its address; or why it cannot be quoted."""
        row, theirs = self._desk.row, [message for message in self._messages() if message.kind is not MessageKind.OURS]
        if row is None or not theirs or not may_open(theirs[-1].url):
            return message("inbox.quote.no_address")
        if theirs[-1].visibility not in (Visibility.PUBLIC, Visibility.UNLISTED):
            return message("inbox.quote.private")
        return self._face.services.posts.quote_refusal(row.account_id) or (row.account_id, theirs[-1].url)

    def _owed(self) -> Owed | None:
        """The reply a button was pressed for, else the last one that needs a decision."""
        asked, self._asked_about = self._asked_about, None
        waiting = [message for message in self._ours() if message.delivery in NEEDS and message.outbox_id is not None]
        letters = [row for row in self._letters() if row.outbox_id == asked or not waiting]
        if letters and letters[-1].outbox_id is not None:
            return Owed(letters[-1].outbox_id, letters[-1].question, "")
        chosen = [message for message in waiting if message.outbox_id == asked] or waiting[-1:]
        if not chosen or chosen[0].outbox_id is None:
            return None
        url = chosen[0].url if may_open(chosen[0].url) else ""
        return Owed(chosen[0].outbox_id, chosen[0].text, url)

