"""One entry of a list in Settings: picture, title, a line below and perhaps a word of warning; a button that opens it, wholly by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.text import draw_text, text_width

SIDE = 30


class LineCard(QAbstractButton):
    """Enter opens it, Delete takes it away, the arrow keys go on; `picture` paints what stands at its left into a square."""

    walked = Signal(int)
    removed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        look: Look,
        title: str,
        said: str,
        picture: Callable[[QPainter, QRectF], None],
        *,
        warning: str = "",
        right: str = "",
    ) -> None:
        super().__init__()
        self._look = look
        self._title, self._said, self._picture = one_line(title), one_line(said), picture
        self._warning, self._right = one_line(warning), one_line(right)
        self.setText(self._title)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(". ".join(each for each in (self._warning, self._said, self._right) if each))
        self.setToolTip(self._said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.mapToGlobal(at)))
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(280), theme.line("bodyStrong") + theme.line("small") + theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self.mapToGlobal(QPoint(0, self.height())))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.setBrush(theme.color("surface.hover" if self.underMouse() else "surface.raised"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("card"), theme.radius("card")
        )
        side = px(SIDE)
        self._picture(painter, QRectF(px(12), (self.height() - side) / 2, side, side))
        left, end = px(12 + SIDE + 12), self.width() - px(14)
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self._right:
            font = theme.font("small")
            room = min(float(text_width(self._right, font) + 2), (end - left) * 0.4)
            painter.setPen(theme.color("text.tertiary"))
            draw_text(painter, QRectF(end - room, 0, room, self.height()), self._right, font, middle)
            end -= round(room) + px(12)
        top = (self.height() - theme.line("bodyStrong") - theme.line("small")) / 2
        painter.setPen(theme.color("text.primary"))
        draw_text(
            painter, QRectF(left, top, end - left, theme.line("bodyStrong")), self._title, theme.font("bodyStrong")
        )
        painter.setPen(theme.color("status.danger.text" if self._warning else "text.secondary"))
        below = QRectF(left, top + theme.line("bodyStrong"), end - left, theme.line("small"))
        draw_text(painter, below, self._warning or self._said, theme.font("small"))


def walk(cards: list[LineCard], at: QWidget, step: int) -> None:
    """The keyboard goes to the entry before or after."""
    place = next((number for number, card in enumerate(cards) if card is at), -1) + step
    if 0 <= place < len(cards):
        cards[place].setFocus(Qt.FocusReason.TabFocusReason)
