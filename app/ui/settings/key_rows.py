"""Rows of the list of keys: a command with each of its keys to replace or take away and a place for one more, and what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.runtime.setting_values import MOST_KEYS
from app.ui.key_table import Keyed
from app.ui.list_keys import LISTS
from app.ui.look import Look
from app.ui.settings.key_button import KeyButton
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.key_cap import KeyHint, key_text
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label

ANOTHER = -1
"""The place of a key that is to be added."""


class KeySlot(NamedTuple):
    """One key of a row: the button that shows it, and the one that takes it away."""

    button: KeyButton
    away: IconButton


class CommandRow(QWidget):
    """A command, its keys one below the other, and what is wrong with them."""

    struck = Signal(int, str)
    """At which place (or `ANOTHER`), and the key; an empty one is to be taken away."""

    def __init__(self, look: Look, command: Keyed, title: str, help_: str) -> None:
        super().__init__()
        px = look.theme.px
        self.command = command
        self._look = look
        self._title = title
        self._enabled = True
        self._wanted = ""
        self._shown: tuple[str, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(8))
        grid.setColumnStretch(0, 1)
        name = Label(look, title, "body", wrap=True)
        name.setToolTip(help_)
        self.back = Button(look, look.text("keyboard.back"), kind="flat", size="small")
        self.back.setAccessibleName(look.text("keyboard.back_for", name=title))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.back, 0, 1, top)
        self._keys = QGridLayout()
        self._keys.setHorizontalSpacing(px(4))
        self._keys.setVerticalSpacing(px(4))
        nest(grid, self._keys, 0, 2, top)
        self.slots = [self._slot(0)]
        self.add = self._button(ANOTHER, adds=True)
        self.said = QWidget()
        row = QHBoxLayout(self.said)
        row.setContentsMargins(0, px(2), 0, px(2))
        row.setSpacing(px(6))
        self._sign = IconSpot(look, "warning-circle-fill", "status.warn.text", 13)
        row.addWidget(self._sign)
        self.sentence = Label(look, "", "caption", "text.secondary", wrap=True)
        row.addWidget(self.sentence, 1)
        self.take = Button(look, look.text("keyboard.take"), size="small")
        row.addWidget(self.take)
        grid.addWidget(self.said, 1, 0, 1, 3)
        self.say("")
        self.add.show_key("")

    @property
    def key(self) -> KeyButton:
        """The first key, or the button that says that there is none."""
        return self.slots[0].button

    def show_keys(self, keys: Sequence[str]) -> None:
        """A row has a button at least, for its first key."""
        self._shown = tuple(keys)
        while len(self.slots) < len(keys):
            self.slots.append(self._slot(len(self.slots)))
        while len(self.slots) > max(1, len(keys)):
            gone = self.slots.pop()
            for part in (gone.button, gone.away):
                self._keys.removeWidget(part)
                part.hide()
                part.deleteLater()
        for slot, key in zip(self.slots, keys or ("",), strict=True):
            slot.button.show_key(key)
            slot.away.setVisible(bool(key))
            slot.away.rename(self._look.text("keyboard.remove_for", name=self._title, key=key_text(key)))
        self._keys.addWidget(self.add, len(self.slots) - 1, 2)
        self.add.setVisible(0 < len(keys) < MOST_KEYS)
        QWidget.setTabOrder(self.slots[-1].away, self.add)

    def bring(self, place: int) -> None:
        """The keyboard to a key, the last where there are fewer."""
        at = len(self.slots) - 1 if place == ANOTHER else min(place, len(self.slots) - 1)
        self.slots[at].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_changeable(self, changeable: bool) -> None:
        self._enabled = changeable
        for part in (
            self.back,
            self.take,
            self.add,
            *(each for slot in self.slots for each in (slot.button, slot.away)),
        ):
            part.setEnabled(changeable)

    def say(self, sentence: str, *, may_take: bool = False, wrong: bool = True) -> None:
        """`wrong`: with a sign beside it; what merely helps has none."""
        self._wanted = sentence if may_take else ""
        self.sentence.setText(sentence)
        self._sign.setVisible(wrong)
        self.take.setVisible(may_take)
        self.said.setVisible(bool(sentence))

    # ---- inside

    def _slot(self, place: int) -> KeySlot:
        slot = KeySlot(self._button(place), IconButton(self._look, "x", "", size=26))
        slot.away.clicked.connect(lambda: self.struck.emit(place, ""))
        slot.away.setEnabled(self._enabled)
        self._keys.addWidget(slot.button, place, 0, Qt.AlignmentFlag.AlignRight)
        self._keys.addWidget(slot.away, place, 1)
        return slot

    def _button(self, place: int, *, adds: bool = False) -> KeyButton:
        button = KeyButton(self._look, self._title, sequences=self.command.context != LISTS, adds=adds)
        button.setEnabled(self._enabled)
        button.taken.connect(lambda key: self.struck.emit(place, key))
        button.waits.connect(lambda waiting: self._explain(waiting, may_take_away=not adds and bool(self._shown)))
        button.begun.connect(lambda key: self.say(self._look.text("keyboard.second", key=key_text(key)), wrong=False))
        return button

    def _explain(self, waiting: bool, *, may_take_away: bool) -> None:
        if waiting:
            self.say(self._look.text("keyboard.waiting" if may_take_away else "keyboard.waiting_more"), wrong=False)
        elif not self._wanted:
            self.say("")


class FixedRow(QWidget):
    """What stays as it is: its name and its keys."""

    def __init__(self, look: Look, name: str, keys: Sequence[str]) -> None:
        super().__init__()
        px = look.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(7), 0, px(7))
        row.addWidget(Label(look, name, "body", "text.secondary", wrap=True), 1)
        row.addWidget(KeyHint(look, keys))
