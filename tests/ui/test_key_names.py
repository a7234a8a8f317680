"""Keys of five layouts, as the systems report them, are read as commands write them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.key_names import key_name, printed_letter, shifted_digit, this_system

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

# linux/input-event-codes.h
EVDEV = {
    "1": 2, "2": 3, "3": 4, "Q": 16, "W": 17, "E": 18, "R": 19, "T": 20, "Y": 21, "U": 22, "I": 23, "O": 24, "P": 25,
    "A": 30, "S": 31, "D": 32, "F": 33, "G": 34, "H": 35, "J": 36, "K": 37, "L": 38,
    "Z": 44, "X": 45, "C": 46, "V": 47, "B": 48, "N": 49, "M": 50, "/": 53,
}  # fmt: skip


def pressed(text: str, place: str = "", modifiers: Qt.KeyboardModifier = NONE, key: int = 0, virtual: int = 0) -> QKeyEvent:
    scan = EVDEV[place] + 8 if place else 0
    code = key or (ord(text.upper()) if len(text) == 1 else 0)
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("text", "place", "modifiers", "name"),
    [
        # US
        ("e", "E", NONE, "E"), ("E", "E", NONE, "E"), ("J", "J", SHIFT, "Shift+J"), ("1", "1", NONE, "1"), ("?", "/", SHIFT, "?"), ("!", "1", SHIFT, "!"),
        # Russian: the letter printed there is another, its place counts
        ("у", "E", NONE, "E"), ("о", "J", NONE, "J"), ("О", "J", SHIFT, "Shift+J"), ("я", "Z", NONE, "Z"), (",", "/", SHIFT, ","),
        # French AZERTY: letters by what they type, digits by their place
        ("a", "Q", NONE, "A"), ("z", "W", NONE, "Z"), ("&", "1", NONE, "1"), ("é", "2", NONE, "2"), ('"', "3", NONE, "3"), ("1", "1", SHIFT, "1"),
        # Spanish, Latin America: a letter of its own is no command
        ("ñ", "", NONE, ""), ("j", "J", NONE, "J"),
        # Chinese pinyin, input method off
        ("n", "N", NONE, "N"), ("？", "/", SHIFT, ""),
        # Greek, Arabic
        ("ε", "E", NONE, "E"), ("ث", "E", NONE, "E"),
    ],
)  # fmt: skip
def test_a_key_of_any_layout_is_read_on_linux(text: str, place: str, modifiers: Qt.KeyboardModifier, name: str) -> None:
    assert key_name(pressed(text, place, modifiers), "linux") == name


def test_windows_tells_the_place_by_its_virtual_key() -> None:
    assert key_name(pressed("у", virtual=0x45), "win32") == "E"
    assert key_name(pressed("&", virtual=0x31), "win32") == "1"


def test_a_mac_tells_the_place_by_its_key_code() -> None:
    assert key_name(pressed("у", virtual=0x0E), "darwin") == "E"
    assert key_name(pressed("&", virtual=0x12), "darwin") == "1"
    assert key_name(pressed("j", virtual=0x26), "darwin") == "J"


@pytest.mark.parametrize(
    ("key", "modifiers", "name"),
    [(Qt.Key.Key_Escape, NONE, "Escape"), (Qt.Key.Key_Space, SHIFT, "Shift+Space"), (Qt.Key.Key_Enter, NONE, "Return"), (Qt.Key.Key_Up, NONE, "Up")],
)
def test_keys_without_a_letter_have_names(key: Qt.Key, modifiers: Qt.KeyboardModifier, name: str) -> None:
    assert key_name(pressed("", "", modifiers, key), "linux") == name


def test_shortcuts_are_not_bare_keys() -> None:
    assert key_name(pressed("\x0b", "K", CTRL, Qt.Key.Key_K), "linux") == ""


def test_punctuation_typed_with_altgr_counts_and_letters_do_not() -> None:
    assert key_name(pressed("[", "", ALTGR), "win32") == "["
    assert key_name(pressed("é", "E", ALTGR), "win32") == ""


def test_this_system_is_one_of_three() -> None:
    assert this_system() in ("linux", "darwin", "win32")


def test_a_russian_keyboard_prints_other_letters_on_the_keys() -> None:
    assert [printed_letter(key) for key in ("E", "J", "M", "1", "Shift+J")] == ["У", "О", "Ь", "", ""]


@pytest.mark.parametrize(("text", "place"), [("!", "1"), ("1", "1"), ('"', "2"), ("№", "3"), ("é", "2")])
def test_shift_and_a_digit_are_told_by_the_place(text: str, place: str) -> None:
    assert shifted_digit(pressed(text, place, SHIFT), "linux") == f"Shift+{place}"
    assert shifted_digit(pressed(text, place), "linux") == ""
    assert shifted_digit(pressed(text, place, SHIFT | CTRL), "linux") == ""


def test_shift_and_a_digit_on_other_systems() -> None:
    assert shifted_digit(pressed("!", modifiers=SHIFT, virtual=0x31), "win32") == "Shift+1"
    assert shifted_digit(pressed("!", modifiers=SHIFT, virtual=0x12), "darwin") == "Shift+1"
    assert shifted_digit(pressed("J", "J", SHIFT), "linux") == ""
