"""What a word that begins with # or @ may become, below the line that is typed: ↓ ↑ choose, Tab or Enter takes, Esc goes on typing.

Enter stays a new line until one was chosen with the arrows; Tab takes the first at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.shadow import Shadow
from app.ui.widgets.text import draw_text, text_width

ROW = 28
WIDTH = 320
_BEGUN = re.compile(r"(?:^|(?<=[\s(]))([#＃@])([\w.@-]*)$")


@dataclass(frozen=True, slots=True)
class Offer:
    """One of them: what is inserted, and what is said beside it."""

    text: str
    detail: str = ""


Ask = Callable[[str, str, Callable[[Sequence[Offer]], None]], None]
"""(sign, what stands behind it, where the answers go)."""


class Completion(QWidget):
    """Lies over the page; the editor keeps the keyboard."""

    def __init__(self, look: Look, editor: QPlainTextEdit, ask: Ask) -> None:
        super().__init__(editor)
        self._look = look
        self.editor = editor
        self._ask = ask
        self._shadow = Shadow(look, "e2", look.theme.radius("card"))
        self.offers: tuple[Offer, ...] = ()
        self.current = -1
        """None is chosen until an arrow was pressed."""
        self._begun: tuple[str, str] | None = None
        self._typed = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        editor.installEventFilter(self)
        editor.cursorPositionChanged.connect(self._look_again)

    # ---- what is typed

    def _look_again(self) -> None:
        begun = self._word() if self._typed else None
        if begun == self._begun:
            return
        self._begun = begun
        if begun is None:
            self.close_list()
        else:
            self._ask(begun[0], begun[1], lambda offers: self._show(begun, offers))

    def _word(self) -> tuple[str, str] | None:
        """Sign and letters of the unfinished word before the cursor."""
        cursor = self.editor.textCursor()
        if self.editor.isReadOnly() or not self.editor.hasFocus() or cursor.hasSelection():
            return None
        before = cursor.block().text().encode("utf-16-le")[: cursor.positionInBlock() * 2].decode("utf-16-le", "ignore")
        found = _BEGUN.search(before)
        return (found[1], found[2]) if found is not None else None

    def _show(self, begun: tuple[str, str], offers: Sequence[Offer]) -> None:
        if begun != self._begun:
            return
        self.offers, self.current = tuple(offers), -1
        if not self.offers:
            self.hide()
            return
        self._put_in_place()
        self.show()
        self.raise_()
        self.update()
        announce(self.editor, self._look.text("composer.completions", n=len(self.offers)), "info")

    def close_list(self) -> None:
        self._begun = None
        self.hide()

    def take(self, row: int) -> None:
        """Put an offer in the place of what was typed, and a blank behind it."""
        begun = self._word()
        if begun is None or not 0 <= row < len(self.offers):
            return
        cursor = self.editor.textCursor()
        length = len((begun[0] + begun[1]).encode("utf-16-le")) // 2
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
        self._typed = False
        cursor.insertText(f"{self.offers[row].text} ")
        self.editor.setTextCursor(cursor)
        self.close_list()

    # ---- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if not self.isHidden() and self._pressed(event):
                    return True
                self._typed = (bool(event.text()) and event.text().isprintable()) or event.key() == Qt.Key.Key_Backspace
            elif event.type() == QEvent.Type.InputMethod:
                self._typed = True
            elif event.type() == QEvent.Type.FocusOut:
                self.close_list()
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.current = (self.current + step) % len(self.offers) if self.current >= 0 else (0 if step > 0 else len(self.offers) - 1)
            announce(self.editor, f"{self.offers[self.current].text} {self.offers[self.current].detail}".strip(), "info")
            self.update()
            return True
        if key == Qt.Key.Key_Tab or (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0):
            self.take(max(self.current, 0))
            return True
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.current = self._row_at(event.position().y())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.take(self._row_at(event.position().y()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self._body()
        self._shadow.paint(painter, body)
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.setBrush(theme.color("surface.overlay"))
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("card"), theme.radius("card"))
        for row, offer in enumerate(self.offers):
            rect = QRectF(body.left() + theme.px(4), body.top() + theme.px(4) + row * theme.px(ROW), body.width() - theme.px(8), theme.px(ROW))
            if row == self.current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("surface.selected"))
                painter.drawRoundedRect(rect, theme.radius("m"), theme.radius("m"))
            inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
            painter.setPen(theme.color("text.primary"))
            drawn = draw_text(painter, inner, offer.text, theme.font("body"))
            rest = inner.adjusted(drawn + theme.px(10), 0, 0, 0)
            if offer.detail and rest.width() > theme.px(30):
                painter.setPen(theme.color("text.tertiary"))
                width = min(rest.width(), text_width(offer.detail, theme.font("caption")) + 2)
                draw_text(painter, rest.adjusted(rest.width() - width, 0, 0, 0), offer.detail, theme.font("caption"))

    # ---- room

    def _body(self) -> QRectF:
        margin = self._shadow.margin
        return QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)

    def sizeHint(self) -> QSize:
        theme, margin = self._look.theme, self._shadow.margin
        return QSize(theme.px(WIDTH) + 2 * margin, len(self.offers) * theme.px(ROW) + theme.px(8) + 2 * margin)

    def _put_in_place(self) -> None:
        window = self.editor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        size, margin = self.sizeHint(), self._shadow.margin
        self.resize(size)
        rect = self.editor.cursorRect()
        below = self.editor.viewport().mapTo(window, rect.bottomLeft())
        left = min(max(0, below.x() - margin), max(0, window.width() - size.width()))
        top = below.y() + self._look.theme.px(4) - margin
        if top + size.height() > window.height():
            top = self.editor.viewport().mapTo(window, rect.topLeft()).y() - size.height() + margin
        self.move(left, max(0, top))

    def _row_at(self, y: float) -> int:
        row = int((y - self._body().top() - self._look.theme.px(4)) // self._look.theme.px(ROW))
        return row if 0 <= row < len(self.offers) else -1
