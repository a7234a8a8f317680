"""What is asked before an act: until when to snooze, what a conversation is about, what was promised; and the strip of courtesies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from app.commands.services import Changes
from app.commands.triage import Promised
from app.models.conversation import Category, ConversationRow
from app.models.courtesy import Courtesy
from app.models.message import ConversationDetail, MessageKind
from app.models.moment import Moment
from app.models.promise import Suggested
from app.ui.inbox.choices import category_menu
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.promise_sheet import PromiseSheet
from app.ui.inbox.snooze import SnoozeMenu
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line

ABOUT_COURTESY = ("outbox", "customer", "promise", "conversation")
SOON_MS = 60
MOST_SAID = 1000
"""Characters of a message that begin a post."""


class Asking(QObject):
    """Holds what was chosen until the command asks for it. `table` as in `Verbs`."""

    def __init__(self, face: PageFace, desk: Desk, conversation: ConversationPane) -> None:
        super().__init__(conversation)
        self._face = face
        self._desk = desk
        self._conversation = conversation
        self._snooze_until: datetime | None = None
        self._category: Category | None = None
        self._promised: Promised | None = None
        self.courtesy: Courtesy | None = None
        self._promise: Suggested | None = None
        self._cancel: Callable[[], None] | None = None
        self.table: Mapping[str, Callable[..., Any]] = {
            "choose_snooze": self._choose_snooze,
            "snooze_chosen": lambda: self._snooze_until,
            "choose_category": self._choose_category,
            "category_chosen": lambda: self._category,
            "choose_promise": self._choose_promise,
            "promise_chosen": lambda: self._promised,
            "snippet": self._snippet,
            "message_text": self._message_text,
        }
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._look_for_promise)
        desk.opened.connect(self._opened)
        desk.detailed.connect(self._detailed)

    def facts(self) -> set[str]:
        """What commands want to know of the open conversation."""
        row, courtesy = self._desk.row, self.courtesy
        found: set[str] = set()
        if row is None:
            return found
        if self._desk.detail is not None:
            found.add("read")
        if row.category is Category.PRAISE:
            found.add("praise")
        if courtesy is not None and courtesy.conversation_id == row.id:
            if courtesy.muted_at is not None:
                found.add("muted")
            elif row.category is Category.TROLL and not courtesy.closed:
                found.add("closing")
        return found

    def follow(self, changes: Changes) -> None:
        """A commit touched rows."""
        if changes.touches(*ABOUT_COURTESY) and self._desk.detail is not None:
            self._read()

    # ---- the strip

    def _opened(self, row: ConversationRow | None) -> None:
        if row is None or (self.courtesy is not None and self.courtesy.conversation_id != row.id):
            self.courtesy, self._promise = None, None
            self._conversation.courtesy.show_nothing()

    def _detailed(self, row: ConversationRow, _detail: ConversationDetail) -> None:
        self._promise = None
        self._read()
        if row.category not in (Category.PRAISE, Category.TROLL):
            self._soon.start()

    def _look_for_promise(self) -> None:
        """A moment after the messages, which are what is looked at: reading them through takes a few milliseconds."""
        row, detail = self._desk.row, self._desk.detail
        if row is None or detail is None:
            return
        self._promise = self._face.services.promises.find(detail.messages, self._face.words.language)
        if self.courtesy is not None and self.courtesy.conversation_id == row.id:
            self._conversation.courtesy.show_for(row, self.courtesy, self._promise)

    def _read(self) -> None:
        row = self._desk.row
        if self._cancel is not None:
            self._cancel()
        if row is None:
            return
        wanted, since = row.id, self._face.services.courtesies.day_starts_at()

        def deliver(found: Courtesy | None) -> None:
            now_open = self._desk.row
            if found is None or now_open is None or now_open.id != wanted:
                return
            self.courtesy = found
            self._conversation.courtesy.show_for(now_open, found, self._promise)
            self._face.actions.refresh()

        self._cancel = self._face.services.reads.later(lambda queries: queries.courtesy(wanted, since), deliver)

    # ---- menus and sheets

    def _choose_snooze(self) -> None:
        anchor = self._conversation.header.buttons["inbox.snooze"]
        menu = SnoozeMenu(self._face.look, self._desk.now(), anchor, self._understand, self._snooze)
        pop_up(menu, anchor)

    def _snooze(self, until: datetime) -> None:
        self._snooze_until = until
        self._face.actions.run("inbox.snooze_chosen")

    def _choose_category(self) -> None:
        anchor, row = self._conversation.header.more, self._desk.row
        pop_up(
            category_menu(self._face.look, row.category if row is not None else None, anchor, self._categorize), anchor
        )

    def _categorize(self, category: Category) -> None:
        self._category = category
        self._face.actions.run("inbox.category_chosen")

    def _choose_promise(self) -> None:
        self._desk.settle()
        row, detail = self._desk.row, self._desk.detail
        if row is None or detail is None or self._conversation.reply.strips.remember():
            return
        promises = self._face.services.promises
        found = promises.find(detail.messages, self._face.words.language)

        def remember(text: str, due: datetime) -> None:
            kept = found is not None and text == found.text
            self._promised = Promised(row.id, text, due, found.message_id if kept and found is not None else None)
            self._face.actions.run("inbox.promise_chosen")

        host = self._conversation.window()
        sheet = PromiseSheet(
            self._face.look,
            host,
            isolated(row.author),
            found,
            self._desk.now(),
            promises.usual_due(),
            self._understand,
            remember,
        )
        self._face.window.open_sheet(sheet)

    def _understand(self, text: str) -> Moment:
        return self._face.services.promises.typed(text, self._face.words.language)

    # ---- about messages

    def _snippet(self) -> str:
        row = self._desk.row
        return one_line(row.snippet) if row is not None else ""

    def _message_text(self) -> str:
        """What the customer wrote last; the beginning of it, where the whole was not read yet."""
        row, detail = self._desk.row, self._desk.detail
        if row is None:
            return ""
        said = (
            [each.text for each in detail.messages if each.kind is not MessageKind.OURS]
            if detail is not None and detail.id == row.id
            else []
        )
        return (said[-1] if said else row.snippet)[:MOST_SAID]


def pop_up(menu: QMenu, anchor: QWidget) -> None:
    """Below its button, but within the window: a page painted elsewhere shows its menus too."""
    room = anchor.window().rect()
    at = anchor.mapTo(anchor.window(), QPoint(0, anchor.height()))
    wanted = QRect(at, menu.sizeHint())
    wanted.moveRight(min(wanted.right(), room.right()))
    wanted.moveLeft(max(wanted.left(), room.left()))
    menu.popup(anchor.window().mapToGlobal(wanted.topLeft()))
