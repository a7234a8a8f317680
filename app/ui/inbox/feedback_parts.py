"""Parts of the sheet of feedback: a tag with its count, and a message behind it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent

from app.models.tag import TagCount, TaggedMessage
from app.ui.inbox.times import in_row
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line
from app.ui.widgets.button_column import ColumnRow
from app.ui.widgets.text import draw_text, text_width


class Counted(ColumnRow):
    """A tag, how often it was given, and how often in the span before."""

    chosen = Signal(int)

    def __init__(self, look: Look, name: str, count: TagCount, *, tag_id: int) -> None:
        super().__init__(look)
        self.tag_id = tag_id
        self._count = count
        self.setCheckable(True)
        self.setText(look.text("feedback.retired", tag=name) if count.tag.retired else name)
        before = "" if count.before is None else look.text("feedback.before", n=count.before)
        self._change = "" if count.before is None else _signed(look, count.many - count.before)
        self.setAccessibleName(look.text("feedback.entry_name", tag=self.text(), n=count.many))
        self.setAccessibleDescription(before)
        self.setToolTip(before)
        self.clicked.connect(lambda: self.chosen.emit(tag_id))

    def nextCheckState(self) -> None:
        """Lit by the sheet."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.chosen.emit(self.tag_id)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.size("row.view"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked()
        self.paint_ground(painter, lit=lit)
        ink = "accent.text" if lit else "text.secondary"
        look.icons.paint(
            painter, QRectF(px(8), 0, px(16), self.height()), "tag-simple-fill" if lit else "tag-simple", ink
        )
        small, body = theme.font("caption", tabular=True), theme.font("body", tabular=True, weight=600)
        many = look.number(self._count.many)
        right = self.width() - px(8)
        column = px(44) if self._change else 0
        if self._change:
            painter.setPen(theme.color("text.tertiary"))
            box = QRectF(right - column, 0, column, self.height())
            draw_text(painter, box, self._change, small, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        width = text_width(many, body) + 2
        painter.setPen(theme.color("accent.text" if lit else "text.primary"))
        draw_text(painter, QRectF(right - column - width, 0, width, self.height()), many, body)
        painter.setPen(
            theme.color("text.tertiary" if self._count.tag.retired else "accent.text" if lit else "text.primary")
        )
        left = px(8 + 16 + 9)
        room = QRectF(left, 0, right - column - width - px(8) - left, self.height())
        draw_text(painter, room, self.text(), theme.font("body", weight=600 if lit else 400))


def _signed(look: Look, change: int) -> str:
    """With a sign; nothing where nothing changed."""
    sign = "+" if change > 0 else "\u2212"
    return f"{sign}{look.number(abs(change))}" if change else ""


class Said(ColumnRow):
    """One message: who, where, when, and how it begins."""

    def __init__(self, look: Look, said: TaggedMessage, now: datetime) -> None:
        super().__init__(look)
        self._who = one_line(said.author or said.handle)
        self._where = network_name(said.network)
        self._when = in_row(look, said.at, now)
        self._words = one_line(said.text[:400])
        self.setAccessibleName(f"{self._who}, {self._where}, {self._when}: {self._words}")

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(240), theme.line("body") + theme.line("small") + theme.px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, lit=False)
        left, right, top = px(8), self.width() - px(8), px(7)
        caption = theme.font("caption", tabular=True)
        width = text_width(self._when, caption) + 1
        painter.setPen(theme.color("text.tertiary"))
        draw_text(painter, QRectF(right - width, top, width, theme.line("body")), self._when, caption)
        name = theme.font("body", weight=600)
        who = min(text_width(self._who, name) + 1, right - width - left - px(8))
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(left, top, who, theme.line("body")), self._who, name)
        painter.setPen(theme.color("text.tertiary"))
        rest = QRectF(left + who + px(8), top, max(0.0, right - width - px(16) - left - who), theme.line("body"))
        draw_text(painter, rest, self._where, caption)
        painter.setPen(theme.color("text.secondary"))
        draw_text(
            painter,
            QRectF(left, top + theme.line("body"), right - left, theme.line("small")),
            self._words,
            theme.font("small"),
        )
