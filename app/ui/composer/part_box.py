"""One part of a thread: its number, its length, its editor and a way to take it out. A single part shows the editor alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.composer.editor import PartEditor
from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label

ONE_LINES = 8
MANY_LINES = 4


class PartBox(QWidget):
    """Says `edited` with its text, `removed` when it is to go, `pictures` for what was pasted into it."""

    edited = Signal(str)
    removed = Signal()
    pictures = Signal(object)

    def __init__(self, look: Look, index: int) -> None:
        super().__init__()
        self._look = look
        self._index = index
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._line = Line(look)
        column.addWidget(self._line)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        self._title = Label(look, "", "captionStrong", "text.tertiary")
        self.ring = LengthRing(look)
        self.remove = IconButton(look, "x", look.text("composer.remove_part"), size=24, clicked=self.removed.emit)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.ring)
        row.addWidget(self.remove)
        column.addWidget(self._head)
        self.editor = PartEditor(look, ONE_LINES)
        self.editor.edited.connect(self.edited)
        self.editor.pictures.connect(self.pictures)
        column.addWidget(self.editor)

    def show_part(self, text: str, count: int, name: str, *, read_only: bool) -> None:
        """The text, how many parts there are, and whose text it is (for the screen reader)."""
        look, many = self._look, count > 1
        self._line.setVisible(self._index > 0)
        self._head.setVisible(many)
        self.remove.setVisible(many and not read_only)
        title = look.text("composer.part", number=self._index + 1, count=count)
        self._title.setText(title)
        self.editor.keep_lines(MANY_LINES if many else ONE_LINES)
        self.editor.setAccessibleName(f"{name}, {title}" if many else name)
        self.editor.setPlaceholderText(look.text("composer.placeholder") if self._index == 0 else "")
        self.editor.setReadOnly(read_only)
        self.editor.show_text(text)
