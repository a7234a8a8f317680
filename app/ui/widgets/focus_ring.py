"""The ring around whatever the keyboard is on: drawn outside the control, for keyboard focus only, on top of its neighbours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

from app.ui.look import Look

_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ParentChange)
_GONE = (QEvent.Type.Hide, QEvent.Type.Destroy, QEvent.Type.DeferredDelete)


class FocusRing(QWidget):
    """One for the whole window. Text fields draw their own border and list rows their own ring, so it goes round buttons and the like.

    It lies in the window itself, never in a part of it: parts are made anew while the keyboard is in them, and would take it along.
    """

    def __init__(self, look: Look, application: QApplication, by_keyboard: Callable[[], bool]) -> None:
        """`by_keyboard` answers whether the last thing the user touched was the keyboard."""
        super().__init__()
        self._look = look
        self._by_keyboard = by_keyboard
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application.focusChanged.connect(self._focus_moved)

    def surround(self, widget: QWidget | None) -> None:
        """Put the ring around a widget, or nowhere."""
        for watched in self._watched:
            if isValid(watched):  # it may have gone with the part it was in
                watched.removeEventFilter(self)
        self._watched = []
        self._target = widget
        if widget is None:
            self.hide()
            if self.parentWidget() is not None:
                self.setParent(None)  # a dialog that closes would take it along
            return
        host = widget.window()
        self.setParent(host)
        step: QWidget | None = widget
        while step is not None and step is not host:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._follow()

    @property
    def target(self) -> QWidget | None:
        return self._target

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        self.surround(now if now is not None and self._by_keyboard() and _wants_ring(now) else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._target is not None and watched in self._watched:
            if kind in _FOLLOWED:
                self._follow()
            elif kind in _GONE:
                self.surround(None)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        width, gap = theme.stroke("focus"), theme.stroke("focusGap")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = QRectF(self.rect())
        radius = theme.radius("button") + gap
        painter.setPen(QPen(theme.color("focus.gap"), gap))
        inner = width + gap / 2
        painter.drawRoundedRect(rect.adjusted(inner, inner, -inner, -inner), radius, radius)
        painter.setPen(QPen(theme.color("focus.ring"), width))
        half = width / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius + half, radius + half)

    def _follow(self) -> None:
        target, host = self._target, self.parentWidget()
        if target is None or host is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        reach = self._look.theme.stroke("focus") + self._look.theme.stroke("focusGap")
        ring = QRect(target.mapTo(host, QPoint(0, 0)), target.size()).adjusted(-reach, -reach, reach, reach)
        seen = ring.intersected(_seen(target, host))
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(ring)
        if seen == ring:
            self.clearMask()
        else:
            self.setMask(QRegion(seen.translated(-ring.topLeft())))
        self.raise_()
        self.show()


def _wants_ring(widget: QWidget) -> bool:
    """Buttons, selects and whatever asks for it by the property `ring`."""
    if widget.property("ring") is not None:
        return bool(widget.property("ring"))
    if isinstance(widget, QLineEdit | QAbstractScrollArea):
        return False
    return isinstance(widget, QAbstractButton | QComboBox)


def _seen(widget: QWidget, host: QWidget) -> QRect:
    """What the scroll areas around a widget let be seen, in `host`."""
    seen, step = host.rect(), widget.parentWidget()
    while step is not None and step is not host:
        area = step.parentWidget()
        if isinstance(area, QAbstractScrollArea) and step is area.viewport():
            seen = seen.intersected(QRect(step.mapTo(host, QPoint(0, 0)), step.size()))
        step = area
    return seen
