"""A line that offers what fits as one types, out of a long list (countries, time zones); only what is in the list can be chosen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from app.ui.look import Look
from app.ui.widgets.field import LineField

_SEARCHED = Qt.ItemDataRole.UserRole + 1
_VALUE = Qt.ItemDataRole.UserRole + 2
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what it stands for, how it is shown, and what else it is found by."""

    value: str
    text: str
    also: str = ""


def folded(text: str) -> str:
    """Without accents and case: "mexico" finds "México"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("_", " ").replace("/", " ")


class Picker(LineField):
    """Says `chosen(value)` when the user has chosen; what is typed and fits nothing goes back to what was chosen."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, name: str, choices: Sequence[Choice], value: str = "", placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(look, name, placeholder=placeholder, parent=parent)
        self._choices = {choice.value: choice for choice in choices}
        self._value = ""
        model = QStandardItemModel(self)
        for choice in choices:
            item = QStandardItem(choice.text)
            item.setData(folded(f"{choice.text} {choice.also}"), _SEARCHED)
            item.setData(choice.value, _VALUE)
            model.appendRow(item)
        completer = _Completer(model, self)
        completer.setCompletionRole(_SEARCHED)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(MOST_SHOWN)
        popup = completer.popup()
        if popup is not None:
            popup.setFont(look.theme.font("body"))
        completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        self.setCompleter(completer)
        self.returnPressed.connect(self.settle)
        self.choose(value)

    @property
    def value(self) -> str:
        """What is chosen; empty for nothing."""
        return self._value

    def choose(self, value: str) -> None:
        """Choose by value; says nothing. A value that is not in the list is shown as it is."""
        self._value = value
        found = self._choices.get(value)
        self.setText(found.text if found is not None else value)
        self.setCursorPosition(0)

    def settle(self) -> None:
        """Take what is typed if it names exactly one entry or is an entry's text; else go back."""
        typed = folded(self.text())
        found = [choice for choice in self._choices.values() if folded(choice.text) == typed]
        if not found and typed:
            found = [choice for choice in self._choices.values() if typed in folded(f"{choice.text} {choice.also}")]
        if len(found) == 1 and found[0].value != self._value:
            self.choose(found[0].value)
            self.chosen.emit(self._value)
        else:
            self.choose(self._value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.settle()

    def _picked(self, index: QModelIndex) -> None:
        value = str(index.data(_VALUE))
        changed = value != self._value
        self.choose(value)
        if changed:
            self.chosen.emit(value)


class _Completer(QCompleter):
    """Searches without accents, shows with them."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))

    def splitPath(self, path: str) -> list[str]:
        return [folded(path)]
