"""One suggested answer as a card: its key, title, the first lines as they would be sent, how it does, and Send."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.models.prepared import Prepared
from app.ui.inbox.snippets import elided_lines
from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.chip import chip_width, language_chip, paint_chip
from app.ui.widgets.key_cap import KeysOf, cap_texts, key_text, paint_cap
from app.ui.widgets.text import draw_text, text_width

HEIGHT, LOW = 102, 72
"""Comfortable, and compact: with one line of words."""
ROOMY = 236
"""A card as wide as this shows Send all the time, with its key."""
SIDE = 10


class SuggestionCard(QAbstractButton):
    """Painted as a whole; made once and filled anew. Says `send_wanted`, `refused`, `menu_wanted`, and `moved` for the arrows."""

    send_wanted = Signal()
    refused = Signal()
    menu_wanted = Signal(object)
    moved = Signal(int)

    def __init__(self, look: Look, number: int, keys: KeysOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._number = number
        self._keys = keys
        self.answer: Prepared | None = None
        self._picked = False
        self._why = ""
        self._spoken = ""
        self._lines: tuple[tuple[object, ...], list[str]] = ((), [])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.send = Button(look, "", kind="primary", size="small", clicked=self.send_wanted.emit, parent=self)
        self.refuse = IconButton(look, "x", "", size=24, clicked=self.refused.emit, parent=self)
        for part in (self.send, self.refuse):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cards are one stop; both have commands
            part.hide()
        look.theme.changed.connect(self._restyle)

    # ---- what it shows

    def show_answer(self, answer: Prepared | None, why_not: str, *, picked: bool) -> None:
        """None: it stands empty while another is awaited. `why_not`: what keeps it from being sent as it is."""
        if (answer, why_not, picked) == (self.answer, self._why, self._picked):
            return
        self.answer, self._why, self._picked = answer, why_not, picked
        self.setEnabled(answer is not None)
        self.rename()
        self._arrange()
        self.update()

    def rename(self) -> None:
        """Say what it shows: to who looks, and to who listens."""
        look, answer = self._look, self.answer
        self.refuse.rename(look.text("suggestion.not_this"))
        self.send.setText(look.text("inbox.send"))
        self._arrange()
        if answer is None:
            self.setAccessibleName(look.text("suggestion.awaited"))
            self.setAccessibleDescription("")
            self.setToolTip("")
            return
        text = look.text
        solved = "" if answer.solved is None else f", {text('suggestion.said_solved', percent=answer.solved)}"
        name = text("suggestion.name", n=answer.uses, number=self._number, title=answer.title)
        self.setAccessibleName(f"{name}{solved}: {self._words()}")
        reason = text(answer.reason) if answer.reason is not None else ""
        why = text("suggestion.not_sent", why=self._why) if self._why else ""
        self.setAccessibleDescription(". ".join(filter(None, (reason, why))))
        self.setToolTip("\n".join(filter(None, (answer.title, reason, why))))
        self.send.setEnabled(not self._why)
        key = self.key("inbox.send_answer")
        self.send.setToolTip(why or "  ".join(filter(None, (text("suggestion.send_it"), key and key_text(key)))))
        self.send.setAccessibleName(text("suggestion.send_name", number=self._number, title=answer.title))
        self.refuse.setAccessibleName(text("suggestion.refuse_name", number=self._number, title=answer.title))

    def key(self, command: str) -> str:
        """The key in force of this card's own command; empty for none."""
        return next(iter(self._keys(f"{command}_{self._number}")), "")

    def _words(self) -> str:
        """As it would be sent; what is empty bears the name that the user gave it."""
        assert self.answer is not None
        text = self.answer.text
        for gap in self.answer.gaps:
            text = text.replace(f"{{{gap.name}}}", f"[{gap.label or gap.name}]")
        return " ".join(text.split())

    # ---- size and parts

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(150), theme.px(LOW if theme.density == "compact" else HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(96), self.sizeHint().height())

    def _restyle(self) -> None:
        self._lines = ((), [])
        self.updateGeometry()
        self._arrange()

    def _arrange(self) -> None:
        px = self._look.theme.px
        in_use = self.answer is not None and (self.underMouse() or self.hasFocus())
        roomy = self.width() >= px(ROOMY)
        self.send.choose_key(self.key("inbox.send_answer") or None if roomy else None)
        self.send.resize(self.send.sizeHint())
        self.send.move(self.width() - self.send.width() - px(5), self.height() - self.send.height() - px(5))
        self.send.setVisible(self.answer is not None and (in_use or roomy))
        self.refuse.resize(self.refuse.sizeHint())
        self.refuse.move(self.width() - self.refuse.width() - px(5), px(5))
        self.refuse.setVisible(in_use)
        self.update()

    # ---- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._arrange()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._arrange()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = 1.0 if self._picked else 0.5
        line = "accent.fill" if self._picked else "border.default" if self.answer is not None else "border.subtle"
        painter.setPen(QPen(theme.color(line), 2 * half))
        painter.setBrush(theme.color(self._ground()))
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, theme.radius("card"), theme.radius("card"))
        if self.answer is not None:
            self._paint_answer(painter, self.answer)

    def _ground(self) -> str:
        if self._picked:
            return "surface.selected"
        return "surface.hover" if self.isDown() or (self.underMouse() and self.isEnabled()) else "surface.raised"

    def _paint_answer(self, painter: QPainter, answer: Prepared) -> None:
        look, theme = self._look, self._look.theme
        px = theme.px
        left, right = float(px(SIDE)), float(self.width() - px(SIDE))
        cap, top = px(18), float(px(8))
        start = left
        for step in cap_texts(key) if (key := self.key("inbox.answer")) else ():
            start += paint_cap(painter, start, top, look, step, "on" if self._picked else "plain", cap) + px(4)
        start += px(3) if key else 0
        end = right - (0 if self.refuse.isHidden() else px(20))
        if answer.language and answer.language != self._spoken:
            chip = language_chip(answer.language)
            end -= chip_width(look, chip) + px(4)
            paint_chip(painter, end + px(4), top, look, chip, cap)
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(start, top, end - start, cap), answer.title, theme.font("small", weight=600))
        foot = float(self.height() - px(7) - theme.line("caption"))
        start = top + cap + px(3)
        self._paint_words(painter, QRectF(left, start, right - left, foot - start))
        send = 0 if self.send.isHidden() else self.send.width()
        self._paint_foot(painter, QRectF(left, foot, right - left - send, theme.line("caption")), answer)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._look.theme
        font, height = theme.font("caption"), theme.line("caption")
        most = max(1, int((rect.height() + 1) // height))
        made = (self._words(), rect.width(), most)
        if self._lines[0] != made:
            self._lines = made, elided_lines(made[0], font, rect.width(), most)
        painter.setPen(theme.color("text.secondary"))
        send = 0 if self.send.isHidden() else self.send.width()
        for number, line in enumerate(self._lines[1]):
            row = QRectF(rect.left(), rect.top() + number * height, rect.width(), height)
            if row.bottom() > self.send.y() + theme.px(2):
                row.setRight(row.right() - send)
            draw_text(painter, row, line, font)

    def _paint_foot(self, painter: QPainter, rect: QRectF, answer: Prepared) -> None:
        """How it does, and why it is there where there is room; or why it cannot be sent."""
        look, theme = self._look, self._look.theme
        font = theme.font("caption", tabular=True)
        if self._why:
            side = theme.px(12)
            look.icons.paint(
                painter, QRectF(rect.left(), rect.top(), side, rect.height()), "warning-fill", "status.warn.text"
            )
            painter.setPen(theme.color("status.warn.text"))
            draw_text(painter, rect.adjusted(side + theme.px(4), 0, 0, 0), self._why, font)
            return
        said = look.text("suggestion.uses", n=answer.uses)
        if answer.solved is not None:
            solved = look.words.percent(answer.solved / 100, 0)
            whole = f"{said} · {look.text('suggestion.solved', percent=solved)}"
            said = whole if text_width(whole, font) <= rect.width() else said
        painter.setPen(theme.color("text.tertiary"))
        width = draw_text(painter, rect, said, font)
        reason = look.text(answer.reason).split(";")[0] if answer.reason is not None else ""
        rest = rect.adjusted(width, 0, 0, 0)
        if reason and rest.width() >= min(theme.px(110), text_width(f" · {reason}", font) + 1):
            draw_text(painter, rest, f" · {reason}", font)

    def speak(self, language: str) -> None:
        """The language of the reply: an answer in another is marked."""
        if language != self._spoken:
            self._spoken = language
            self.update()
