"""The reply box: editor, how long it is, who may read it, and what to do when it is too long or says too much in public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.commands.level import Level
from app.models.message import Visibility
from app.ui.inbox.drafts import DraftKeeper, Save
from app.ui.inbox.personal import personal_data
from app.ui.inbox.reply_editor import Frame, ReplyEditor
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Line

COALESCED_MS = 30

Measure = Callable[[str], tuple[int, int]]
"""(length, limit) as the account's network counts; a limit of 0 is none."""


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """What a reply is to, and what the account can do."""

    conversation_id: int
    name: str
    """Of the customer, safe for a sentence."""
    default: Visibility
    """As the customer wrote."""
    measure: Measure
    split: Callable[[str], tuple[str, ...]]
    """Into parts that each fit."""
    threads: bool = True
    private: bool = True
    why_not_private: str = ""
    closed: str = ""
    """Why nothing can be answered here, as a sentence; empty where it can."""
    heard_at: datetime | None = None
    """When the customer last wrote."""
    answered_elsewhere_at: datetime | None = None
    """When we last answered from another device."""


class Offer(Strip):
    """A word about the reply, and perhaps what one click does about it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "info")
        self._act: Callable[[], None] = _nothing
        self.button = self.add_button("")
        self.button.clicked.connect(lambda: self._act())
        self.hide()

    def tell(self, level: Level, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        self._act = act or _nothing
        self.show_message(level, text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()


class ReplyBox(QWidget):
    """Says `send_wanted`, `note_wanted` and `changed`; keeps its draft through `save`."""

    send_wanted = Signal()
    note_wanted = Signal()
    read_wanted = Signal()
    """What came while this was being written is to be looked at."""
    changed = Signal()

    def __init__(self, look: Look, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._to: ReplyTo | None = None
        self._parts: tuple[str, ...] = ()
        self._private_refused = False
        self._news = ""
        """The message id of what came while this is being written."""
        self.drafts = DraftKeeper(save, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.frame = Frame(look)
        outer.addWidget(self.frame)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        self.editor = ReplyEditor(look)
        column.addWidget(self.editor)
        self.strip = Offer(look)
        strip_row = QHBoxLayout()
        strip_row.setContentsMargins(8, 0, 8, 8)
        strip_row.addWidget(self.strip)
        column.addLayout(strip_row)
        column.addWidget(Line(look))
        column.addLayout(self._make_bar())
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COALESCED_MS)
        self._count.timeout.connect(self._measure)
        self.editor.textChanged.connect(self._typed)
        self.editor.focused.connect(self._focus_moved)
        self.retranslate()

    def _make_bar(self) -> QHBoxLayout:
        look, px = self._look, self._look.theme.px
        bar = QHBoxLayout()
        bar.setContentsMargins(px(6), px(4), px(4), px(4))
        bar.setSpacing(px(6))
        self.readers = Segmented(look, "", [("", "globe"), ("", "lock-simple")])
        self.readers.chosen.connect(self._readers_chosen)
        bar.addWidget(self.readers)
        self.note = IconButton(look, "note", "", key="N", clicked=self.note_wanted.emit)
        bar.addWidget(self.note)
        bar.addStretch(1)
        self.ring = LengthRing(look)
        bar.addWidget(self.ring)
        self.send = Button(look, "", key="Ctrl+Return", kind="primary", clicked=self.send_wanted.emit)
        bar.addWidget(self.send)
        return bar

    # ---- what it is to

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.readers.setAccessibleName(look.text("inbox.readers"))
        self.readers.relabel([look.text("inbox.public"), look.text("inbox.private")])
        self.note.rename(look.text("inbox.note"))
        self._name()
        self._measure()

    def show_reply(self, to: ReplyTo | None, draft: str, visibility: Visibility | None) -> None:
        """Another conversation, or the same read again: what was typed meanwhile stays."""
        before = self._to
        same = to is not None and before is not None and to.conversation_id == before.conversation_id
        self._to = to
        self._shut(to is not None and bool(to.closed))
        if same and to is not None and before is not None:
            if to.closed != before.closed:
                self._measure()
            if self.text().strip():
                self._tell_news(before, to)
        if same and (self.drafts.pending or (self.editor.hasFocus() and self.text() and self.text() != draft)):
            return
        if same and draft == self.text():
            return
        self._private_refused = False
        chosen = visibility or (to.default if to is not None else None)
        self.drafts.follow(to.conversation_id if to is not None else None, draft, visibility)
        self.setEnabled(to is not None)
        self._choose(chosen)
        self._put(draft)
        self._name()

    @property
    def conversation(self) -> int | None:
        """Whose reply is in the box; None while it waits for its conversation to be read."""
        return self._to.conversation_id if self._to is not None else None

    def leave(self) -> None:
        """Another conversation is about to be shown: what was typed is kept, and nothing can be sent until then."""
        self.drafts.follow(None, "", None)
        self._to = None
        self.editor.setReadOnly(True)
        self._put("")

    def give_back(self, text: str, visibility: Visibility | None) -> None:
        """A text that was handed over comes back, as it was."""
        self._choose(visibility)
        self._put(text)
        self.drafts.typed(text, self.chosen_visibility)

    def take(self) -> tuple[tuple[str, ...], Visibility, str] | None:
        """Hand over what is to be sent and be empty; None, and a word beside it, when it cannot go as it is."""
        to, text = self._to, self.text()
        if to is not None and to.closed:
            return None  # the strip says why
        if to is None or not text.strip():
            self.frame.mark_wrong(to is not None)
            self.editor.setFocus()
            return None
        parts = self._parts or (text.strip(),)
        if any(_is_over(to.measure(part)) for part in parts):
            self._measure()
            self.editor.setFocus()
            return None
        handed = (parts, self.visibility, text)
        self._news = ""
        self.drafts.forget()
        self._put("")
        return handed

    def text(self) -> str:
        return self.editor.toPlainText()

    @property
    def visibility(self) -> Visibility:
        """Who may read it: as the customer wrote, unless chosen otherwise."""
        if self.readers.index == 1:
            return Visibility.DIRECT
        default = self._to.default if self._to is not None else Visibility.PUBLIC
        return Visibility.PUBLIC if default is Visibility.DIRECT else default

    @property
    def chosen_visibility(self) -> Visibility | None:
        """What to keep with the draft; None while it is what the customer used."""
        default = self._to.default if self._to is not None else None
        return None if self.visibility == default else self.visibility

    # ---- inside

    def _shut(self, shut: bool) -> None:
        """What was begun can be read and copied, and nothing sent."""
        self.editor.setReadOnly(shut)
        self.readers.setEnabled(not shut)
        self.send.setEnabled(not shut)

    def _choose(self, visibility: Visibility | None) -> None:
        to = self._to
        may = to is None or to.private
        self.readers.enable(1, may, "" if to is None else to.why_not_private)
        self.readers.choose(1 if visibility is Visibility.DIRECT and may else 0)

    def _tell_news(self, before: ReplyTo, to: ReplyTo) -> None:
        """Something came while this was being written: it stays as it is, and is told to be written without that."""
        if _later(to.answered_elsewhere_at, before.answered_elsewhere_at):
            self._news = "inbox.answered_elsewhere"
        elif _later(to.heard_at, before.heard_at):
            self._news = "inbox.wrote_again"
        else:
            return
        self._measure()
        announce(self, self._look.text(self._news, name=to.name), "info")

    def _read_news(self) -> None:
        self._news = ""
        self._measure()
        self.read_wanted.emit()

    def _put(self, text: str) -> None:
        if not text:
            self._news = ""
        blocked = self.editor.blockSignals(True)
        if self.editor.toPlainText() != text:
            self.editor.setPlainText(text)
            self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)
        self.editor.blockSignals(blocked)
        self._parts = ()
        self.frame.mark_wrong(False)
        self._measure()
        self.changed.emit()

    def _name(self) -> None:
        look = self._look
        name = self._to.name if self._to is not None else ""
        self.editor.setPlaceholderText(look.text("inbox.reply_to", name=name) if name else "")
        self.editor.setAccessibleName(look.text("inbox.reply_to", name=name) if name else look.text("command.inbox.reply"))

    def _typed(self) -> None:
        self._parts = ()
        self.frame.mark_wrong(False)
        self.drafts.typed(self.text(), self.chosen_visibility)
        if not self._count.isActive():
            self._count.start()
        self.changed.emit()

    def _focus_moved(self, here: bool) -> None:
        self.frame.light(here)
        if not here:
            self.drafts.keep()

    def _readers_chosen(self, _index: int) -> None:
        self._private_refused = True
        self.drafts.typed(self.text(), self.chosen_visibility)
        self._measure()

    def _measure(self) -> None:
        """Count, and say what stands in the way."""
        to, text = self._to, self.text()
        self.send.setText(self._look.text("inbox.send"))
        if to is None or to.closed:
            self.ring.show_length(0, 0)
            self.strip.hide()
            if to is not None:
                self.strip.tell("warn", to.closed)
            return
        parts = self._parts
        length, limit = max((to.measure(part) for part in parts), default=to.measure(text))
        self.ring.show_length(length, limit)
        if parts:
            self.send.setText(self._look.text("inbox.send_parts", n=len(parts)))
            self.strip.tell("info", self._look.text("inbox.in_parts", n=len(parts)))
        elif limit and length > limit:
            self._offer_parts(to, text, length - limit)
        elif self._news:
            self.strip.tell("info", self._look.text(self._news, name=to.name), self._look.text("inbox.read_it"), self._read_news)
        else:
            self._offer_privacy(to, text)

    def _offer_parts(self, to: ReplyTo, text: str, surplus: int) -> None:
        look = self._look
        parts = to.split(text) if to.threads else ()
        self.frame.mark_wrong(False)
        if len(parts) > 1:
            offer = look.text("inbox.send_parts", n=len(parts))
            self.strip.tell("warn", look.text("inbox.too_long", n=surplus), offer, lambda: self._send_as(parts))
        else:
            self.strip.tell("warn", look.text("inbox.too_long", n=surplus))

    def _send_as(self, parts: tuple[str, ...]) -> None:
        self._parts = parts
        self._measure()
        self.send_wanted.emit()

    def _offer_privacy(self, to: ReplyTo, text: str) -> None:
        kind = personal_data(text) if text else None
        if kind is None or self.readers.index == 1 or self._private_refused or not to.private:
            self.strip.hide()
            return
        said = {"email": "inbox.holds_email", "phone": "inbox.holds_phone"}[kind]
        self.strip.tell("info", self._look.text(said), self._look.text("inbox.send_privately"), self._be_private)

    def _be_private(self) -> None:
        self.readers.choose(1)
        self._readers_chosen(1)
        self.editor.setFocus()



def _is_over(measured: tuple[int, int]) -> bool:
    length, limit = measured
    return 0 < limit < length


def _later(now: datetime | None, before: datetime | None) -> bool:
    return now is not None and (before is None or now > before)


def _nothing() -> None:
    """Where a strip only tells."""
