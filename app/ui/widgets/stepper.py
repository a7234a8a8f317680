"""A whole number with a step down and a step up beside it; typed input is always allowed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.text import text_width


class Stepper(QWidget):
    """Says `changed(value)` when the user is done with a number; `choose` from code says nothing."""

    changed = Signal(int)

    def __init__(self, look: Look, name: str, low: int, high: int, step: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.box = _Box()
        self.box.setRange(low, high)
        self.box.setSingleStep(step)
        self.box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.box.setKeyboardTracking(False)
        self.box.setAccessibleName(name)
        self.box.lineEdit().setProperty("bare", True)  # the box draws the frame
        self.setFocusProxy(self.box)
        self.less = IconButton(look, "minus", look.text("widget.less", what=name), framed=True, clicked=lambda: self.box.stepBy(-1))
        self.more = IconButton(look, "plus", look.text("widget.more", what=name), framed=True, clicked=lambda: self.box.stepBy(1))
        for part in (self.less, self.box, self.more):
            row.addWidget(part)
        for part in (self.less, self.more):
            part.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to the keyboard the number is one stop; its arrow keys do the same
        self.box.valueChanged.connect(self.changed)
        look.theme.changed.connect(self._resize)
        self._resize()

    @property
    def value(self) -> int:
        return self.box.value()

    def choose(self, value: int) -> None:
        blocked = self.box.blockSignals(True)
        self.box.setValue(value)
        self.box.blockSignals(blocked)

    def _resize(self) -> None:
        theme = self._look.theme
        font = theme.font("body", tabular=True)
        self.box.setFont(font)
        self.box.setFixedSize(int(text_width("0" * len(str(self.box.maximum())), font)) + theme.px(26), theme.size("control.input"))


class _Box(QSpinBox):
    """A style sheet without room for buttons leaves Qt's own line no room either: it is placed here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _place(self) -> None:
        self.lineEdit().setGeometry(self.rect().adjusted(8, 2, -8, -2))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a page must not change a number
