"""Buttons one below the other as one stop of the keyboard: Tab goes to one of them, the arrow keys to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.surface import Scrolling


class ButtonColumn(Scrolling):
    """Buttons one below the other: Tab goes to one of them, the arrow keys to the others."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.buttons: list[QAbstractButton] = []
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.hold(content)

    def show_buttons(
        self, buttons: Sequence[QAbstractButton], first: Callable[[QAbstractButton], bool] | None = None
    ) -> None:
        """These and no others; `first` says where Tab goes. The keyboard stays at the place it was."""
        place = next((number for number, button in enumerate(self.buttons) if button.hasFocus()), None)
        gone, self.buttons = self.buttons, list(buttons)
        wanted = [button for button in self.buttons if first is not None and first(button)]
        stop = next(iter([*wanted, *self.buttons]), None)
        for number, button in enumerate(self.buttons):
            self._column.insertWidget(number, button)
            self._stops(button, here=button is stop)
            button.show()
        if place is not None and self.buttons:
            self.buttons[min(place, len(self.buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        for old in gone:  # after the new ones are there: Qt would give the focus to anybody
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((number for number, button in enumerate(self.buttons) if button.hasFocus()), None)
        key = Qt.Key(event.key())
        last = len(self.buttons) - 1
        if here is None or key not in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        target = {Qt.Key.Key_Up: here - 1, Qt.Key.Key_Down: here + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}[key]
        chosen = self.buttons[min(max(target, 0), last)]
        for button in self.buttons:
            self._stops(button, here=button is chosen)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(chosen, 0, 0)

    def _stops(self, button: QAbstractButton, *, here: bool) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)


class ColumnRow(QAbstractButton):
    """A button that leaves the arrow keys to its column."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ownKeys", ["Up", "Down", "Home", "End"])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_ground(self, painter: QPainter, *, lit: bool) -> None:
        theme = self._look.theme
        ground = "surface.selected" if lit else "surface.hover" if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), theme.radius("m"), theme.radius("m"))
