"""A choice out of a list, closed to one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.look import Look
from app.ui.widgets.text import draw_text, text_width


class Select(QComboBox):
    """A combo box in our looks; each entry has a text and a value.

    Its size adjust policy stays as it is: with AdjustToContents a timer of Qt makes it narrow after its layout made it wide.
    """

    def __init__(
        self, look: Look, name: str, choices: Sequence[tuple[str, object]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices)
        look.theme.changed.connect(self.updateGeometry)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Other choices; the chosen value stays if it is among them. Says nothing."""
        chosen = self.currentData()
        blocked = self.blockSignals(True)
        self.clear()
        for text, value in choices:
            self.addItem(text, value)
        self.choose(chosen)
        self.blockSignals(blocked)
        self.updateGeometry()

    def choose(self, value: object) -> None:
        """Choose by value; without such a value, nothing changes."""
        for row in range(self.count()):
            if self.itemData(row) == value:
                self.setCurrentIndex(row)
                return

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        widest = max((text_width(self.itemText(row), theme.font("body")) for row in range(self.count())), default=0)
        icon = theme.px(22) if any(not self.itemIcon(row).isNull() for row in range(self.count())) else 0
        return QSize(int(widest + icon + theme.px(8 + 8 + 12 + 10)), theme.size("control.input"))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._look.theme.px(96)), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a page must not change what is chosen

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled = self.isEnabled()
        line = "border.default" if not enabled else "text.secondary" if self.underMouse() else "border.strong"
        painter.setPen(QPen(theme.color(line), 1))
        painter.setBrush(theme.color("surface.raised" if enabled else "surface.window"))
        radius = theme.radius("input")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        x = theme.px(8)
        icon = self.itemIcon(self.currentIndex())
        if not icon.isNull():
            side = theme.px(16)
            icon.paint(painter, x, (self.height() - side) // 2, side, side)
            x += theme.px(22)
        ink = theme.color("text.primary" if enabled else "text.disabled")
        painter.setPen(ink)
        arrow = theme.px(12)
        room = QRectF(x, 0, self.width() - x - arrow - theme.px(14), self.height())
        draw_text(painter, room, self.currentText(), theme.font("body"))
        box = QRectF(self.width() - arrow - theme.px(8), 0, arrow, self.height())
        self._look.icons.paint(painter, box, "caret-down", "text.secondary" if enabled else "text.disabled")
