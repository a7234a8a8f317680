"""How much of the network's limit a text uses: a ring and figures, amber near the limit, red with the surplus above it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.text import text_width


class LengthRing(QWidget):
    """Shows (length, limit) as the network counts them; the counting itself is not its business."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._length, self._limit = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    @property
    def over(self) -> bool:
        return 0 < self._limit < self._length

    def show_length(self, length: int, limit: int) -> None:
        """A limit of 0 means there is none: nothing is shown."""
        if (length, limit) == (self._length, self._limit):
            return
        self._length, self._limit = length, limit
        self.setAccessibleName(self._look.text("shell.length_name", length=length, limit=limit))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def shown_text(self) -> str:
        if self.over:
            return f"\N{MINUS SIGN}{self._look.number(self._length - self._limit)}"
        return f"{self._look.number(self._length)} / {self._look.number(self._limit)}"

    def sizeHint(self) -> QSize:
        if not self._limit:
            return QSize(0, self._look.theme.px(18))
        theme = self._look.theme
        font = theme.font("caption", tabular=True, weight=600)
        return QSize(int(theme.px(16 + 6) + text_width(self.shown_text(), font) + 2), theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._limit:
            return
        theme = self._look.theme
        part = self._length / self._limit
        arc, ink = ("accent.fill", "text.secondary") if part < 0.9 else ("status.warn.strong", "status.warn.text")
        if self.over:
            arc, ink = "status.danger.strong", "status.danger.text"
        painter = QPainter(self)
        side = theme.px(16)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_arc(painter, box, part, theme.color(arc), theme.color("border.default"), 2.5 * theme.scale)
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("caption", tabular=True, weight=400 if part < 0.9 else 600))
        rest = QRectF(side + theme.px(6), 0, self.width(), self.height())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.shown_text())
