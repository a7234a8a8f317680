"""What commands may ask of the page: take the reply, open a menu, name the delivery that needs a decision. One method a verb."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.commands.inbox import Jotted, Owed, Written
from app.models.account import Offer
from app.models.conversation import Category
from app.models.message import MessageKind, MessageRow
from app.models.outbox import DeliveryState
from app.runtime.errors import AppError
from app.ui.inbox.choices import category_menu, snooze_menu
from app.ui.inbox.columns import Columns
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.opening import Opening
from app.ui.page import PageFace
from app.ui.safe_text import isolated, may_open

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
            "reply_text": conversation.reply.text,
            "take_reply": self._take_reply,
            "sent": self._sent,
            "give_back": self._give_back,
            "expect_back": self._expect_back,
            "write_note": self._write_note,
            "take_note": self._take_note,
            "give_note_back": self._give_note_back,
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
        self._desk.unkept.forget(row.id)
        return Written(row.id, isolated(row.author), parts, visibility, text)

    def _sent(self, written: Written) -> None:
        """It is owed: from now on its text may come back. Not before, or a draft kept while it was typed would pass for it."""
        self._desk.returns.expect(written.conversation_id, written.text)

    def _give_back(self, written: Written) -> None:
        """It could not be owed: the text is where it was."""
        if self._desk.row is not None and self._desk.row.id == written.conversation_id:
            self._conversation.reply.give_back(written.text, written.visibility)
        else:
            self._desk.returns.expect(written.conversation_id, written.text)
            keep = self._desk.keep_draft(written.conversation_id, written.text, written.visibility)
            self._face.actions.start("inbox.save_draft", self._bring_back(keep, written))

    async def _bring_back(self, keep: Coroutine[Any, Any, None], written: Written) -> None:
        """As a draft it comes back by itself (`Desk.returns`); what no disk takes is brought back here."""
        try:
            await keep
        except AppError:
            self._desk.returns.came_back.emit(written.conversation_id, written.text)
            raise

    def _give_note_back(self, jotted: Jotted) -> None:
        self._conversation.notes.give_back(jotted.conversation_id, jotted.text)

    def _expect_back(self) -> None:
        if self._desk.row is not None:
            self._desk.returns.expect(self._desk.row.id)

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
