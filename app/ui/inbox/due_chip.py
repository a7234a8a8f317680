"""The chip in the header of a conversation: which answer is due, and by when, in the colours of the list's countdown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.models.case import Target
from app.ui.inbox.case_words import due_words
from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.countdown import Countdown
from app.ui.widgets.text import draw_text, text_width

INKS = {"calm": "text.tertiary", "soon": "status.warn.text", "late": "status.danger.text"}


class DueChip(QLabel):
    """Hidden while nothing is due. Where there is no room for the sentence, the time alone is shown; the tooltip has all of it."""

    def __init__(self, look: Look, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look = look
        self._now = now
        self._due: tuple[Target, datetime] | None = None
        self._shown: Countdown | None = None
        self._brief = False
        self.said = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()
        look.theme.changed.connect(self.updateGeometry)

    def show_due(self, target: Target | None, answer_by: datetime | None) -> None:
        self._due = None if target is None or answer_by is None else (target, answer_by)
        self.tell_time()

    def tell_time(self) -> None:
        """A minute has passed, or the language is another."""
        if self._due is None:
            self._shown, self.said = None, ""
        else:
            self._shown, self.said = due_words(self._look, *self._due, self._now())
        self.setVisible(self._due is not None)
        self.setAccessibleName(self.said)
        self.setToolTip(self.said)
        self.updateGeometry()
        self.update()

    def whole_width(self) -> int:
        """What the sentence takes; nothing while nothing is due."""
        return self._width_of(self.said) if self._due is not None else 0

    def be_brief(self, brief: bool) -> None:
        """The time alone, or the sentence."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._text()), self._look.theme.line("caption"))

    def minimumSizeHint(self) -> QSize:
        """What stands beside it gives way first."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is None:
            return
        theme, mark, height = self._look.theme, self._mark(), float(self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = INKS[self._shown.level]
        box = QRectF(0, (height - mark) / 2, mark, mark)
        if self._shown.level == "late":
            self._look.icons.paint(painter, box, "warning-circle-fill", ink)
        else:
            colour = theme.color("text.tertiary" if self._shown.level == "calm" else "status.warn.strong")
            paint_arc(painter, box, self._shown.part, colour, theme.color("border.default"), 2.5 * theme.scale)
        painter.setPen(theme.color(ink))
        left = mark + theme.px(4)
        room = QRectF(left, 0, self.width() - left, height)
        draw_text(painter, room, self._text(), self._font())

    def _text(self) -> str:
        return self._shown.text if self._brief and self._shown is not None else self.said

    def _width_of(self, text: str) -> int:
        return int(text_width(text, self._font()) + self._mark() + self._look.theme.px(6))

    def _font(self) -> QFont:
        calm = self._shown is None or self._shown.level == "calm"
        return self._look.theme.font("caption", tabular=True, weight=0 if calm else 600)

    def _mark(self) -> int:
        return self._look.theme.px(12)
