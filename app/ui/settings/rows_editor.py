"""A setting that is a list: one line an entry, with a button that takes it away, and one below that adds another; wholly by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest, standing_in
from app.ui.widgets.text import Label

Value = tuple[Any, ...]


class Entry(QWidget):
    """One line. What is in it is said by `read`; a line that is not filled in yet, or wrongly, has no value."""

    edited = Signal()
    removed = Signal()

    def __init__(self, look: Look, remove_text: str) -> None:
        super().__init__()
        self.look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(2))
        self.line = QHBoxLayout()
        self.line.setSpacing(look.theme.px(8))
        nest(column, self.line)
        self.remove = IconButton(look, "x", remove_text, clicked=self.removed.emit)
        self._wrong = Label(look, "", "caption", "status.danger.text", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)

    def close_line(self) -> None:
        """All fields are there: the button that takes the line away comes last."""
        self.line.addWidget(self.remove)

    def read(self) -> Value | None:
        """What the line says; None while it says nothing."""
        return None

    def first_field(self) -> QWidget:
        """Where typing begins."""
        return standing_in(self)[0]

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the line; an empty sentence when nothing is."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))


class RowsEditor(QWidget):
    """Says `changed(values)` when a line was completed, changed or taken away."""

    changed = Signal(object)

    def __init__(
        self, look: Look, add_text: str, make: Callable[[Value | None], Entry], head: QWidget | None = None
    ) -> None:
        """`make` makes a line for a value, or an empty one. `head` stands above the lines as long as there are any."""
        super().__init__()
        self._look = look
        self._make = make
        self._values: tuple[Value, ...] = ()
        self.entries: list[Entry] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(6))
        self._head = head
        if head is not None:
            column.addWidget(head)
            head.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.theme.px(6))
        nest(column, self._lines)
        self.add = Button(look, add_text, icon="plus", size="small", clicked=self._add)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def values(self) -> tuple[Value, ...]:
        return self._values

    def choose(self, values: Sequence[Value]) -> None:
        """Show these; says nothing. What is being typed stays where nothing else changed."""
        if set(values) == set(self._values) and len(values) == len(self._values):
            self._values = tuple(values)
            return
        self._values = tuple(values)
        for entry in self.entries:
            self._let_go(entry)
        self.entries = []
        for value in values:
            self._place(value)
        self._show_head()

    def _place(self, value: Value | None) -> Entry:
        entry = self._make(value)
        entry.edited.connect(self._edited)
        entry.removed.connect(lambda: self._removed(entry))
        self.entries.append(entry)
        self._lines.addWidget(entry)
        return entry

    def _add(self) -> None:
        entry = self._place(None)
        self._show_head()
        entry.show()
        entry.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _removed(self, entry: Entry) -> None:
        place = self.entries.index(entry)
        self.entries.remove(entry)
        following = self.entries[min(place, len(self.entries) - 1)] if self.entries else None
        (following.remove if following is not None else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
        self._let_go(entry)
        self._show_head()
        self._edited()

    def _edited(self) -> None:
        read = (entry.read() for entry in self.entries)
        values = tuple(value for value in read if value is not None)
        if values != self._values:
            self._values = values
            self.changed.emit(values)

    def _let_go(self, entry: Entry) -> None:
        self._lines.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _show_head(self) -> None:
        if self._head is not None:
            self._head.setVisible(bool(self.entries))
