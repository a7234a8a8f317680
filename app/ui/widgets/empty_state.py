"""What a pane shows when it has nothing: a picture, what is so, and what one may do; and the still shapes of rows not read yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label


class EmptyState(QWidget):
    """Picture, heading, one sentence and buttons, in the middle of the room there is."""

    def __init__(self, look: Look, *, icon: str = "", cup: bool = False, parent: QWidget | None = None) -> None:
        """`icon` is a Phosphor name; `cup` draws the cup of "everyone has an answer" instead."""
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(1)
        self.spot: QWidget = Cup(look) if cup else IconSpot(look, icon or "info", "text.tertiary", 32)
        column.addWidget(self.spot, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14 if cup else 10)
        self.heading = Label(look, "", "heading" if cup else "title", wrap=True)
        self.sentence = Label(look, "", "body", "text.secondary", wrap=True)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
            column.addSpacing(6)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.buttons.addStretch(1)
        column.addSpacing(10)
        column.addLayout(self.buttons)
        column.addStretch(1)

    def show_words(self, heading: str, sentence: str = "") -> None:
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{heading}. {sentence}".strip())

    def add_button(self, button: Button) -> None:
        self.buttons.insertWidget(self.buttons.count() - 1, button)


class Cup(QWidget):
    """The cup with a check mark and its steam, drawn, no picture file."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(112), self._look.theme.px(104))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(theme.scale, theme.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawEllipse(QRectF(10, 84, 92, 14))
        cup, track = theme.color("accent.fill"), theme.color("accent.track")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(cup, 6))
        painter.drawEllipse(QRectF(72, 45, 30, 23))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(cup)
        body = QPainterPath()
        body.moveTo(24, 40)
        body.lineTo(84, 40)
        body.lineTo(84, 66)
        body.cubicTo(84, 80, 74, 88, 62, 88)
        body.lineTo(46, 88)
        body.cubicTo(34, 88, 24, 80, 24, 66)
        body.closeSubpath()
        painter.drawPath(body)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent.onFill"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        tick = QPainterPath()
        tick.moveTo(44, 63)
        tick.lineTo(51, 70)
        tick.lineTo(65, 54)
        painter.drawPath(tick)
        painter.setPen(QPen(track, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for x in (44, 62):
            steam = QPainterPath()
            steam.moveTo(x, 30)
            steam.cubicTo(x - 6, 22, x + 6, 14, x, 4)
            painter.drawPath(steam)


def paint_skeleton_row(painter: QPainter, rect: QRectF, look: Look, *, compact: bool = False) -> None:
    """The still shape of a message row that is being read."""
    theme = look.theme
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface.pressed"))
    face = theme.size("avatar.m")
    left, top = rect.left() + theme.px(16), rect.top() + theme.px(12)
    painter.drawEllipse(QRectF(left, top, face, face))
    left += face + theme.px(12)
    room = rect.right() - left - theme.px(16)
    radius = theme.radius("xs")
    bars = ((0, 0.42, 10), (20, 0.96, 8)) if compact else ((0, 0.42, 10), (20, 0.96, 8), (37, 0.8, 8), (54, 0.25, 10))
    for dy, part, height in bars:
        painter.drawRoundedRect(QRectF(left, top + theme.px(dy), room * part, theme.px(height)), radius, radius)
    painter.restore()


class Skeleton(QWidget):
    """A few skeleton rows, while a pane waits for its first data."""

    def __init__(self, look: Look, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = rows

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(240), self._rows * self._look.theme.size("row.messageComfortable"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._look.theme.size("row.messageComfortable")
        for row in range(self._rows):
            paint_skeleton_row(painter, QRectF(0, row * height, self.width(), height), self._look)
