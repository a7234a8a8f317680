"""A button that shows a key of an act, or that one may be added, and takes another: one key, or two of them one after the other ("G T")."""

from __future__ import annotations

import string

from PySide6.QtCore import QEvent, QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QKeySequence

from app.commands.command import is_bare
from app.ui.key_names import FIRST_OF_OTHER_SCRIPTS, STRONG, key_name, place_of, shifted_digit, this_system
from app.ui.key_table import is_character_key
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.key_cap import key_text

SECOND_MS = 1500
"""So long a second key is waited for; without a limit while a screen reader is at work."""
_NAMED = [
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
]
_BARE = [*string.printable.strip(), *string.ascii_uppercase, *string.digits, *_NAMED]
ALL_BARE = [*_BARE, *(f"Shift+{key}" for key in _BARE)]
_ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock)


class KeyButton(Button):
    """Pressed, it takes the next key as the new one; after a letter, digit or sign another may follow within a moment."""

    taken = Signal(str)
    """What was pressed, as commands write it; empty for none at all."""
    waits = Signal(bool)
    """A key is waited for, or no longer."""
    begun = Signal(str)
    """The first key, after which another may follow."""

    def __init__(self, look: Look, name: str, *, sequences: bool = True, adds: bool = False) -> None:
        """`adds`: it stands beside keys that are there already, for one more."""
        super().__init__(look, "", size="small", clicked=self._begin)
        self._name = name
        self._adds = adds
        self._key_of = ""
        self._first = ""
        self._sequences = sequences
        self.waiting = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(SECOND_MS)
        self._limit.timeout.connect(self.settle)

    def show_key(self, key: str) -> None:
        """Empty for none."""
        self._key_of = key
        self._stop()

    def settle(self) -> None:
        """No second key comes: the first is all."""
        first = self._first
        if first:
            self._stop()
            self.taken.emit(first)

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

    # ---- inside

    def _begin(self) -> None:
        self.waiting = True
        self._first = ""
        self.choose_icon(None)
        self.setProperty("takesAll", True)  # the key router leaves all of them to us
        self._say("keyboard.press", "keyboard.press_for")
        self.waits.emit(True)

    def _say(self, shown: str, name: str, **values: str) -> None:
        self.setText(self._look.text(shown, **values))
        self.setAccessibleName(self._look.text(name, name=self._name, **values))

    def _stop(self) -> None:
        self.waiting = False
        self._first = ""
        self._limit.stop()
        self.setProperty("takesAll", False)
        if self._adds:
            self.setText("")
            self.choose_icon("plus")
            self.setToolTip(self._look.text("keyboard.add"))
            self.setAccessibleName(self._look.text("keyboard.add_for", name=self._name))
        else:
            shown = key_text(self._key_of) if self._key_of else self._look.text("keyboard.none")
            self.setText(shown)
            self.setAccessibleName(self._look.text("keyboard.key_of", name=self._name, key=shown))
        self.waits.emit(False)

    def _pressed(self, event: QKeyEvent) -> None:
        if event.key() in _ALONE or event.isAutoRepeat():
            return
        key = pressed_key(event)
        if key == "Escape":
            self._stop()
        elif self._first:
            self._second(key)
        elif key and self._sequences and is_character_key(key):
            self._first = key
            self._say("keyboard.press_second", "keyboard.press_second_for", key=key_text(key))
            self.begun.emit(key)
            if not QAccessible.isActive():
                self._limit.start()
        elif key:
            self._stop()
            self.taken.emit("" if key == "Backspace" else key)

    def _second(self, key: str) -> None:
        """Return ends, Backspace begins anew; what has a modifier cannot follow."""
        first = self._first
        if key == "Return":
            self.settle()
        elif key == "Backspace":
            self._limit.stop()
            self._begin()
        elif key and is_bare(key):
            self._stop()
            self.taken.emit(f"{first} {key}")


def pressed_key(event: QKeyEvent) -> str:
    """A key, bare or modified, as commands write it; empty where it cannot be told."""
    system = this_system()
    if not event.modifiers() & STRONG and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return shifted_digit(event, system) or key_name(event, system)
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    code, place = event.key(), place_of(event, system)
    if place and ((code >= FIRST_OF_OTHER_SCRIPTS and code < Qt.Key.Key_Escape) or place.isdigit()):
        code = ord(place)  # by its place: another script, or a row of digits that types something else
    return QKeySequence(QKeyCombination(held, Qt.Key(code))).toString().replace("Enter", "Return")
