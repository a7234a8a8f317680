"""The still shapes of rows that are not read yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.look import Look


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
