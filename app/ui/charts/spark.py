"""A line of a figure, small and without axes: the card beside it says the figure in words, so it is no stop of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look

WIDTH, HEIGHT = 78, 28
NARROW = 40
"""Where the figure beside it needs the room."""


class Spark(QWidget):
    """Gaps stay gaps."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._values: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_values(self, values: Sequence[float | None]) -> None:
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(WIDTH), self._look.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(NARROW), self._look.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        known = [value for value in self._values if value is not None]
        if len(known) < 2:
            return
        low, high = min(known), max(known)
        rect = QRectF(self.rect()).adjusted(1, 2, -1, -2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.theme.color("accent.fill"), 1.5))
        step = rect.width() / max(1, len(self._values) - 1)
        points: list[QPointF] = []
        for number, value in enumerate((*self._values, None)):
            if value is not None:
                share = (value - low) / (high - low) if high > low else 0.5
                points.append(QPointF(rect.left() + number * step, rect.bottom() - share * rect.height()))
            elif points:
                painter.drawPolyline(QPolygonF(points))
                points = []
