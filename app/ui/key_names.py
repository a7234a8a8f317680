"""Which key was pressed, as commands write it, whatever the keyboard's layout.

interface.md section 7: letters by what they type where that is a to z, else by the place of the key on a US keyboard; digits by
place; punctuation by what it types.
"""

from __future__ import annotations

import sys
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

System = Literal["linux", "darwin", "win32"]

FIRST_OF_OTHER_SCRIPTS = 0x370
"""Qt's codes of letters are their Unicode code points; all Latin letters of keyboards lie below this one."""
STRONG = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
"""The modifiers that make a shortcut of a key."""

# linux/input-event-codes.h; X11 and Wayland report the code + 8.
_EVDEV = {
    **dict(zip(range(2, 12), "1234567890", strict=True)),
    **dict(zip(range(16, 26), "QWERTYUIOP", strict=True)),
    **dict(zip(range(30, 39), "ASDFGHJKL", strict=True)),
    **dict(zip(range(44, 51), "ZXCVBNM", strict=True)),
}
# Carbon's kVK_ANSI_*.
_APPLE = {
    0x00: "A", 0x01: "S", 0x02: "D", 0x03: "F", 0x04: "H", 0x05: "G", 0x06: "Z", 0x07: "X", 0x08: "C", 0x09: "V", 0x0B: "B",
    0x0C: "Q", 0x0D: "W", 0x0E: "E", 0x0F: "R", 0x10: "Y", 0x11: "T", 0x1F: "O", 0x20: "U", 0x22: "I", 0x23: "P", 0x25: "L",
    0x26: "J", 0x28: "K", 0x2D: "N", 0x2E: "M",
    0x12: "1", 0x13: "2", 0x14: "3", 0x15: "4", 0x17: "5", 0x16: "6", 0x1A: "7", 0x1C: "8", 0x19: "9", 0x1D: "0",
}  # fmt: skip
_RUSSIAN = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True))
_NAMED = {
    Qt.Key.Key_Space: "Space", Qt.Key.Key_Return: "Return", Qt.Key.Key_Enter: "Return", Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Delete: "Delete", Qt.Key.Key_Backspace: "Backspace", Qt.Key.Key_Up: "Up", Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left", Qt.Key.Key_Right: "Right", Qt.Key.Key_Home: "Home", Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp", Qt.Key.Key_PageDown: "PageDown",
}  # fmt: skip
_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def this_system() -> System:
    return "darwin" if sys.platform == "darwin" else "win32" if sys.platform == "win32" else "linux"


def place_of(event: QKeyEvent, system: System) -> str:
    """The letter or digit printed on a US keyboard at the place of the key; empty where there is none or it is not known."""
    if system == "darwin":
        # 0 is both "A" and "not known"; an event without a scan code and with text is a real key on a Mac.
        return _APPLE.get(event.nativeVirtualKey(), "")
    if system == "win32":
        code = event.nativeVirtualKey()
        return chr(code) if 0x30 <= code <= 0x39 or 0x41 <= code <= 0x5A else ""
    return _EVDEV.get(event.nativeScanCode() - 8, "")


def key_name(event: QKeyEvent, system: System) -> str:
    """How a bare key is written in commands ("E", "3", "Shift+J", "?", "Escape"); empty when it is none."""
    modifiers = event.modifiers()
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    text = event.text()
    strong = modifiers & STRONG
    if strong:
        typed_by_altgr = strong == _ALTGR and len(text) == 1 and text.isprintable() and not text.isalnum()
        return text if typed_by_altgr else ""
    named = _NAMED.get(Qt.Key(event.key()))
    if named:
        return f"Shift+{named}" if shift else named
    place = place_of(event, system)
    if text.isdigit() and text.isascii():
        return text
    if place.isdigit() and not shift:
        return place
    if len(text) == 1 and text.isascii() and text.isprintable() and not text.isalpha():
        return text
    letter = text.upper() if len(text) == 1 and text.isascii() and text.isalpha() else place if not text.isascii() else ""
    if not letter or not letter.isalpha():
        return ""
    return f"Shift+{letter}" if shift else letter


def shifted_digit(event: QKeyEvent, system: System) -> str:
    """ "Shift+1" for Shift and the place of a digit, whatever that types; empty for other keys."""
    place = place_of(event, system)
    shift = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
    return f"Shift+{place}" if shift and place.isdigit() else ""


def printed_letter(key: str) -> str:
    """What a Russian keyboard prints on the place of a Latin letter; empty for other keys."""
    return _RUSSIAN.get(key, "")
