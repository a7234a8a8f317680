"""The footer: the keys of the focused pane at the left, what is known about the data at the right. Not a stop of the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.ui.look import Look
from app.ui.page import ActionsFace, FooterKey
from app.ui.widgets.key_cap import caps_width, paint_caps
from app.ui.widgets.text import text_width

PALETTE_COMMAND = "view.palette"


class Footer(QWidget):
    """Painted as one piece; hints that find no room are left out, from the right."""

    def __init__(self, look: Look, actions: ActionsFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._actions = actions
        self._hints: Sequence[FooterKey] = ()
        self._sequence: Sequence[tuple[str, str]] = ()
        self._say_checked: Callable[[], str] | None = None
        self._palette_box = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        look.theme.changed.connect(self._resize)
        self._resize()

    def show_hints(self, hints: Sequence[FooterKey]) -> None:
        if hints != self._hints:
            self._hints = hints
            self.update()

    def show_sequence(self, continuations: Sequence[tuple[str, str]]) -> None:
        """While a sequence waits for its second key: what may follow, as (key, title); empty returns to the hints."""
        self._sequence = continuations
        self.update()

    def show_checked(self, say: Callable[[], str] | None) -> None:
        """When the networks were last asked: what says it ("Checked 9:41"), asked anew in each language; None before the first time."""
        self._say_checked = say
        self.update()

    @property
    def checked(self) -> str:
        return self._say_checked() if self._say_checked is not None else ""

    def hints(self) -> list[tuple[tuple[str, ...], str]]:
        """What is shown at the left: keys and words."""
        if self._sequence:
            return [((key,), title) for key, title in self._sequence]
        return [(hint.keys, self._look.text(hint.text_id)) for hint in self._hints]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("surface.window"))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        font = theme.font("caption", tabular=True)
        right = self._paint_right(painter, font)
        x = float(theme.px(16))
        for keys, text in self.hints():
            width = caps_width(self._look, keys) + theme.px(5) + text_width(text, font)
            if x + width > right - theme.px(16):
                break
            x = self._paint_hint(painter, x, keys, text, font) + theme.px(16)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._palette_box.contains(event.position()):
            self._actions.run(PALETTE_COMMAND)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._palette_box.contains(QPointF(event.pos())):
            QToolTip.showText(event.globalPos(), self._actions.title(PALETTE_COMMAND), self)
            return True
        return super().event(event)

    def _paint_hint(self, painter: QPainter, x: float, keys: Sequence[str], text: str, font: QFont) -> float:
        theme = self._look.theme
        cap = theme.size("control.key")
        x += paint_caps(painter, x, round((self.height() + 1 - cap) / 2), self._look, keys) + theme.px(5)
        painter.setFont(font)
        painter.setPen(theme.color("text.tertiary"))
        width = text_width(text, font)
        painter.drawText(QRectF(x, 1, width + 2, self.height() - 1), int(Qt.AlignmentFlag.AlignVCenter), text)
        return x + width

    def _paint_right(self, painter: QPainter, font: QFont) -> float:
        """The palette's key, where the data is, when it was last checked; answers where this begins."""
        theme = self._look.theme
        x = float(self.width() - theme.px(16))
        keys = self._actions.keys(PALETTE_COMMAND)[:1]
        text = self._look.text("shell.footer_palette")
        width = caps_width(self._look, keys) + theme.px(5) + text_width(text, font)
        x -= width
        self._palette_box = QRectF(x, 0, width, self.height())
        self._paint_hint(painter, x, keys, text, font)
        notes = [("hard-drives", self._look.text("shell.footer_data"))]
        if self._say_checked is not None:
            notes.append(("check", self._say_checked()))
        if self.width() < theme.px(1100):
            notes = []
        for icon, words in notes:
            x -= theme.px(16) + text_width(words, font) + theme.px(13 + 6)
            painter.setPen(theme.color("text.tertiary"))
            painter.setFont(font)
            self._look.icons.paint(painter, QRectF(x, 1, theme.px(13), self.height() - 1), icon, "text.tertiary")
            rest = QRectF(x + theme.px(19), 1, self.width(), self.height() - 1)
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        return x

    def _resize(self) -> None:
        self.setFixedHeight(self._look.theme.size("footer"))
