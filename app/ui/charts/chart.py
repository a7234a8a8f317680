"""What all charts share: a drawing that any painter can be given, places to walk through by keys or mouse, and the table behind it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.look import Look
from app.ui.notices import announce
from app.ui.roles import spoken_as

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


FEW = 8
"""Places that are all told."""


class Table(NamedTuple):
    """The same figures in words: what is copied, read aloud and exported."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_text(self) -> str:
        """Lines with tabs, as spreadsheets take them."""
        return "\n".join("\t".join(row) for row in (self.columns, *self.rows))


class Chart(QWidget):
    """Arrows walk its places and say them; Enter asks for what is behind one; Ctrl+C copies the table."""

    opened = Signal(int)
    """Enter or a click on a place."""

    def __init__(self, look: Look, name: str, height: int) -> None:
        super().__init__()
        self.look = look
        self.place = -1
        """The place looked at; -1 for none."""
        self.alone = False
        """Painted into a file, where nothing stands beside it: with its axis and what its colours stand for."""
        self._height = height
        spoken_as(self, "chart")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("ownKeys", ["Left", "Right", "Home", "End"])
        look.theme.changed.connect(self._restyle)

    # ---- what a chart says of itself

    @property
    @abstractmethod
    def places(self) -> int:
        """How many places can be looked at."""

    @abstractmethod
    def said(self, place: int) -> str:
        """A place in words."""

    def telling(self) -> Sequence[int]:
        """The places that tell it to somebody who does not see it: all of a few, else the first, the middle and the last."""
        return range(self.places) if self.places <= FEW else (0, self.places // 2, self.places - 1)

    def marks(self) -> str:
        """Message id of what its marks stand for; empty where they say it themselves."""
        return ""

    @abstractmethod
    def table(self) -> Table: ...

    @abstractmethod
    def draw(self, painter: QPainter, rect: QRectF, place: int = -1) -> None:
        """All of it, on any device; `place` is marked."""

    @abstractmethod
    def place_at(self, x: float, y: float) -> int:
        """The place under the mouse; -1 for none."""

    # ---- the widget

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(260), self.look.theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(180), self.look.theme.px(self._height))

    def look_at(self, place: int) -> None:
        """Mark a place and say it."""
        place = min(max(place, 0), self.places - 1)
        if place < 0:
            return
        self.place = place
        self.setAccessibleDescription(self.said(place))
        self.update()

    def refreshed(self) -> None:
        """Other figures are shown."""
        self.place = min(self.place, self.places - 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        self.draw(painter, rect, self.place)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.theme.color("focus.ring"), self.look.theme.stroke("focus")))
            radius = self.look.theme.radius("input")
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self.places:
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.places - 1}
            begin = 0 if step > 0 else self.places - 1
            self.look_at(ends.get(Qt.Key(event.key()), self.place + step if self.place >= 0 else begin))
            announce(self, self.said(self.place), "info")
            QToolTip.showText(self.mapToGlobal(self.rect().topLeft()), self.said(self.place), self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place >= 0:
            self.opened.emit(self.place)
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QGuiApplication.clipboard().setText(self.table().to_text())
            announce(self, self.look.text("insights.copied"), "info")
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x(), event.position().y())
        if place >= 0 and place != self.place:
            self.look_at(place)
        if place >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self.said(place), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.opened.emit(place)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.place = -1
            self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.place = -1
        super().focusOutEvent(event)
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
