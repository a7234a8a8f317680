"""The key router: finds the command of a bare key on any keyboard layout, and keeps out of the way of typing and input methods.

Rules: interface.md section 7. Modified shortcuts are QActions and none of its business, except that it keeps text fields from
swallowing them and an input method's Ctrl+Enter from sending.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from app.ui.actions import Actions
from app.ui.key_names import (
    FIRST_OF_OTHER_SCRIPTS,
    STRONG,
    System,
    key_name,
    place_of,
    printed_letter,
    shifted_digit,
    this_system,
)

SEQUENCE_MS = 1200
HINT_MS = 400

# What a text field does better than we: its own undo, and ticking all is not what Ctrl+A means there.
_FIELD_KEEPS = frozenset({"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+A"})


def types_text(widget: QWidget | None) -> bool:
    """Whether letters pressed now belong to this widget."""
    if widget is None:
        return False
    if widget.property("typing") is not None:
        return bool(widget.property("typing"))
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox)


class HasMoves(Protocol):
    """A list, which has the property "takesMoves"."""

    moves: Mapping[str, int]


class KeyRouter(QObject):
    """The one event filter of the application."""

    waiting = Signal(list)
    """A sequence waits: [(key, command id)] that may follow; an empty list when it is over."""
    menu_bar_asked = Signal()
    """Alt was pressed and released alone (Windows, Linux)."""

    def __init__(self, actions: Actions, context: Callable[[], str], system: System | None = None) -> None:
        """`context` answers where the focus is ("inbox.reply"), "" while something lies on top that takes all keys."""
        super().__init__()
        self._actions = actions
        self._context = context
        self._system: System = system or this_system()
        self._composing = False
        self._by_keyboard = False
        self._alt_alone = False
        self._cyrillic = False
        self._last_input = time.monotonic()
        self._pending = ""
        self._hint = QTimer(self)
        self._hint.setSingleShot(True)
        self._hint.setInterval(HINT_MS)
        self._hint.timeout.connect(self._show_continuations)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(SEQUENCE_MS)
        self._limit.timeout.connect(self.forget_sequence)

    # ---- what others ask

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word: nothing may be sent."""
        return self._composing

    def by_keyboard(self) -> bool:
        """Whether the keyboard was touched last."""
        return self._by_keyboard

    def seconds_idle(self) -> float:
        """Since the last key or mouse press."""
        return time.monotonic() - self._last_input

    # ---- the filter

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            if isinstance(watched, QWidget) and isinstance(event, QKeyEvent) and self._is_first(watched):
                return self._pressed(watched, event)
        elif kind == QEvent.Type.ShortcutOverride:
            if isinstance(watched, QWidget) and isinstance(event, QKeyEvent) and self._is_first(watched):
                return self._overridden(watched, event)
        elif kind == QEvent.Type.KeyRelease:
            if self._alt_alone and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt and isinstance(watched, QWidget):
                self._alt_alone = False
                self.menu_bar_asked.emit()
        elif kind == QEvent.Type.MouseButtonPress:
            if isinstance(watched, QWidget):
                self._note_input(watched, by_keyboard=False)
                self._alt_alone = False
                self.forget_sequence()
        elif kind == QEvent.Type.Wheel:
            self._last_input = time.monotonic()
        elif kind == QEvent.Type.InputMethod:
            self._last_input = time.monotonic()
            if isinstance(event, QInputMethodEvent):
                self._composing = bool(event.preeditString())
        elif kind == QEvent.Type.FocusOut:
            self._composing = False
        elif kind == QEvent.Type.ToolTip and self._cyrillic and isinstance(watched, QWidget) and isinstance(event, QHelpEvent):
            return _show_printed(watched, event)
        return False

    def forget_sequence(self) -> None:
        """Stop waiting for the second key."""
        self._hint.stop()
        self._limit.stop()
        if self._pending:
            self._pending = ""
            self.waiting.emit([])

    # ---- inside

    def _is_first(self, watched: QWidget) -> bool:
        """Only the first receiver counts: an ignored key travels up through the parents."""
        focus = QApplication.focusWidget()
        return watched is focus if focus is not None else watched.isWindow()

    def _note_input(self, watched: QWidget, *, by_keyboard: bool) -> None:
        self._last_input = time.monotonic()
        if by_keyboard != self._by_keyboard:
            self._by_keyboard = by_keyboard
            # Delegates learn of it as `State_KeyboardFocusChange` and draw the ring inside the row.
            watched.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_keyboard)

    def _pressed(self, watched: QWidget, event: QKeyEvent) -> bool:
        self._note_input(watched, by_keyboard=True)
        if event.text().isalpha():
            self._cyrillic = "\u0400" <= event.text()[0] <= "\u04ff"
        self._alt_alone = event.key() == Qt.Key.Key_Alt and self._system != "darwin"
        if self._composing or QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            return False
        if watched.property("takesAll"):  # the next key is asked for there
            return False
        if self._run_digit(event) or self._run_letter(watched, event):
            return True
        name = key_name(event, self._system)
        if not self._pending and (name in (watched.property("ownKeys") or ()) or self._moves_in(watched, name)):
            return False
        context = self._context()
        name = self._by_place(context, event) or name
        if name == "Return" and isinstance(watched, QAbstractButton):  # in a sheet too, where no command has a key
            watched.click()
            return True
        if not context or not name:
            if name == "" and event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
                self.forget_sequence()
            return False
        if types_text(watched) and name != "Escape":
            return False
        if name == "Space" and isinstance(watched, QAbstractButton):
            return False
        if self._pending:
            return self._continue(context, name)
        return self._dispatch(context, name)

    def _moves_in(self, watched: QWidget, name: str) -> bool:
        """Whether a list goes to another row by this key; it is told which keys do that now."""
        if not watched.property("takesMoves"):
            return False
        rows = cast(HasMoves, watched)
        rows.moves = self._actions.table.moves
        return name in rows.moves  # with Shift a command comes first, and the list only where there is none

    def _run_digit(self, event: QKeyEvent) -> bool:
        """Ctrl and a digit's place where that key types something else (AZERTY's é): Qt's shortcuts go by what is typed."""
        digit = place_of(event, self._system)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.ControlModifier or not digit.isdigit() or event.key() == ord(digit):
            return False
        applying = [name for name in self._actions.table.command_of(f"Ctrl+{digit}") if self._actions.applies(name)]
        if applying:
            self._actions.run(applying[0])
        return bool(applying)

    def _run_letter(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Ctrl and a letter's place where no Latin letter is typed. With a Latin layout beside it Qt finds the letter by itself and never
        asks here; on a computer with a Russian layout alone it does not, and Ctrl+C would not copy.
        """
        letter = place_of(event, self._system)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        strong = held & ~Qt.KeyboardModifier.ShiftModifier
        if strong != Qt.KeyboardModifier.ControlModifier or not letter.isalpha() or event.key() < FIRST_OF_OTHER_SCRIPTS:
            return False
        sequence = f"Ctrl+Shift+{letter}" if held & Qt.KeyboardModifier.ShiftModifier else f"Ctrl+{letter}"
        applying = [name for name in self._actions.table.command_of(sequence) if self._actions.applies(name)]
        if applying and not (sequence in _FIELD_KEEPS and types_text(watched)):
            self._actions.run(applying[0])
        else:
            QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, ord(letter), held))
        return True

    def _by_place(self, context: str, event: QKeyEvent) -> str:
        """Shift and a digit's place, where a command of the context wants that: what it types ("!", on AZERTY "1") does not count then."""
        digit = shifted_digit(event, self._system)
        commands = self._actions.registry.in_context(context) if digit else []
        return digit if any(digit in self._actions.table.bare(command) for command in commands) else ""

    def _dispatch(self, context: str, name: str) -> bool:
        for command in self._actions.registry.in_context(context):
            if name in self._actions.table.bare(command) and self._actions.applies(command.id):
                self._actions.run(command.id)
                return True
        if self._continuations(context, name):
            self._pending = name
            self._hint.start()
            if not QAccessible.isActive():
                self._limit.start()
            return True
        return False

    def _continue(self, context: str, name: str) -> bool:
        wanted = f"{self._pending} {name}"
        self.forget_sequence()
        for command in self._actions.registry.in_context(context):
            if wanted in self._actions.table.bare(command) and self._actions.applies(command.id):
                self._actions.run(command.id)
                break
        return True

    def _continuations(self, context: str, first: str) -> list[tuple[str, str]]:
        return [
            (key.split(" ", 1)[1], command.id)
            for command in self._actions.registry.in_context(context)
            for key in self._actions.table.bare(command)
            if key.startswith(f"{first} ") and self._actions.applies(command.id)
        ]

    def _show_continuations(self) -> None:
        if self._pending:
            self.waiting.emit(self._continuations(self._context(), self._pending))

    def _overridden(self, watched: QWidget, event: QKeyEvent) -> bool:
        """A key that may be a shortcut is about to be offered to the focused widget first."""
        self._note_input(watched, by_keyboard=True)
        if self._composing:
            event.accept()  # it belongs to the input method: no shortcut, Ctrl+Enter least of all
            return True
        if not types_text(watched) or not event.modifiers() & STRONG:
            return False
        combination = QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key()))
        sequence = QKeySequence(combination).toString()
        commands = self._actions.table.command_of(sequence.replace("Enter", "Return"))
        if sequence in _FIELD_KEEPS or not any(self._actions.applies(command_id) for command_id in commands):
            return False
        event.ignore()  # ours: the field must not take it (Ctrl+K would delete the line's end)
        return True


def _show_printed(widget: QWidget, event: QHelpEvent) -> bool:
    """A tooltip that ends in a bare letter adds what a Russian keyboard prints there: "Done  E · У"."""
    name, gap, key = widget.toolTip().rpartition("  ")
    printed = printed_letter(key) if gap else ""
    if printed:
        QToolTip.showText(event.globalPos(), f"{name}  {key} · {printed}", widget)
    return bool(printed)
