"""A tinted line that tells something about what is beside it: information, warning, danger, all well. Banners are strips across the top."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextDocumentFragment
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.commands.level import Level
from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.text import Label

TOKENS: dict[Level, tuple[str, str]] = {
    "info": ("info", "info-fill"),
    "ok": ("success", "check-circle-fill"),
    "warn": ("warn", "warning-fill"),
    "danger": ("danger", "warning-circle-fill"),
}
"""Status token and glyph of a level."""


class IconSpot(QWidget):
    """An icon in a colour of the theme, at a fixed size; decoration, the words beside it say the same."""

    def __init__(self, look: Look, icon: str, role: str = "text.secondary", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._role = role
        self._side = size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.theme.changed.connect(self._resize)
        self._resize()

    def show_icon(self, icon: str, role: str | None = None) -> None:
        self._icon = icon
        self._role = role or self._role
        self.update()

    def _resize(self) -> None:
        side = self._look.theme.px(self._side)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._look.icons.paint(QPainter(self), QRectF(self.rect()), self._icon, self._role)


class Strip(QWidget):
    """Icon, words that wrap, and perhaps a button; `show_message` changes level and words at once."""

    def __init__(
        self, look: Look, level: Level = "info", text: str = "", *, icon: str | None = None, square: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look = look
        self._level: Level = level
        self._square = square
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(10, 6, 6, 6)
        self.row.setSpacing(8)
        self.spot = IconSpot(look, icon or TOKENS[level][1], f"status.{TOKENS[level][0]}.text", 15)
        self.label = Label(look, "", "small", wrap=True)
        self.label.setTextFormat(Qt.TextFormat.AutoText)
        self.row.addWidget(self.spot)
        self.row.addWidget(self.label, 1)
        self.setMinimumHeight(look.theme.px(34))
        self.show_message(level, text, icon)

    def show_message(self, level: Level, text: str, icon: str | None = None) -> None:
        """`text` may be Qt rich text with <b>; anything from outside must be escaped before."""
        self._level = level
        token, glyph = TOKENS[level]
        self.spot.show_icon(icon or glyph, f"status.{token}.text")
        self.label.setText(text)
        self.setAccessibleName(QTextDocumentFragment.fromHtml(text).toPlainText())
        self.update()

    def add_button(self, text: str, *, key: str | None = None) -> Button:
        button = Button(self._look, text, key=key, size="small")
        self.row.addWidget(button)
        return button

    def add_close(self, name: str) -> IconButton:
        button = IconButton(self._look, "x", name, size=26)
        self.row.addWidget(button)
        return button

    def sizeHint(self) -> QSize:
        """As high as its words are at its width: where it is narrower than it would like, they take more lines."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"status.{TOKENS[self._level][0]}.tint"))
        radius = 0 if self._square else theme.radius("m")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
