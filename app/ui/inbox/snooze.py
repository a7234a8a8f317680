"""The menu of `S`: five times to come back, each with its digit, and a line to type any other into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget, QWidgetAction

from app.commands.inbox import snooze_choices
from app.models.moment import Moment
from app.ui.inbox.choices import DigitMenu
from app.ui.inbox.times import same_day
from app.ui.look import Look
from app.ui.widgets.field import LineField
from app.ui.widgets.text import Label

WIDTH = 300
Understand = Callable[[str], Moment]
"""What a text means as a time to come."""


class SnoozeMenu(DigitMenu):
    """A digit takes a time of the menu; any letter, or Tab, goes to the line, where Enter takes what it says."""

    def __init__(
        self, look: Look, now: datetime, parent: QWidget, understand: Understand, choose: Callable[[datetime], None]
    ) -> None:
        super().__init__(parent)
        self._choose = choose
        for number, (name, until) in enumerate(snooze_choices(now, look.words.zone), 1):
            action = self.add(number, look.text(name), when_text(look, until, now))
            action.triggered.connect(lambda _checked=False, until=until: choose(until))
        self.addSeparator()
        self.typed = TypedTime(look, now, understand)
        self.typed.taken.connect(self._taken)
        self.typed.left.connect(self._back_up)
        self._line = QWidgetAction(self)
        self._line.setDefaultWidget(self.typed.widget)
        self.addAction(self._line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if self.take_digit(event):
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._to_line()
        elif text.isalpha() or text == "+":
            self._to_line()
            self.typed.line.insert(text)
            self.typed.look_again()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        self._to_line()
        return True

    def _to_line(self) -> None:
        self.setActiveAction(self._line)
        self.typed.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _back_up(self) -> None:
        """From the line to the last time above it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setActiveAction(self.actions()[-3])

    def _taken(self, until: datetime) -> None:
        self.close()
        self._choose(until)


class TypedTime(QObject):
    """A line for a time, and below it what it means; what is no time gets a sentence, and a proposal that Enter takes."""

    taken = Signal(object)
    """A moment, aware UTC."""
    left = Signal()
    """Up, out of the line."""

    def __init__(self, look: Look, now: datetime, understand: Understand) -> None:
        super().__init__()
        self._look = look
        self._now = now
        self._understand = understand
        self._proposed: datetime | None = None
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        px = look.theme.px
        column.setContentsMargins(px(8), px(6), px(8), px(6))
        column.setSpacing(px(5))
        self.line = LineField(look, look.text("inbox.snooze.type"), placeholder=look.text("inbox.snooze.type_hint"))
        self.said = Label(look, look.text("inbox.snooze.type_help"), "caption", "text.tertiary", wrap=True)
        self.said.setMinimumHeight(look.theme.line("caption") * 2)
        column.addWidget(self.line)
        column.addWidget(self.said)
        self.widget.setMinimumWidth(px(WIDTH))
        self.widget.setFocusProxy(self.line)
        self.line.textEdited.connect(self.look_again)
        self.line.installEventFilter(self)

    def look_again(self) -> None:
        """Say what the text means by now; nothing is called wrong while somebody types."""
        text = self.line.text().strip()
        self._proposed = None
        self.line.mark_wrong(False)
        meant = self._understand(text) if text else Moment(None)
        if meant.at is not None:
            said = self._look.text("inbox.snooze.means", when=when_text(self._look, meant.at, self._now))
        else:
            said = self._look.text("inbox.snooze.type_help")
        self.said.recolour("text.tertiary" if meant.at is None else "accent.text")
        self.said.setText(said)
        self.line.setAccessibleDescription(said)

    def take(self) -> None:
        """Enter: the time, or the sentence that says what is wrong; a second Enter takes what was proposed."""
        text = self.line.text().strip()
        if not text:
            return
        if self._proposed is not None:
            self.taken.emit(self._proposed)
            return
        meant = self._understand(text)
        if meant.at is not None:
            self.taken.emit(meant.at)
            return
        self._proposed = meant.proposal
        when = when_text(self._look, meant.proposal, self._now) if meant.proposal is not None else ""
        said = self._look.text(f"inbox.snooze.{meant.problem or 'unreadable'}", when=when)
        self.line.mark_wrong(True)
        self.said.recolour("status.danger.text")
        self.said.setText(said)
        self.line.setAccessibleDescription(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
                self.left.emit()
                return True
        return False


def when_text(look: Look, until: datetime, now: datetime) -> str:
    """The moment as menus write it: today's by its time alone."""
    return look.words.time(until) if same_day(look, until, now) else look.words.day_and_time(until, now)
