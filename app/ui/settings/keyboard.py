"""Settings, Keyboard: single keys, presets, and the keys of every command, each changed by pressing another; what is in the way is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.commands.command import is_bare
from app.commands.registry import forbidden
from app.runtime.settings import Keyboard, Settings
from app.ui.actions import Actions
from app.ui.key_table import Keyed, Keys, clash, is_character_key
from app.ui.list_keys import FIXED, LIST_KEYS, LISTS
from app.ui.look import Look
from app.ui.settings.form import Form
from app.ui.settings.key_rows import CommandRow, FixedRow
from app.ui.settings.sections import Section
from app.ui.widgets.button import Button
from app.ui.widgets.key_cap import key_text
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

KEPT = frozenset({"Return", "Escape", "Tab", "Shift+Tab", "Up", "Down"})
"""Keys that every screen needs for itself."""
MOST_NAMES = 3
"""So many others that have a key are named; the rest is counted."""


class Wanted(NamedTuple):
    """Keys a command is to have from now on: those that are new to it, and the place to go back to."""

    keys: tuple[str, ...]
    new: tuple[str, ...]
    place: int


class KeyboardPane(Form):
    """The form of the group, and below it the keys of one screen at a time; those of lists are one of the screens."""

    def __init__(
        self, look: Look, settings: Settings, section: Section, actions: Actions, *, read_only: bool = False
    ) -> None:
        super().__init__(look, settings, section, read_only=read_only)
        self._actions = actions
        self._wanted: dict[str, Wanted] = {}
        """By command, what waits for the user's word, since it is another's."""
        self.command_rows: dict[str, CommandRow] = {}
        self._fixed: list[FixedRow] = []
        px = look.theme.px
        at = self.rows.count() - 1  # above what stretches
        top = QWidget()
        head = QHBoxLayout(top)
        head.setContentsMargins(0, px(14), 0, px(4))
        head.addWidget(SectionLabel(look, look.text("keyboard.keys")), 1)
        contexts = sorted(
            {LISTS, *(command.context for command in actions.registry)},
            key=lambda context: look.text(f"keyboard.context.{context}"),
        )
        contexts.sort(key=lambda context: (context != "everywhere", context != LISTS))
        self.contexts = Select(
            look, look.text("keyboard.screen"), [(look.text(f"keyboard.context.{each}"), each) for each in contexts]
        )
        self.contexts.activated.connect(lambda _row: self._list())
        head.addWidget(self.contexts)
        self.reset = Button(look, look.text("keyboard.reset"), size="small", clicked=lambda: self._keep({}))
        head.addWidget(self.reset)
        self.rows.insertSpacing(at, px(12))
        self.rows.insertWidget(at + 1, Line(look))
        self.rows.insertWidget(at + 2, top)
        self.rows.insertWidget(
            at + 3, Label(look, look.text("keyboard.keys.help"), "caption", "text.tertiary", wrap=True)
        )
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, px(6), 0, 0)
        self._column.setSpacing(0)
        self.rows.insertWidget(at + 4, self._holder)
        self._list()

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        if any(key.startswith(f"{Keyboard.GROUP}.") for key in keys):
            self._show()

    def choose_screen(self, context: str) -> None:
        """Show the keys of a screen."""
        self.contexts.choose(context)
        self._list()

    # ---- inside

    def _list(self) -> None:
        for row in (*self.command_rows.values(), *self._fixed):
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.command_rows.clear()
        self._fixed = []
        context = self.contexts.currentData()
        known: list[Keyed] = [*self._actions.registry, *LIST_KEYS]
        here = [each for each in known if each.context == context and each.id != "view.escape"]
        for command in sorted(here, key=lambda command: not self._actions.table.keys(command)):
            self._add(command)
        for name, keys in FIXED if context == LISTS else ():
            self._fixed.append(FixedRow(self._look, self._look.text(f"keys.{name}"), keys))
            self._column.addWidget(self._fixed[-1])
        self._show()

    def _title(self, command: Keyed) -> str:
        return self._look.text(command.title_id)

    def _add(self, command: Keyed) -> None:
        row = CommandRow(self._look, command, self._title(command), self._look.text(command.help_id))
        row.struck.connect(lambda place, key: self._struck(command, place, key))
        row.take.clicked.connect(lambda: self._take(command))
        row.back.clicked.connect(lambda: self._back(command))
        row.set_changeable(not self._read_only)
        self.command_rows[command.id] = row
        self._column.addWidget(row)

    def _show(self) -> None:
        """Every row as things stand; two commands with one key are told, however it came to that."""
        table = self._actions.table
        self.reset.setEnabled(bool(self._own()) and not self._read_only)
        for row in self.command_rows.values():
            keys = table.keys(row.command)
            row.show_keys(keys)
            row.back.setVisible(table.is_own(row.command))
            rivals = [other for key in keys for other in table.in_the_way(row.command, key)] if self._own() else []
            row.say(self._look.text("keyboard.also", name=self._title(rivals[0])) if rivals else "")

    def _own(self) -> Keys:
        return dict(self._settings.get(Keyboard).own)

    def _struck(self, command: Keyed, place: int, key: str) -> None:
        """A key in place of the one that stood there, one more, or none any longer."""
        row, table = self.command_rows[command.id], self._actions.table
        self._wanted.pop(command.id, None)
        wrong = self._wrong(command, key)
        if wrong:
            row.say(self._look.text(wrong, key=key_text(key)))
            return
        shown, held = table.keys(command), list(table.held(command))
        at = held.index(shown[place]) if 0 <= place < len(shown) else len(held)
        held[at : at + 1] = [key] if key else []
        keys = tuple(dict.fromkeys(held))
        self._want(command, Wanted(keys, (key,) if key and key not in shown else (), place))

    def _wrong(self, command: Keyed, key: str) -> str:
        """Why it cannot be the key of this at all, as a message id; empty where it can."""
        if key and (forbidden(key) or not KEPT.isdisjoint(key.split(" "))):
            return "keyboard.forbidden"
        if key and command.context == LISTS and (not is_bare(key) or key.startswith("Shift+")):
            return "keyboard.list_needs_one"
        if is_character_key(key) and not self._actions.table.single_keys:
            return "keyboard.single_off"
        return ""

    def _want(self, command: Keyed, wanted: Wanted) -> None:
        table = self._actions.table
        rivals = [(key, other) for key in wanted.new for other in table.in_the_way(command, key)]
        rivals += [
            (key, command) for key in wanted.new if any(key != each and clash(key, each) for each in wanted.keys)
        ]
        if not rivals:
            self._set(command, wanted)
            return
        self._wanted[command.id] = wanted
        row = self.command_rows[command.id]
        row.say(self._conflict(rivals), may_take=True)
        row.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _conflict(self, rivals: Sequence[tuple[str, Keyed]]) -> str:
        """Whose key it is, or which sequence begins alike, so that only one of the two could act."""
        look, (key, other) = self._look, rivals[0]
        titles = list(dict.fromkeys(self._title(each) for _, each in rivals))
        if len(titles) > 1:
            more = len(titles) - MOST_NAMES
            names = [*titles[:MOST_NAMES], *([look.text("keyboard.others", n=more)] if more > 0 else [])]
            only_begins = all(key not in self._actions.table.keys(each, with_twin=True) for _, each in rivals)
            return look.text(
                "keyboard.begins_several" if only_begins else "keyboard.taken_several", key=key_text(key), names=names
            )
        theirs = self._actions.table.keys(other, with_twin=True)
        longer = next((each for each in theirs if each.startswith(f"{key} ")), "")
        shorter = next((each for each in theirs if key.startswith(f"{each} ")), "")
        if longer or shorter:
            begins, whole = (key, longer) if longer else (shorter, key)
            said = "keyboard.begins" if longer else "keyboard.begun"
            return look.text(said, key=key_text(begins), other=key_text(whole), name=titles[0])
        return look.text("keyboard.taken", key=key_text(key), name=titles[0])

    def _take(self, command: Keyed) -> None:
        """The key goes from whoever has it to this command."""
        wanted = self._wanted.pop(command.id, None)
        if wanted is None:
            return
        own, table = dict(self._own()), self._actions.table
        for key in wanted.new:
            for other in table.in_the_way(command, key):
                held = own.get(other.id, table.held(other))
                own[other.id] = tuple(each for each in held if not clash(each, key))
        keys = tuple(
            each for each in wanted.keys if each in wanted.new or not any(clash(each, key) for key in wanted.new)
        )
        self._set(command, wanted._replace(keys=keys), own)

    def _back(self, command: Keyed) -> None:
        """As the preset has it; where another took a key of it meanwhile, that is said first."""
        self._wanted.pop(command.id, None)
        table = self._actions.table
        keys, now = table.as_it_came(command), table.keys(command)
        self._want(command, Wanted(keys, tuple(key for key in keys if key not in now), 0))

    def _set(self, command: Keyed, wanted: Wanted, own: Keys | None = None) -> None:
        new = {**(self._own() if own is None else own), command.id: wanted.keys}
        if wanted.keys == self._actions.table.as_it_came(command):
            del new[command.id]
        self._keep(new)
        row = self.command_rows.get(command.id)
        if row is not None:
            row.bring(wanted.place)

    def _keep(self, own: Keys) -> None:
        self._wanted.clear()
        self._settings.change(Keyboard, own=tuple(sorted((name, tuple(keys)) for name, keys in own.items())))
