"""A scroll area as high as what it holds where there is room, and that scrolls where there is not: for the content of sheets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.widgets.surface import Scrolling

LEAST = 120
"""Lower than this it does not become, however low the window is."""


class Fitting(Scrolling):
    """Follows the size of its content; whoever has the keyboard inside is in sight (Qt sees to that)."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hold(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        content = self.widget()
        return content.sizeHint() if content is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, min(LEAST, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
