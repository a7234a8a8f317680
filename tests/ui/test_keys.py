"""The router brings a bare key to its command on every layout, and keeps out of the way of typing and input methods."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPlainTextEdit, QToolTip, QWidget

from app.runtime.words import Message
from app.ui.keys import HINT_MS, KeyRouter, types_text
from app.ui.shell import Shell
from tests.ui.stand_ins import PlainPage
from tests.ui.test_key_names import CTRL, NONE, SHIFT, pressed

LAYOUTS = {
    "us": ("e", "E"),
    "ru": ("у", "E"),
    "fr": ("e", "E"),
    "es-latam": ("e", "E"),
    "zh-pinyin": ("e", "E"),
}


def page(shell: Shell) -> PlainPage:
    shown = shell.window.page()
    assert isinstance(shown, PlainPage)
    return shown


def press(target: QWidget, *arguments: Any, **named: Any) -> bool:
    """Send a key as the platform does; whether anybody took it."""
    event = pressed(*arguments, **named)
    event.setAccepted(True)
    QCoreApplication.sendEvent(target, event)
    return event.isAccepted()


@pytest.fixture
def button(shell: Shell) -> QWidget:
    """Has the focus and takes no text."""
    button = page(shell).button
    button.setFocus()
    return button


@pytest.fixture
def field(shell: Shell) -> QWidget:
    """Has the focus and takes text."""
    field = page(shell).field
    field.setFocus()
    return field


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_letter_is_its_command_on_every_layout(layout: str, button: QWidget, log: list[str]) -> None:
    press(button, *LAYOUTS[layout])
    assert log == ["done"]


def test_digits_count_by_their_place_on_azerty(button: QWidget, log: list[str]) -> None:
    press(button, "&", "1")
    assert log == ["first"]


def test_shift_makes_another_key(button: QWidget, log: list[str]) -> None:
    press(button, "О", "J", SHIFT)
    press(button, "!", "1", SHIFT)
    assert log == ["extend", "spam"]


@pytest.mark.parametrize("typed", ["@", '"', "2"])
def test_shift_and_a_digit_count_by_their_place_where_a_command_wants_them(
    typed: str, button: QWidget, log: list[str]
) -> None:
    press(button, typed, "2", SHIFT)
    assert log == ["send second"]


def test_letters_belong_to_a_text_field_that_has_the_focus(field: Any, log: list[str]) -> None:
    press(field, "e", "E")
    assert log == []
    assert field.text() == "e"


def test_escape_acts_in_a_text_field_too(shell: Shell, field: QWidget) -> None:
    press(field, "", "", NONE, Qt.Key.Key_Escape)
    assert "escape" in page(shell).heard
    assert QApplication.focusWidget() is page(shell).button


def test_a_key_whose_command_does_not_apply_is_left_to_the_widget(shell: Shell, button: QWidget, log: list[str]) -> None:
    page(shell).conversation = None
    assert not press(button, "e", "E")
    assert log == []


def test_nothing_is_routed_while_an_input_method_composes(shell: Shell, button: QWidget, log: list[str]) -> None:
    QCoreApplication.sendEvent(button, QInputMethodEvent("ni", []))
    assert shell.router.composing
    press(button, "e", "E")
    assert log == []
    QCoreApplication.sendEvent(button, QInputMethodEvent("", []))
    press(button, "e", "E")
    assert log == ["done"]


def test_ctrl_enter_does_not_send_while_an_input_method_composes(shell: Shell, field: QWidget) -> None:
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, CTRL, "\r")
    QCoreApplication.sendEvent(field, QInputMethodEvent("ni", []))
    assert shell.router.eventFilter(field, override)
    assert override.isAccepted()  # taken: Qt looks for no shortcut
    QCoreApplication.sendEvent(field, QInputMethodEvent("", []))
    shell.router.eventFilter(field, override)
    assert not override.isAccepted()


def test_ctrl_enter_sends_from_the_field(shell: Shell, field: QWidget, log: list[str]) -> None:
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert log == ["send"]


def test_a_field_does_not_swallow_our_shortcuts_but_keeps_its_own_undo(shell: Shell, field: QWidget) -> None:
    for key, ours in ((Qt.Key.Key_K, True), (Qt.Key.Key_L, True), (Qt.Key.Key_Z, False), (Qt.Key.Key_A, False), (Qt.Key.Key_C, False)):
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL, "")
        assert shell.router.eventFilter(field, override) is ours


@pytest.mark.parametrize(("text", "place"), [("д", "L"), ("λ", "L")])
def test_ctrl_and_a_letters_place_is_its_shortcut_where_no_latin_letter_is_typed(text: str, place: str, button: QWidget, log: list[str]) -> None:
    press(button, text, place, CTRL)
    assert log == ["tracked"]


def test_a_text_field_copies_and_pastes_on_a_keyboard_without_latin_letters(field: Any, qapp: QApplication) -> None:
    field.setText("Hola")
    field.selectAll()
    press(field, "с", "C", CTRL)
    assert QApplication.clipboard().text() == "Hola"
    press(field, "м", "V", CTRL)
    press(field, "м", "V", CTRL)
    assert field.text() == "HolaHola"


def test_a_sequence_waits_for_its_second_key(shell: Shell, button: QWidget) -> None:
    press(button, "g", "G")
    assert shell.router._pending == "G"
    press(button, "t", "T")
    assert shell.window.current == "today"


def test_a_sequence_works_on_a_russian_keyboard(shell: Shell, button: QWidget) -> None:
    press(button, "п", "G")
    press(button, "е", "T")
    assert shell.window.current == "today"


def test_the_footer_shows_how_a_sequence_may_go_on(shell: Shell, button: QWidget) -> None:
    press(button, "g", "G")
    assert shell.router._hint.interval() == HINT_MS
    shell.router._hint.timeout.emit()
    assert (("I",), "Go to Inbox") in shell.window.footer.hints()
    shell.router._limit.timeout.emit()
    assert (("J", "K"), "do it") in shell.window.footer.hints()


def test_an_unknown_second_key_ends_the_sequence_and_does_nothing(shell: Shell, button: QWidget, log: list[str]) -> None:
    press(button, "g", "G")
    press(button, "e", "E")
    press(button, "x", "X")
    assert shell.router._pending == ""
    press(button, "g", "G")
    press(button, "x", "X")
    assert log == []
    assert shell.window.current == "inbox"


def test_switched_off_single_keys_do_nothing_but_escape(shell: Shell, button: QWidget, log: list[str]) -> None:
    shell.actions.choose_keys(single_keys=False)
    assert not press(button, "e", "E")
    press(button, "", "", NONE, Qt.Key.Key_Escape)
    assert log == []
    assert "escape" in page(shell).heard


def test_return_presses_a_focused_button(shell: Shell, button: Any, log: list[str]) -> None:
    clicks: list[int] = []
    button.clicked.connect(lambda: clicks.append(1))
    press(button, "\r", "", NONE, Qt.Key.Key_Return)
    assert clicks == [1]
    assert log == []


def test_keys_a_widget_handles_itself_are_left_to_it(shell: Shell, button: QWidget, log: list[str]) -> None:
    button.setProperty("ownKeys", ["E"])
    press(button, "e", "E")
    assert log == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_keys_rest_while_a_menu_or_the_palette_is_open(shell: Shell, button: QWidget, log: list[str]) -> None:
    menu = QMenu()
    menu.addAction(shell.actions.action("go.today"))
    menu.popup(shell.window.pos())
    press(button, "e", "E")
    menu.close()
    shell.face.show_palette()
    page(shell).button.setFocus()
    press(button, "e", "E")
    assert log == []


def test_the_router_knows_whether_keyboard_or_mouse_was_last(shell: Shell, button: QWidget) -> None:
    press(button, "e", "E")
    assert shell.router.by_keyboard()
    at = QPointF(1, 1)
    left = Qt.MouseButton.LeftButton
    QCoreApplication.sendEvent(button, QMouseEvent(QEvent.Type.MouseButtonPress, at, at, left, left, NONE))
    assert not shell.router.by_keyboard()
    assert shell.router.seconds_idle() < 60


def test_alt_alone_asks_for_the_menu_bar(qapp: QApplication, button: QWidget, shell: Shell) -> None:
    router = KeyRouter(shell.actions, lambda: "inbox", "linux")
    asked: list[int] = []
    router.menu_bar_asked.connect(lambda: asked.append(1))
    down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    up = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, NONE)
    router.eventFilter(button, down)
    router.eventFilter(button, up)
    assert asked == [1]
    router.eventFilter(button, down)
    router.eventFilter(button, pressed("x", "X", Qt.KeyboardModifier.AltModifier))
    router.eventFilter(button, up)
    assert asked == [1]


def test_what_types_text_is_known(qapp: QApplication) -> None:
    text = QPlainTextEdit()
    assert types_text(text)
    text.setReadOnly(True)
    assert not types_text(text)
    assert types_text(QComboBox())
    assert not types_text(None)
    plain = QWidget()
    plain.setProperty("typing", True)
    assert types_text(plain)


def test_on_a_russian_keyboard_tooltips_add_the_printed_letter(shell: Shell, button: QWidget) -> None:
    button.setToolTip("Done  E")
    asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), QPoint(1, 1))
    press(button, "e", "E")
    assert not shell.router.eventFilter(button, asked)
    press(button, "у", "E")
    assert shell.router.eventFilter(button, asked)
    assert QToolTip.text() == "Done  E · У"
    button.setToolTip("Done  Ctrl E")
    assert not shell.router.eventFilter(button, asked)
    QToolTip.hideText()


def test_return_presses_the_button_of_a_sheet_where_no_command_has_a_key(shell: Shell, log: list[str]) -> None:
    answers: list[int] = []
    shell.face.ask(Message("shell.crash_title"), [Message("shell.crash_copy"), Message("shell.crash_go_on")], answers.append)
    focus = QApplication.focusWidget()
    assert focus is not None
    press(focus, "\r", key=Qt.Key.Key_Return)
    assert answers == [0]
    assert log == []
