"""The second line of a conversation's header: its network, the handle, and which answer is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.inbox.customer_card import Glyph
from app.ui.inbox.due_chip import DueChip
from app.ui.look import Look
from app.ui.widgets.text import ElidedLabel

SHORTEST = "@nobody…"
"""So much of a handle at least, or none: a few dots tell nothing."""


class HandleLine(QWidget):
    """Where there is no room for all of it, what is due gives up its words and keeps its time, before the handle is cut."""

    def __init__(self, look: Look, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look = look
        self.glyph = Glyph(look, "", 11)
        self.handle = ElidedLabel(look, "", "caption", "text.tertiary")
        self.due = DueChip(look, now)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.glyph)
        row.addWidget(self.handle)
        row.addSpacing(look.theme.px(6))
        row.addWidget(self.due)
        row.addStretch(1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # another handle, another time, larger text
            self._share()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share()
        super().resizeEvent(event)

    def _share(self) -> None:
        layout = self.layout()
        assert layout is not None
        between = layout.spacing() * layout.count() + self._look.theme.px(6)
        others = self.glyph.sizeHint().width() + between
        self.due.be_brief(others + self.handle.sizeHint().width() + self.due.whole_width() > self.width())
        room = self.width() - others - (0 if self.due.isHidden() else self.due.sizeHint().width())
        least = min(self.handle.sizeHint().width(), self.handle.fontMetrics().horizontalAdvance(SHORTEST))
        self.handle.setVisible(room >= least)
