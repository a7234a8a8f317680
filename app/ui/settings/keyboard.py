"""Settings, Keyboard: single keys, presets, and the key of every command, changed by pressing another; what is in the way is said."""

from __future__ import annotations

import string
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.command import Command
from app.commands.registry import forbidden
from app.runtime.settings import Keyboard, Settings
from app.ui.actions import Actions
from app.ui.key_names import STRONG, key_name, shifted_digit, this_system
from app.ui.key_table import Keys, clash
from app.ui.look import Look
from app.ui.settings.form import Form
from app.ui.settings.sections import Section
from app.ui.widgets.button import Button
from app.ui.widgets.key_cap import key_text
from app.ui.widgets.select import Select
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

KEPT = frozenset({"Return", "Escape", "Tab", "Shift+Tab", "Up", "Down"})
"""Keys that every screen needs for itself."""
_NAMED = (
    "Space",
    "Return",
    "Escape",
    "Delete",
    "Backspace",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PageUp",
    "PageDown",
)
_BARE = [*string.printable.strip(), *string.ascii_uppercase, *string.digits, *_NAMED]
ALL_BARE = [*_BARE, *(f"Shift+{key}" for key in _BARE)]
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)


class KeyButton(Button):
    """Shows the keys of a command; pressed, it takes the next key as the new one."""

    taken = Signal(str)
    """The key that was pressed; empty for none at all."""
    waits = Signal(bool)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, "", size="small", clicked=self._begin)
        self._name = name
        self._keys: Sequence[str] = ()
        self.waiting = False

    def show_keys(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._stop()

    def event(self, event: QEvent) -> bool:
        if self.waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut: the key is meant for here
            return True
        if self.waiting and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._pressed(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._stop()
        super().focusOutEvent(event)

    def _begin(self) -> None:
        self.waiting = True
        self.setProperty("ownKeys", ALL_BARE)  # the key router leaves them to us
        self.setText(self._look.text("keyboard.press"))
        self.setAccessibleName(self._look.text("keyboard.press_for", name=self._name))
        self.waits.emit(True)

    def _stop(self) -> None:
        self.waiting = False
        self.setProperty("ownKeys", [])
        shown = " · ".join(key_text(key) for key in self._keys) or self._look.text("keyboard.none")
        self.setText(shown)
        self.setAccessibleName(self._look.text("keyboard.key_of", name=self._name, key=shown))
        self.waits.emit(False)

    def _pressed(self, event: QKeyEvent) -> None:
        if event.key() in _ALONE:
            return
        key = pressed_key(event)
        self._stop()
        if key == "Escape" or not key:
            return
        self.taken.emit("" if key == "Backspace" else key)


def pressed_key(event: QKeyEvent) -> str:
    """A key, bare or modified, as commands write it; empty where it cannot be told."""
    system = this_system()
    if not event.modifiers() & STRONG and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return shifted_digit(event, system) or key_name(event, system)
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(held, Qt.Key(event.key()))).toString().replace("Enter", "Return")


class CommandRow(QWidget):
    """A command, its key, and what is wrong with that."""

    def __init__(self, look: Look, command: Command, title: str, help_: str) -> None:
        super().__init__()
        px = look.theme.px
        self.command = command
        self._look = look
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(8))
        grid.setColumnStretch(0, 1)
        name = Label(look, title, "body", wrap=True)
        name.setToolTip(help_)
        self.key = KeyButton(look, title)
        self.back = Button(look, look.text("keyboard.back"), kind="flat", size="small")
        self.back.setAccessibleName(look.text("keyboard.back_for", name=title))
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.back, 0, 1)
        grid.addWidget(self.key, 0, 2)
        self.said = QWidget()
        row = QHBoxLayout(self.said)
        row.setContentsMargins(0, px(2), 0, px(2))
        row.setSpacing(px(6))
        row.addWidget(IconSpot(look, "warning-circle-fill", "status.warn.text", 13))
        self.sentence = Label(look, "", "caption", "text.secondary", wrap=True)
        row.addWidget(self.sentence, 1)
        self.take = Button(look, look.text("keyboard.take"), size="small")
        row.addWidget(self.take)
        grid.addWidget(self.said, 1, 0, 1, 3)
        self.say("")

    def say(self, sentence: str, *, may_take: bool = False) -> None:
        self.sentence.setText(sentence)
        self.take.setVisible(may_take)
        self.said.setVisible(bool(sentence))


class KeyboardPane(Form):
    """The form of the group, and below it the keys of one screen at a time."""

    def __init__(
        self, look: Look, settings: Settings, section: Section, actions: Actions, *, read_only: bool = False
    ) -> None:
        super().__init__(look, settings, section, read_only=read_only)
        self._actions = actions
        self._wanted: dict[str, tuple[str, ...]] = {}
        """Command -> keys that wait for the user's word, since they are another's."""
        self.command_rows: dict[str, CommandRow] = {}
        px = look.theme.px
        at = self.rows.count() - 1  # above what stretches
        top = QWidget()
        head = QHBoxLayout(top)
        head.setContentsMargins(0, px(14), 0, px(4))
        head.addWidget(SectionLabel(look, look.text("keyboard.keys")), 1)
        contexts = sorted(
            {command.context for command in actions.registry},
            key=lambda context: look.text(f"keyboard.context.{context}"),
        )
        contexts.sort(key=lambda context: context != "everywhere")
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
        for row in self.command_rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.command_rows.clear()
        context = self.contexts.currentData()
        here = [
            command for command in self._actions.registry if command.context == context and command.id != "view.escape"
        ]
        for command in sorted(here, key=lambda command: not self._actions.table.keys(command)):
            self._add(command)
        self._show()

    def _add(self, command: Command) -> None:
        row = CommandRow(self._look, command, self._actions.title(command.id), self._actions.help(command.id))
        row.key.taken.connect(lambda key: self._taken(command, key))
        row.key.waits.connect(lambda waiting: self._explain(row, waiting))
        row.take.clicked.connect(lambda: self._take(command))
        row.back.clicked.connect(lambda: self._back(command))
        for part in (row.key, row.back, row.take):
            part.setEnabled(not self._read_only)
        self.command_rows[command.id] = row
        self._column.addWidget(row)

    def _show(self) -> None:
        """Every row as things stand; two commands with one key are told, however it came to that."""
        table = self._actions.table
        self.reset.setEnabled(bool(self._own()) and not self._read_only)
        for row in self.command_rows.values():
            keys = table.keys(row.command)
            row.key.show_keys(keys)
            row.back.setVisible(table.is_own(row.command))
            rivals = [other for key in keys for other in table.in_the_way(row.command, key)] if self._own() else []
            row.say(self._look.text("keyboard.also", name=self._actions.title(rivals[0].id)) if rivals else "")

    def _explain(self, row: CommandRow, waiting: bool) -> None:
        if waiting:
            row.say(self._look.text("keyboard.waiting"))
        elif row.command.id not in self._wanted:
            row.say("")

    def _own(self) -> Keys:
        return dict(self._settings.get(Keyboard).own)

    def _taken(self, command: Command, key: str) -> None:
        row, look = self.command_rows[command.id], self._look
        self._wanted.pop(command.id, None)
        if key and (forbidden(key) or key in KEPT):
            row.say(look.text("keyboard.forbidden", key=key_text(key)))
        elif key:
            self._want(command, (key,))
        else:
            self._keep({**self._own(), command.id: ()})

    def _want(self, command: Command, keys: tuple[str, ...]) -> None:
        rivals = [(key, other) for key in keys for other in self._actions.table.in_the_way(command, key)]
        if not rivals:
            self._set(command, keys)
            return
        key, other = rivals[0]
        self._wanted[command.id] = keys
        self.command_rows[command.id].say(
            self._look.text("keyboard.taken", key=key_text(key), name=self._actions.title(other.id)), may_take=True
        )
        self.command_rows[command.id].take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, command: Command) -> None:
        """The key goes from whoever has it to this command."""
        keys = self._wanted.pop(command.id, None)
        if keys is None:
            return
        own, table = dict(self._own()), self._actions.table
        for key in keys:
            for other in table.in_the_way(command, key):
                held = own.get(other.id, table.usual(other))
                own[other.id] = tuple(each for each in held if not clash(each, key))
        self._set(command, keys, own)

    def _back(self, command: Command) -> None:
        """As the preset has it; where another took that key meanwhile, that is said first."""
        self._wanted.pop(command.id, None)
        self._want(command, self._actions.table.usual(command))

    def _set(self, command: Command, keys: tuple[str, ...], own: Keys | None = None) -> None:
        new = {**(self._own() if own is None else own), command.id: keys}
        if keys == self._actions.table.usual(command):
            del new[command.id]
        self._keep(new)
        row = self.command_rows.get(command.id)
        if row is not None:
            row.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, own: Keys) -> None:
        self._wanted.clear()
        self._settings.change(Keyboard, own=tuple(sorted((name, tuple(keys)) for name, keys in own.items())))
