"""The five formats side by side, icon over word; arrow keys move."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.models.post import PostFormat
from app.ui.look import Look
from app.ui.widgets.text import draw_text, text_width

ICONS = {
    PostFormat.INFORMS: "info",
    PostFormat.ANNOUNCES: "newspaper",
    PostFormat.MEDIA: "image",
    PostFormat.POLL: "chart-bar-horizontal-fill",
    PostFormat.PROMO: "tag-simple",
}


class FormatButton(QAbstractButton):
    """One of them."""

    def __init__(self, look: Look, format_: PostFormat) -> None:
        super().__init__()
        self._look = look
        self.format = format_
        self.setText(look.text(f"composer.format.{format_}"))
        self.setAccessibleName(self.text())
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(int(text_width(self.text(), theme.font("caption", weight=600)) + theme.px(8)), theme.px(42))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the frame moves the choice
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        if self.isChecked():
            painter.setPen(QPen(theme.color("border.default"), 1))
            painter.setBrush(theme.color("surface.raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("s"), theme.radius("s"))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("s"), theme.radius("s"))
        ink = theme.color("text.primary" if self.isChecked() else "text.secondary")
        self._look.icons.paint(painter, QRectF(0, theme.px(6), self.width(), theme.px(14)), ICONS[self.format], ink)
        painter.setPen(ink)
        room = QRectF(theme.px(2), theme.px(22), self.width() - theme.px(4), theme.px(16))
        draw_text(painter, room, self.text(), theme.font("caption", weight=600 if self.isChecked() else 400), Qt.AlignmentFlag.AlignCenter)


class FormatChoice(QWidget):
    """Says `chosen` when the user chooses."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(look.text("composer.format"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._buttons = [FormatButton(look, each) for each in PostFormat]
        for button in self._buttons:
            button.clicked.connect(lambda _on=False, button=button: self._clicked(button.format))
            row.addWidget(button)
        self.choose(PostFormat.INFORMS)

    @property
    def format(self) -> PostFormat:
        return next((button.format for button in self._buttons if button.isChecked()), PostFormat.INFORMS)

    def choose(self, format_: PostFormat) -> None:
        for button in self._buttons:
            if button.format is format_:
                button.setChecked(True)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.format is format_ else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        here = [button.format for button in self._buttons].index(self.format)
        button = self._buttons[(here + step) % len(self._buttons)]
        self.choose(button.format)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(button.format)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("button"), theme.radius("button"))

    def _clicked(self, format_: PostFormat) -> None:
        self.choose(format_)
        self.chosen.emit(format_)
