"""Something that lies over the whole window on a scrim: the palette, the key sheet, a question. A child widget, not a window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.ui.look import Look
from app.ui.roles import spoken_as
from app.ui.widgets.focus_order import go_round
from app.ui.widgets.inside import parts_in
from app.ui.widgets.shadow import Shadow


class Overlay(QWidget):
    """Covers its host; `panel` is the part that stands on it. Keeps the focus inside and gives it back when it closes. Where something
    below asks for the focus meanwhile (a page whose rows come late), it gets it then.
    """

    closed = Signal()

    def __init__(self, look: Look, host: QWidget, *, insist: bool = False) -> None:
        """`insist` means that neither Esc nor a click beside it closes it."""
        super().__init__(host)
        self._look = look
        self._insist = insist
        self._origin: QWidget | None = None
        self._inside: QWidget | None = None
        """What had the focus last in here."""
        self.panel = Panel(look, self)
        spoken_as(self.panel, "dialog")
        self.hide()
        host.installEventFilter(self)

    @property
    def insists(self) -> bool:
        return self._insist

    def open(self) -> None:
        """Show it over the host; whoever had the focus gets it back at the end."""
        focus = QApplication.focusWidget()
        if focus is not None and not self._holds(focus):
            self._origin = focus
        self._cover()
        guarded = not self.isHidden()
        self.show()
        self.raise_()
        self.settle_focus()
        if not guarded:
            _application().focusChanged.connect(self.keep_focus)

    def close_now(self) -> None:
        """Close it and give the focus back."""
        if self.isHidden():
            return
        _application().focusChanged.disconnect(self.keep_focus)
        if self._origin is not None and isValid(self._origin) and self._origin.isVisible():
            self._origin.setFocus(Qt.FocusReason.OtherFocusReason)  # before it goes: Qt would give it to anybody
        self._origin = self._inside = None
        self.hide()
        below = self._topmost()
        if below is not None:
            below.keep_focus(None, QApplication.focusWidget())
        self.closed.emit()

    def settle_focus(self) -> None:
        """Put the focus on the first part that takes it; overridden where another is better."""
        for widget in parts_in(self.panel):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Where the panel stands; the middle unless overridden."""
        size = self.panel.sizeHint().boundedTo(self.size())
        self.panel.resize(size)
        self.panel.move((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside, as everything stands."""
        go_round(self.panel, forward)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._cover()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._insist:
            self.close_now()
        else:
            event.accept()  # nothing below may hear keys meant for what lies on top

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._insist and not self.panel.geometry().contains(event.position().toPoint()):
            self.close_now()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.scrim"))
        self.panel.shadow.paint(painter, QRectF(self.panel.geometry()))

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def keep_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Nothing below gets the focus while this lies on top."""
        if now is None:
            return
        if self._holds(now):
            self._inside = now
        elif now.window() is self.window() and self._topmost() is self:
            self._origin, inside = now, self._inside
            if inside is not None and isValid(inside) and inside.isVisible() and inside.isEnabled():
                inside.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.settle_focus()

    def _topmost(self) -> Overlay | None:
        """Of those over the same host."""
        host = self.parentWidget()
        shown = [child for child in host.children() if isinstance(child, Overlay) and not child.isHidden()] if host is not None else []
        return shown[-1] if shown else None

    def _cover(self) -> None:
        host = self.parentWidget()
        if host is not None:
            self.setGeometry(host.rect())
            self.place()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


class Panel(QWidget):
    """The raised ground of an overlay or a toast."""

    def __init__(self, look: Look, parent: QWidget | None = None, radius: str = "dialog") -> None:
        super().__init__(parent)
        self._look = look
        self._radius = radius
        self.shadow = Shadow(look, "e3", look.theme.radius(radius))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.setBrush(theme.color("surface.overlay"))
        radius = theme.radius(self._radius)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
