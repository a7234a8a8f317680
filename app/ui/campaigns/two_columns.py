"""Two columns beside each other, below each other where the page is narrow."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.inside import nest

ONE_BELOW = 1100 - 76 - 40
"""Of the room of both; interface.md asks for one column below a window of 1100."""


class TwoColumns(QWidget):
    """`left` and `right` are layouts to fill; they are given room in the ratio of `stretch`."""

    def __init__(self, look: Look, stretch: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._look = look
        self._shares = stretch
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.theme.px(12))
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self.left, stretch[0]), (self.right, stretch[1])):
            column.setSpacing(look.theme.px(12))
            nest(self._row, column, share)

    def end(self) -> None:
        """Both are filled."""
        self.left.addStretch(1)
        self.right.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._look.theme.px(ONE_BELOW)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            for place, share in enumerate((0, 1) if narrow else self._shares):
                self._row.setStretch(place, share)  # below each other, what is left over is below both
