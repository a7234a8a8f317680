"""The search field: proposes operators and values while one types, and says what was not understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.inbox.find_proposals import Proposal
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import Label, draw_text, text_width

Propose = Callable[[str, int, bool], Sequence[Proposal]]
"""(text, cursor, whether it was asked for) -> what may be put there."""

WIDEST = 380
_OVERRIDDEN = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down)


class FindField(LineField):
    """↑ ↓ move in what is proposed, Tab takes it, Enter takes what was moved to, Escape puts the proposals away."""

    left_down = Signal()
    """↓ with nothing proposed: the keyboard wants to go into the list."""

    def __init__(self, look: Look, propose: Propose) -> None:
        self.popup: FindPopup | None = None  # Qt sends events before the line is made
        super().__init__(look, "")
        self._propose = propose
        self.textEdited.connect(lambda _text: self._offer(asked=False))

    @property
    def proposes(self) -> bool:
        return self.popup is not None and not self.popup.isHidden()

    def put_away(self) -> bool:
        """No proposals any more; whether there were some."""
        if self.popup is None or self.popup.isHidden():
            return False
        self.popup.hide()
        self.setAccessibleDescription("")
        return True

    def event(self, event: QEvent) -> bool:
        if self.proposes and isinstance(event, QKeyEvent) and event.key() in _OVERRIDDEN:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._move(1 if key == Qt.Key.Key_Down else -1):
            return
        if self.proposes and self.popup is not None:
            chosen = self.popup.chosen(first=key == Qt.Key.Key_Tab)
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
                self.take(chosen)
                return
            if key == Qt.Key.Key_Escape:
                self.put_away()
                return
            self.put_away()  # Enter searches, and other keys may propose something else
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.put_away()
        super().focusOutEvent(event)

    def take(self, proposal: Proposal) -> None:
        """Put a proposal in its place and go on typing behind it."""
        text = self.text()
        rest = text[proposal.end :].lstrip() if proposal.text.endswith(" ") else text[proposal.end :]
        self.setText(f"{text[: proposal.start]}{proposal.text}{rest}")
        self.setCursorPosition(proposal.start + len(proposal.text))
        self.put_away()
        self.textEdited.emit(self.text())

    def _move(self, step: int) -> bool:
        if not self.proposes and step > 0:
            self._offer(asked=True)
            if not self.proposes:
                self.left_down.emit()
                return True
        if self.popup is None or self.popup.isHidden():
            return False
        self.popup.move_by(step)
        self.setAccessibleDescription(self.popup.accessibleDescription())
        return True

    def _offer(self, *, asked: bool) -> None:
        found = self._propose(self.text(), self.cursorPosition(), asked)
        if not found:
            self.put_away()
            return
        if self.popup is None:
            self.popup = FindPopup(self._look, self.window())
            self.popup.taken.connect(self.take)
        self.popup.show_proposals(found, self.mapTo(self.window(), QPoint(0, self.height() + 2)))
        self.setAccessibleDescription(self.popup.accessibleDescription())


class FindPopup(QWidget):
    """The proposals below the field; a plain child of the window, which takes the keyboard from nobody."""

    taken = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._host = window
        self._found: list[Proposal] = []
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(look.text("find.proposals"))

    def titles(self) -> list[str]:
        return [proposal.title for proposal in self._found]

    def show_proposals(self, found: Sequence[Proposal], at: QPoint) -> None:
        self._found, self._current = list(found), -1
        size = self.sizeHint()
        room = self._host.rect()
        self.setGeometry(QRect(QPoint(min(at.x(), max(0, room.width() - size.width())), at.y()), size))
        self._speak()
        self.show()
        self.raise_()
        self.update()

    def chosen(self, *, first: bool = False) -> Proposal | None:
        """What was moved to; with `first`, the first one where nothing was."""
        place = 0 if first and self._current < 0 else self._current
        return self._found[place] if 0 <= place < len(self._found) else None

    def move_by(self, step: int) -> None:
        many = len(self._found)
        self._current = (self._current + step) % many if self._current >= 0 else 0 if step > 0 else many - 1
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        body, small = theme.font("body"), theme.font("caption")
        widths = [text_width(one.title, body) + text_width(one.detail, small) for one in self._found]
        width = min(theme.px(WIDEST), round(max(widths, default=0)) + theme.px(52))
        return QSize(max(width, theme.px(180)), len(self._found) * theme.px(28) + theme.px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("border.default"))
        painter.setBrush(theme.color("surface.overlay"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("m"), theme.radius("m")
        )
        body, small, inset = theme.font("body"), theme.font("caption"), theme.px(12)
        for place, one in enumerate(self._found):
            box = self._box(place)
            if place == self._current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("surface.selected"))
                painter.drawRoundedRect(
                    box.adjusted(theme.px(4), 0, -theme.px(4), 0), theme.radius("s"), theme.radius("s")
                )
            painter.setPen(theme.color("text.primary"))
            x = box.left() + inset
            x += draw_text(
                painter, QRectF(x, box.top(), box.width() - 2 * inset, box.height()), one.title, body
            ) + theme.px(12)
            painter.setPen(theme.color("text.tertiary"))
            draw_text(painter, QRectF(x, box.top(), max(0.0, box.right() - inset - x), box.height()), one.detail, small)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._current = self._place(event.position().y())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().y())
        if 0 <= place < len(self._found):
            self.taken.emit(self._found[place])

    def _box(self, place: int) -> QRectF:
        height = self._look.theme.px(28)
        return QRectF(0, self._look.theme.px(4) + place * height, self.width(), height)

    def _place(self, y: float) -> int:
        return int((y - self._look.theme.px(4)) // self._look.theme.px(28))

    def _speak(self) -> None:
        one = self.chosen(first=True)
        self.setAccessibleDescription(f"{one.title} {one.detail}" if one is not None else "")


class FindStrip(Pane):
    """Below the search field: what was not understood, and a way to keep the search."""

    def __init__(self, look: Look, save: Callable[[], None], key: str | None) -> None:
        super().__init__(look, "base", ("bottom",))
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(4), px(8), px(4))
        column.setSpacing(px(2))
        self.trouble = Label(look, "", "caption", "text.secondary", wrap=True)
        column.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        nest(column, row)
        self.label = Label(look, "", "caption", "text.tertiary")
        row.addWidget(self.label, 1)
        self.save = Button(look, "", kind="flat", size="small", icon="bookmark-simple", key=key, clicked=save)
        row.addWidget(self.save)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The language changed."""
        self.save.setText(self._look.text("find.save"))

    def show_words(self, trouble: str, count: str = "", *, may_save: bool) -> None:
        """What is to be said, and how much was found; nothing at all hides the strip."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.label.setText(count)
        self.save.setVisible(may_save)
        self.setAccessibleDescription(f"{trouble} {count}".strip())
        self.setVisible(bool(trouble or count) or may_save)
