"""The hour: how many active minutes of the day's session are used. A help, not a judge; it never turns red."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.arc import paint_arc


class HourRing(QWidget):
    """A ring of 30 with "24 of 60 m" below it; hidden while the session length is 0 (off)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._used, self._whole = 0, 0
        self._has_room = True
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)
        self.hide()

    def show_minutes(self, used: int, whole: int) -> None:
        """`whole` 0 switches it off."""
        self._used, self._whole = used, whole
        self._settle()
        name = self._look.text("shell.hour_name", used=used, whole=whole)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def have_room(self, has_room: bool) -> None:
        """Large text in a low window leaves none: then it is not there, and Today tells the same."""
        self._has_room = has_room
        self._settle()

    def _settle(self) -> None:
        if self.isHidden() == (self._whole > 0 and self._has_room):
            self.setVisible(self._whole > 0 and self._has_room)

    def be_compact(self, compact: bool) -> None:
        self._compact = compact
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(56), self._look.theme.px(58))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        side = theme.px(30)
        box = QRectF((self.width() - side) / 2, theme.px(4), side, side)
        part = self._used / self._whole if self._whole else 0
        paint_arc(painter, box, part, theme.color("accent.fill"), theme.color("accent.track"), 4 * theme.scale)
        painter.setPen(theme.color("text.secondary"))
        painter.setFont(theme.font("caption", tabular=True, weight=500))
        text_id = "shell.hour_short" if self._compact else "shell.hour"
        text = self._look.text(text_id, used=self._used, whole=self._whole)
        below = QRectF(0, box.bottom() + theme.px(4), self.width(), theme.line("caption"))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text)
