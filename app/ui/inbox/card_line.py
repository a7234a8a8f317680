"""One line of the customer card: glyph, words, what is known about them, and small buttons. Painted, so that a card is refilled at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.text import draw_text, escaped, text_width

GLYPH = 16
GAP = 8
BUTTON = 24


class LineButton(NamedTuple):
    """A small button at the end of each line: what it wants, its icon and the message id of its name."""

    wants: str
    icon: str
    name_id: str


class LineWords(NamedTuple):
    """What one line shows. `key` is handed on when it is activated."""

    key: object
    title: str
    caption: str = ""
    icon: str = ""
    network: str = ""
    """Its grey glyph instead of an icon."""
    icon_role: str = "text.secondary"
    caption_role: str = "text.tertiary"
    caption_strong: bool = False
    end_icon: str = ""
    end_role: str = "text.tertiary"
    spoken: str = ""
    """Added to what a screen reader says: what the glyphs mean."""
    buttons: bool = True
    """Whether this line has the buttons."""


class CardLine(QAbstractButton):
    """Two lines of words, or one; Enter and a click activate it."""

    wanted = Signal(str, object)
    """What (`open`, or that of a button), and the line's key."""

    def __init__(self, look: Look, wants: str, buttons: Sequence[LineButton], parent: QWidget | None = None) -> None:
        """`wants` empty: the line itself is nothing to press."""
        super().__init__(parent)
        self._look = look
        self._wants = wants
        self._words = LineWords(None, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if wants else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, bool(wants))
        self._buttons = [self._button(button) for button in buttons]
        self.clicked.connect(self._activate)

    def show_words(self, words: LineWords) -> None:
        before = self._words
        if words == before:
            return
        self._words = words
        self.setAccessibleName(", ".join(each for each in (words.spoken, words.title, words.caption) if each))
        if words.buttons != before.buttons:
            for button, _ in self._buttons:
                button.setVisible(words.buttons)
        if bool(before.caption) != bool(words.caption) or not before.title:
            self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        for button, name_id in self._buttons:
            button.rename(self._look.text(name_id))
        self.updateGeometry()

    @property
    def words(self) -> LineWords:
        return self._words

    @property
    def buttons(self) -> list[IconButton]:
        return [button for button, _ in self._buttons]

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        lines = theme.line("small") + (theme.line("caption") if self._words.caption else 0)
        return QSize(theme.px(160), max(lines + theme.px(4), theme.px(BUTTON)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._look.theme.px(BUTTON)
        x = self.width()
        for button, _ in reversed(self._buttons):
            x -= side
            button.setGeometry(x, 0, side, side)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._note_tooltip()  # now and not at each filling: what is measured costs more than all the rest
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, words = self._look.theme, self._words
        painter = QPainter(self)
        if self._wants and self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("button"), theme.radius("button"))
        top, height = theme.px(2), theme.line("small")
        x = 0.0
        side = theme.px(GLYPH)
        if words.network:
            pixmap = self._look.icons.brand(words.network, "text.tertiary", theme.px(13), self.devicePixelRatioF())
            painter.drawPixmap(theme.px(1), top + (height - theme.px(13)) // 2, pixmap)
            x = side + theme.px(GAP)
        elif words.icon:
            self._look.icons.paint(painter, QRectF(0, top, side, height), words.icon, words.icon_role)
            x = side + theme.px(GAP)
        room = self._room(x)
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(x, top, room, height), words.title, theme.font("small"))
        if words.caption:
            painter.setPen(theme.color(words.caption_role))
            font = theme.font("captionStrong" if words.caption_strong else "caption", tabular=True)
            draw_text(painter, QRectF(x, top + height, room, theme.line("caption")), words.caption, font)
        if words.end_icon:
            box = QRectF(x + room + theme.px(4), top, side, height)
            self._look.icons.paint(painter, box, words.end_icon, words.end_role)

    # ---- inside

    def _button(self, told: LineButton) -> tuple[IconButton, str]:
        button = IconButton(self._look, told.icon, self._look.text(told.name_id), size=BUTTON, parent=self)
        button.clicked.connect(lambda: self.wanted.emit(told.wants, self._words.key))
        return button, told.name_id

    def _activate(self) -> None:
        if self._wants:
            self.wanted.emit(self._wants, self._words.key)

    def _room(self, x: float) -> float:
        theme = self._look.theme
        taken = theme.px(BUTTON) * len(self._buttons) + theme.px(4) if self._buttons and self._words.buttons else 0
        taken += theme.px(GLYPH + 4) if self._words.end_icon else 0
        return max(theme.px(20), self.width() - x - taken)

    def _note_tooltip(self) -> None:
        theme, words = self._look.theme, self._words
        room = self._room(theme.px(GLYPH + GAP) if words.network or words.icon else 0)
        widest = max(text_width(words.title, theme.font("small")), text_width(words.caption, theme.font("caption")))
        self.setToolTip(
            escaped("\n".join(each for each in (words.title, words.caption) if each)) if widest > room else ""
        )


def show_if(widget: QWidget, wanted: bool) -> None:
    """Asking Qt for what is so already costs events and a new layout."""
    if widget.isHidden() == wanted:
        widget.setVisible(wanted)


class CardLines(QWidget):
    """Lines below each other; those not needed are hidden and used again."""

    wanted = Signal(str, object)

    def __init__(
        self, look: Look, wants: str = "", buttons: Sequence[LineButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._wants = wants
        self._told = tuple(buttons)
        self.lines: list[CardLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.theme.px(4))
        self._column.addStretch(1)

    def show_lines(self, contents: Sequence[LineWords]) -> None:
        while len(self.lines) < len(contents):
            line = CardLine(self._look, self._wants, self._told, self)
            line.wanted.connect(self.wanted)
            self._column.insertWidget(len(self.lines), line)
            self.lines.append(line)
        for line, words in zip(self.lines, contents, strict=False):
            line.show_words(words)
        for place, line in enumerate(self.lines):
            show_if(line, place < len(contents))

    def retranslate(self) -> None:
        self._column.setSpacing(self._look.theme.px(4))
        for line in self.lines:
            line.retranslate()
