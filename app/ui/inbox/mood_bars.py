"""The mood of the last messages as bars: up, flat, down. A click, or an arrow key, corrects what the program heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.language.mood import mood
from app.models.customer import MoodMark
from app.ui.inbox.card_line import show_if
from app.ui.inbox.times import in_full
from app.ui.look import Look
from app.ui.safe_text import shortened
from app.ui.widgets.text import ElidedLabel, escaped

PITCH, HEIGHT, WIDTH = 16, 30, 10
UP, FLAT = 11, 3
COLOURS = {1: "status.success.strong", 0: "text.tertiary", -1: "status.danger.strong"}
SAID = {1: "customer.mood.happy", 0: "customer.mood.neither", -1: "customer.mood.unhappy"}
MOSTLY = 0.34
FEW = 3


def heard(mark: MoodMark) -> int:
    """What is shown: the stored mood, or for messages nobody looked at what the program hears now."""
    return mark.mood if mark.mood is not None else mood(mark.text)


class MoodBar(QAbstractButton):
    """One message. Its accessible name is its mood, its words and its time."""

    changed = Signal(int, object)
    """The message, and its mood by hand; None for the program's own opinion."""
    moved = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._mark: MoodMark | None = None
        self._mood = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._turn)

    def show_mark(self, mark: MoodMark, now: datetime) -> None:
        self._mark, self._mood = mark, heard(mark)
        look = self._look
        kind = look.text(SAID[self._mood])
        words = look.text("customer.mood.of", mood=kind, text=shortened(mark.text), when=in_full(look, mark.at, now))
        self.setAccessibleName(words)
        self.setAccessibleDescription(look.text("customer.mood.by_hand" if mark.by_hand else "customer.mood.correct"))
        self.setToolTip(escaped(words))
        self.update()

    @property
    def mood(self) -> int:
        return self._mood

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(PITCH), self._look.theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self._set(min(1, self._mood + 1))
            case Qt.Key.Key_Down:
                self._set(max(-1, self._mood - 1))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._set(None)
            case Qt.Key.Key_Left:
                self.moved.emit(-1)
            case Qt.Key.Key_Right:
                self.moved.emit(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, width = self.height() / 2, theme.px(WIDTH)
        x = (self.width() - width) / 2
        painter.setBrush(theme.color("border.default"))
        painter.drawRect(QRectF(0, middle - 0.5, self.width(), 1))
        painter.setBrush(theme.color(COLOURS[self._mood]))
        height = theme.px(UP)
        box = {
            1: QRectF(x, middle - height, width, height),
            0: QRectF(x, middle - theme.px(FLAT) / 2, width, theme.px(FLAT)),
            -1: QRectF(x, middle, width, height),
        }[self._mood]
        painter.drawRoundedRect(box, 1.5, 1.5)
        if self._mark is not None and self._mark.by_hand:  # a person's word is marked
            dot = theme.px(3)
            y = middle - height - dot * 1.2 if self._mood >= 0 else middle + height + dot * 0.3
            painter.setBrush(theme.color("accent.fill"))
            painter.drawEllipse(QRectF((self.width() - dot) / 2, y, dot, dot))

    def _turn(self) -> None:
        self._set({1: 0, 0: -1, -1: 1}[self._mood])

    def _set(self, to: int | None) -> None:
        if self._mark is not None and (to is None or to != self._mood or not self._mark.by_hand):
            self.changed.emit(self._mark.message_id, to)


class MoodBars(QWidget):
    """The bars of the last messages, oldest at the left, and in a word how the customer usually sounds."""

    changed = Signal(int, object)

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._now = now
        self._marks: tuple[MoodMark, ...] = ()
        self.bars: list[MoodBar] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._words = ElidedLabel(look, "", "small", "text.secondary")
        self._row.addSpacing(look.theme.px(10))
        self._row.addWidget(self._words, 1)

    def show_marks(self, marks: Sequence[MoodMark]) -> None:
        self._marks = tuple(marks)
        while len(self.bars) < len(marks):
            bar = MoodBar(self._look, self)
            bar.changed.connect(self.changed)
            bar.moved.connect(lambda step, bar=bar: self._move(bar, step))
            self._row.insertWidget(len(self.bars), bar)
            self.bars.append(bar)
        now = self._now()
        last = len(marks) - 1
        for place, bar in enumerate(self.bars):
            show_if(bar, place <= last)
            if place <= last:
                bar.show_mark(self._marks[place], now)
                if not bar.hasFocus():  # one stop for Tab, arrow keys inside
                    bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == last else Qt.FocusPolicy.ClickFocus)
        self._words.setText(self._look.text(self.summary()))

    def summary(self) -> str:
        """Message id of the word beside the bars."""
        moods = [heard(mark) for mark in self._marks]
        if not any(moods):
            return "customer.mood.calm"
        if len(moods) < FEW:  # nothing is usual yet
            return SAID[moods[-1]]
        mean = sum(moods) / len(moods)
        if mean >= MOSTLY:
            return "customer.mood.usually_happy"
        if mean <= -MOSTLY:
            return "customer.mood.usually_unhappy"
        return "customer.mood.mixed" if 1 in moods and -1 in moods else "customer.mood.calm"

    def _move(self, bar: MoodBar, step: int) -> None:
        place = self.bars.index(bar) + step
        if 0 <= place < len(self._marks):
            self.bars[place].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.bars[place].setFocus(Qt.FocusReason.TabFocusReason)
            bar.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
