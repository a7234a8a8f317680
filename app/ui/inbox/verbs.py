"""What commands may ask of the page: take the reply, open a menu, name the delivery that needs a decision. One method a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.commands.inbox import Jotted, Owed, Written
from app.models.account import Offer
from app.models.conversation import Category
from app.models.message import MessageKind, MessageRow
from app.models.outbox import DeliveryState
from app.ui.inbox.choices import category_menu, snooze_menu
from app.ui.inbox.columns import Columns
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.opening import Opening
from app.ui.inbox.safe_text import isolated, may_open
from app.ui.page import PageFace

NEEDS: dict[DeliveryState, str] = {
    DeliveryState.FAILED: "failed",
    DeliveryState.UNSURE: "unsure",
    DeliveryState.BY_HAND: "by_hand",
}
"""Deliveries that wait for a decision, and the fact commands know it by."""


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
        self._snooze_until: datetime | None = None
        self._category: Category | None = None
        self._asked_about: int | None = None
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
            "reply_text": conversation.reply.text,
            "take_reply": self._take_reply,
            "give_back": self._give_back,
            "expect_back": self._expect_back,
            "write_note": self._write_note,
            "take_note": self._take_note,
            "choose_snooze": self._choose_snooze,
            "snooze_chosen": lambda: self._snooze_until,
            "choose_category": self._choose_category,
            "category_chosen": lambda: self._category,
            "message_url": self._message_url,
            "owed": self._owed,
        }

    def facts(self) -> frozenset[str]:
        """What commands want to know of the open conversation."""
        found = {NEEDS[message.delivery] for message in self._ours() if message.delivery in NEEDS}
        found |= {ability for ability in ("like", "boost") if self._desk.offer(ability)[0] is Offer.WORKS}
        if self._desk.row is not None and self._desk.row.category is Category.PRAISE:
            found.add("praise")
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
        self._desk.settle()
        self._conversation.reply.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_reply(self) -> Written | None:
        self._desk.settle()
        row = self._desk.row
        if row is None or self._conversation.reply.conversation != row.id:
            return None  # it is still being read: what could be sent is not there yet
        taken = self._conversation.reply.take()
        if taken is None:
            return None
        parts, visibility, text = taken
        self._desk.returns.expect(row.id, text)
        return Written(row.id, isolated(row.author), parts, visibility, text)

    def _give_back(self, written: Written) -> None:
        """It could not be owed: the text is where it was."""
        if self._desk.row is not None and self._desk.row.id == written.conversation_id:
            self._conversation.reply.give_back(written.text, written.visibility)
        else:
            save = self._face.services.inbox.save_draft(written.conversation_id, written.text, written.visibility)
            self._face.actions.start("inbox.save_draft", save)

    def _expect_back(self) -> None:
        if self._desk.row is not None:
            self._desk.returns.expect(self._desk.row.id)

    def _write_note(self) -> None:
        self._desk.settle()
        self._conversation.notes.write()

    def _take_note(self) -> Jotted | None:
        self._desk.settle()
        row = self._desk.row
        text = self._conversation.notes.take() if row is not None else None
        if row is None or text is None:
            return None
        self._conversation.messages.setFocus()
        return Jotted(row.id, text)

    # ---- menus

    def _choose_snooze(self) -> None:
        anchor = self._conversation.header.buttons["inbox.snooze"]
        menu = snooze_menu(self._face.look, self._desk.now(), anchor, self._snooze)
        menu.popup(_below(anchor))

    def _snooze(self, until: datetime) -> None:
        self._snooze_until = until
        self._face.actions.run("inbox.snooze_chosen")

    def _choose_category(self) -> None:
        anchor = self._conversation.header.more
        row = self._desk.row
        menu = category_menu(self._face.look, row.category if row is not None else None, anchor, self._categorize)
        menu.popup(_below(anchor))

    def _categorize(self, category: Category) -> None:
        self._category = category
        self._face.actions.run("inbox.category_chosen")

    # ---- about messages

    def _messages(self) -> tuple[MessageRow, ...]:
        detail, row = self._desk.detail, self._desk.row
        return detail.messages if detail is not None and row is not None and detail.id == row.id else ()

    def _ours(self) -> list[MessageRow]:
        return [message for message in self._messages() if message.kind is MessageKind.OURS]

    def _message_url(self) -> str:
        urls = [message.url for message in self._messages() if message.kind is not MessageKind.OURS and may_open(message.url)]
        return urls[-1] if urls else ""

    def _owed(self) -> Owed | None:
        """The reply a button was pressed for, else the last one that needs a decision."""
        asked, self._asked_about = self._asked_about, None
        waiting = [message for message in self._ours() if message.delivery in NEEDS and message.outbox_id is not None]
        chosen = [message for message in waiting if message.outbox_id == asked] or waiting[-1:]
        if not chosen or chosen[0].outbox_id is None:
            return None
        url = chosen[0].url if may_open(chosen[0].url) else ""
        return Owed(chosen[0].outbox_id, chosen[0].text, url)


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height()))
