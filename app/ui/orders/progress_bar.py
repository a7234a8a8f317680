"""How far something long has come: a bar that fills, and figures beside it. Nothing loops."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.text import draw_text, text_width

HEIGHT = 6


class ProgressBar(QWidget):
    """Its accessible name is what stands beside it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share = 0.0
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        return self._share

    def show_share(self, share: float, words: str) -> None:
        """`share` from 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.line("small"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("small", tabular=True)
        words = min(self.width() / 2, text_width(self._words, font) + theme.px(2))
        room = self.width() - words - theme.px(10)
        height = theme.px(HEIGHT)
        bar = QRectF(0, (self.height() - height) / 2, room, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        bar.setWidth(max(height, room * self._share))
        painter.setBrush(theme.color("accent.fill"))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(self.width() - words, 0, words, self.height()), self._words, font)
