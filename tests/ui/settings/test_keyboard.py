"""Settings, Keyboard: a key is changed by pressing another, conflicts are said and solved, and every change acts at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.runtime.settings import Keyboard
from app.ui.settings.keyboard import CommandRow, KeyboardPane
from tests.ui.settings.conftest import Shop


@pytest.fixture
def pane(shop: Shop) -> KeyboardPane:
    shop.shell.window.show_page("settings", section="keyboard")
    found = shop.page.stack.currentWidget()
    assert isinstance(found, KeyboardPane)
    found.choose_screen("settings")
    return found


def row_of(pane: KeyboardPane, command: str, context: str = "everywhere") -> CommandRow:
    pane.choose_screen(context)
    return pane.command_rows[command]


def press(row: CommandRow, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    row.key.setFocus()
    row.key.click()
    assert row.key.waiting
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    QTest.keyClick(row.key, key, modifiers)


def keys(shop: Shop, command: str) -> tuple[str, ...]:
    return shop.shell.actions.keys(command)


def test_a_key_is_changed_by_pressing_another_and_back(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.palette")
    assert keys(shop, "view.palette") == ("Ctrl+K",)
    press(row, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert keys(shop, "view.palette") == ("Ctrl+U",)
    action = shop.shell.actions.action("view.palette")
    assert [each.toString() for each in action.shortcuts()] == ["Ctrl+U"]
    assert action in shop.shell.window.actions()
    assert not row.back.isHidden()
    row.back.click()
    assert keys(shop, "view.palette") == ("Ctrl+K",)
    assert shop.shell.actions.table.command_of("Ctrl+U") == []


def test_a_key_of_another_command_is_said_and_taken_only_on_request(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.palette")
    press(row, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert keys(shop, "view.palette") == ("Ctrl+K",)
    assert "Ctrl N" in row.sentence.text()
    assert shop.shell.actions.title("view.new") in row.sentence.text()
    row.take.click()
    assert (keys(shop, "view.palette"), keys(shop, "view.new")) == (("Ctrl+N",), ())
    row_of(pane, "view.new").back.click()  # its key is another's now: asked again
    assert keys(shop, "view.new") == ()
    pane.reset.click()
    assert (keys(shop, "view.palette"), keys(shop, "view.new")) == (("Ctrl+K",), ("Ctrl+N",))
    assert shop.services.settings.get(Keyboard).own == ()


def test_keys_of_the_system_are_refused_and_escape_leaves_all_as_it_is(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.palette")
    for key, held in (
        (Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    ):
        press(row, key, held)
        assert row.sentence.text()
        assert keys(shop, "view.palette") == ("Ctrl+K",)
    press(row, Qt.Key.Key_Escape)
    assert keys(shop, "view.palette") == ("Ctrl+K",)
    assert not row.key.waiting


def test_a_command_can_have_no_key(shop: Shop, pane: KeyboardPane) -> None:
    press(row_of(pane, "view.palette"), Qt.Key.Key_Backspace)
    assert keys(shop, "view.palette") == ()


def test_bare_keys_and_function_keys_are_taken_too(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.palette")
    press(row, Qt.Key.Key_F4)
    assert keys(shop, "view.palette") == ("F4",)
    press(row, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert keys(shop, "view.palette") == ("Shift+Y",)
    assert shop.shell.actions.table.bare(shop.shell.actions.registry["view.palette"]) == ("Shift+Y",)


def test_a_preset_changes_keys_at_once(shop: Shop, pane: KeyboardPane) -> None:
    before = keys(shop, "sync.now") if "sync.now" in shop.shell.actions.registry else ()
    shop.services.settings.change(Keyboard, preset="gmail")
    if before:
        assert keys(shop, "sync.now") == ("Shift+N", "F5")
    shop.services.settings.change(Keyboard, preset="modifiers")
    assert not shop.shell.actions.table.single_keys
    shop.services.settings.change(Keyboard, preset="tertulia")
    assert shop.shell.actions.table.single_keys
