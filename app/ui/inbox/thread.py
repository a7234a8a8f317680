"""The conversation in use: one stop for the keyboard with arrow keys inside, text to select and copy, links that open in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from app.ui.inbox.bubble import UNFOLD, Bubble
from app.ui.inbox.thread_canvas import EARLIER, ThreadCanvas
from app.ui.inbox.thread_parts import Spot
from app.ui.look import Look
from app.ui.safe_text import deceives, host_of, may_open


class ThreadView(ThreadCanvas):
    """Says what is wanted (`opened`, `earlier_wanted`, `reply_wanted`) and does none of it."""

    opened = Signal(str)
    """An address to show in the browser."""
    earlier_wanted = Signal()
    act_wanted = Signal(str)
    """The act of a spot other than showing earlier messages."""
    reply_wanted = Signal()

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(look, now, parent)
        self._pressed: tuple[Bubble, int] | None = None
        self.renewed.connect(self._let_go)

    def _let_go(self) -> None:
        self._pressed = None

    def copy(self) -> str:
        """The selected text, else the message the keyboard is on, else the last one of the customer."""
        for part in self._parts:
            if isinstance(part, Bubble) and part.selection[0] < part.selection[1]:
                return part.text()
        if 0 <= self._current < len(self._parts):
            return self._parts[self._current].text()
        theirs = [part for part in self._parts if isinstance(part, Bubble) and not part.ours]
        return theirs[-1].text() if theirs else ""

    def next_hit(self, step: int) -> tuple[int, int]:
        """Select the next place that is marked, round and round; answers (which one, of how many), (0, 0) without any."""
        hits = self.hits()
        if not hits:
            return 0, 0
        here = next((place for place, (index, mark) in enumerate(hits) if self._is_selected(index, mark)), None)
        place = (here + step) % len(hits) if here is not None else 0 if step > 0 else len(hits) - 1
        index, mark = hits[place]
        self._unselect()
        part = self._parts[index]
        assert isinstance(part, Bubble)
        part.selection = mark
        self._current = index
        bar = self.verticalScrollBar()
        y = self._tops[index] + part.top_of(mark[0])
        if not bar.value() <= y <= bar.value() + self.viewport().height() - self._look.theme.px(32):
            bar.setValue(round(y - self.viewport().height() / 3))
        self._announce()
        self.viewport().update()
        return place + 1, len(hits)

    def _is_selected(self, index: int, mark: tuple[int, int]) -> bool:
        part = self._parts[index]
        return isinstance(part, Bubble) and part.selection == mark

    # ---- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copy())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        self._announce()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index, point = self._at(event.position())
        self._unselect()
        part = self._parts[index] if index >= 0 else None
        if isinstance(part, Bubble) and part.holds_text(point):
            self._pressed = (part, part.place_in_text(point))
        self._current = -1
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index, point = self._at(event.position())
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            bubble, start = self._pressed
            top = self._tops[self._parts.index(bubble)] - self.verticalScrollBar().value()
            end = bubble.place_in_text(QPointF(event.position().x() - self._inset, event.position().y() - top))
            bubble.selection = (min(start, end), max(start, end))
            self.viewport().update()
            return
        part = self._parts[index] if index >= 0 else None
        spot = part.spot(point) if part is not None else Spot()
        over_text = isinstance(part, Bubble) and part.holds_text(point)
        hand, beam, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.IBeamCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if spot.url or spot.act else beam if over_text else arrow)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index, point = self._at(event.position())
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed[0].selection[0] < pressed[0].selection[1]:
            return
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._follow(self._parts[index].spot(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index, point = self._at(event.position())
        part = self._parts[index] if index >= 0 else None
        if isinstance(part, Bubble) and part.holds_text(point):
            part.selection = part.words.word_at(part.place_in_text(point))
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, _ = self._at(QPointF(event.pos()))
        if index >= 0 and self._current != index and event.reason() == QContextMenuEvent.Reason.Mouse:
            self._current = index
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self._look.text("inbox.copy"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.copy()))
        for spot in self._parts[self._current].opens() if 0 <= self._current < len(self._parts) else ():
            if spot.url or spot.name:
                self._offer(menu, spot)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index, point = self._at(QPointF(event.pos()))
            spot = self._parts[index].spot(point) if index >= 0 else Spot()
            # The address as it is sent: letters that only look like others show their true form.
            QToolTip.showText(event.globalPos(), QUrl(spot.url).toString(QUrl.ComponentFormattingOption.FullyEncoded), self)
            return True
        return super().viewportEvent(event)

    # ---- inside

    def _step(self, step: int) -> None:
        stops = [index for index, part in enumerate(self._parts) if part.stops]
        if not stops:
            return
        if self._current < 0:
            self._current = stops[-1]
        else:
            further = [index for index in stops if (index - self._current) * step > 0]
            if further:
                self._current = further[0] if step > 0 else further[-1]
        self._reveal(self._current)
        self._announce()
        self.viewport().update()

    def _announce(self) -> None:
        if 0 <= self._current < len(self._parts):
            self.setAccessibleDescription(self._parts[self._current].name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _enter(self) -> None:
        spots = self._parts[self._current].opens() if 0 <= self._current < len(self._parts) else ()
        if not spots:
            self.reply_wanted.emit()
        elif len(spots) == 1:
            self._follow(spots[0])
        else:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            for spot in spots:
                self._offer(menu, spot)
            top = self._tops[self._current] - self.verticalScrollBar().value()
            menu.popup(self.viewport().mapToGlobal(QRectF(self._inset, max(0.0, top), 1, 1).toRect().topLeft()))

    def _offer(self, menu: QMenu, spot: Spot) -> None:
        shown = spot.name or self.fontMetrics().elidedText(spot.url, Qt.TextElideMode.ElideMiddle, self._look.theme.px(360))
        menu.addAction(shown.replace("&", "&&")).triggered.connect(lambda: self._follow(spot))

    def _follow(self, spot: Spot) -> None:
        if spot.act == EARLIER:
            self.earlier_wanted.emit()
        elif spot.act.startswith(UNFOLD):
            self.unfold(int(spot.act.split()[1]))
        elif spot.url and may_open(spot.url):
            if deceives(spot.url):
                self._ask_first(spot.url)
            else:
                self.opened.emit(spot.url)
        elif spot.act:
            self.act_wanted.emit(spot.act)

    def _ask_first(self, url: str) -> None:
        """The address leads elsewhere than it seems to: it opens once its true host was seen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go = menu.addAction(self._look.icons.icon("warning-fill"), self._look.text("inbox.open_host", host=host_of(url)))
        go.triggered.connect(lambda: self.opened.emit(url))
        menu.popup(QCursor.pos() if self.underMouse() else self.viewport().mapToGlobal(QPoint(self._inset, self._inset)))

    def _unselect(self) -> None:
        for part in self._parts:
            if isinstance(part, Bubble):
                part.selection = (0, 0)
