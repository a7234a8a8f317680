"""Settings, Keyboard: a key is changed by pressing another, conflicts are said and solved, and every change acts at once."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.commands.command import is_bare
from app.runtime.setting_values import MOST_KEYS
from app.runtime.settings import Keyboard
from app.ui.list_keys import MOVES
from app.ui.palette import Palette
from app.ui.settings.key_button import pressed_key
from app.ui.settings.keyboard import CommandRow, KeyboardPane
from app.ui.shortcuts_sheet import ShortcutsSheet
from app.ui.widgets.key_cap import KeyHint, key_text
from app.ui.widgets.row_list import RowList
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


def press(row: CommandRow, key: Qt.Key, *held: Qt.KeyboardModifier, slot: int = 0) -> None:
    button = row.slots[slot].button
    button.setFocus()
    button.click()
    assert button.waiting
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    QTest.keyClick(button, key, modifiers)


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


def slots(row: CommandRow) -> list[str]:
    """What the buttons of its keys say."""
    return [slot.button.text() for slot in row.slots]


def test_one_of_several_keys_is_replaced_and_the_others_stay(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.find")
    assert slots(row) == [key_text(key) for key in keys(shop, "view.find")] == ["/", "Ctrl F"]
    press(row, Qt.Key.Key_F4, slot=1)
    assert (keys(shop, "view.find"), slots(row)) == (("/", "F4"), ["/", "F4"])
    assert QApplication.focusWidget() is row.slots[1].button
    row.back.click()
    assert keys(shop, "view.find") == ("/", "Ctrl+F")


def test_a_key_is_added_beside_those_that_are_there(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.palette")
    row.add.click()
    assert row.sentence.text() == "Esc: leave it as it is.", "there is nothing to take away"
    QTest.keyClick(row.add, Qt.Key.Key_F4)
    assert (keys(shop, "view.palette"), slots(row)) == (("Ctrl+K", "F4"), ["Ctrl K", "F4"])
    assert QApplication.focusWidget() is row.slots[1].button
    assert [each.toString() for each in shop.shell.actions.action("view.palette").shortcuts()] == ["Ctrl+K", "F4"]
    row.add.click()
    QTest.keyClick(row.add, Qt.Key.Key_F4)
    assert keys(shop, "view.palette") == ("Ctrl+K", "F4"), "the same key twice is one"
    row.add.click()
    QTest.keyClick(row.add, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert shop.shell.actions.title("view.new") in row.sentence.text()
    row.take.click()
    assert (keys(shop, "view.palette"), keys(shop, "view.new")) == (("Ctrl+K", "F4", "Ctrl+N"), ())
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F3, Qt.Key.Key_F12):
        assert not row.add.isHidden()
        row.add.click()
        QTest.keyClick(row.add, key)
    assert len(keys(shop, "view.palette")) == MOST_KEYS
    assert row.add.isHidden()


def test_one_key_is_taken_away_and_the_others_stay(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.find")
    assert row.slots[0].away.accessibleName() == f"{shop.shell.actions.title('view.find')}: take / away"
    row.slots[0].away.click()
    assert (keys(shop, "view.find"), slots(row)) == (("Ctrl+F",), ["Ctrl F"])
    row.slots[0].away.click()
    assert (keys(shop, "view.find"), slots(row)) == ((), ["No key"])
    assert row.slots[0].away.isHidden()
    assert row.add.isHidden(), "the button that says so takes one"
    press(row, Qt.Key.Key_Backspace)
    assert keys(shop, "view.find") == ()
    press(row, Qt.Key.Key_F4)
    assert (keys(shop, "view.find"), slots(row)) == (("F4",), ["F4"])
    row.back.click()
    assert slots(row) == ["/", "Ctrl F"]
    assert shop.services.settings.get(Keyboard).own == ()


def test_a_key_that_rests_is_not_lost_when_another_is_changed(shop: Shop, pane: KeyboardPane) -> None:
    shop.services.settings.change(Keyboard, single_keys=False)
    row = row_of(pane, "view.find")
    assert slots(row) == ["Ctrl F"]
    press(row, Qt.Key.Key_F4)
    assert keys(shop, "view.find") == ("F4",)
    shop.services.settings.change(Keyboard, single_keys=True)
    assert keys(shop, "view.find") == ("/", "F4")


def test_a_sequence_that_begins_with_a_key_of_the_same_command_is_told(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.find")
    row.add.click()
    for key in (Qt.Key.Key_Slash, Qt.Key.Key_Y):
        QTest.keyClick(row.add, key)
    title = shop.shell.actions.title("view.find")
    assert row.sentence.text() == f"/ is the key of “{title}”, which would act before / Y is whole."
    row.take.click()
    assert keys(shop, "view.find") == ("Ctrl+F", "/ Y")


def test_bare_keys_and_function_keys_are_taken_too(shop: Shop, pane: KeyboardPane) -> None:
    row = row_of(pane, "view.palette")
    press(row, Qt.Key.Key_F4)
    assert keys(shop, "view.palette") == ("F4",)
    press(row, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert keys(shop, "view.palette") == ("F4",), "another may follow"
    QTest.keyClick(row.key, Qt.Key.Key_Return)
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


# ---- sequences


def strike(pane: KeyboardPane, command: str, *pressed: Qt.Key, context: str = "everywhere") -> CommandRow:
    """Choose the key of a command and press these."""
    row = row_of(pane, command, context)
    press(row, pressed[0])
    for key in pressed[1:]:
        QTest.keyClick(row.key, key)
    return row


def test_two_keys_one_after_the_other_are_a_sequence(shop: Shop, pane: KeyboardPane) -> None:
    row = strike(pane, "view.palette", Qt.Key.Key_Y)
    assert row.key.text() == "Y, then…"
    assert "Enter takes Y alone" in row.sentence.text()
    QTest.keyClick(row.key, Qt.Key.Key_P)
    assert keys(shop, "view.palette") == ("Y P",)
    assert not row.key.waiting
    shop.page.nav.entry().setFocus()
    type_key("y")
    type_key("p")
    assert shop.shell.window.overlay() is not None, "it acts"


def test_a_letter_alone_is_taken_by_enter_or_after_a_moment(shop: Shop, pane: KeyboardPane) -> None:
    strike(pane, "view.palette", Qt.Key.Key_Y, Qt.Key.Key_Return)
    assert keys(shop, "view.palette") == ("Y",)
    row = strike(pane, "view.palette", Qt.Key.Key_Semicolon)
    assert row.key._limit.isActive()
    row.key._limit.timeout.emit()
    assert keys(shop, "view.palette") == (";",)
    assert not row.key._limit.isActive()


def test_backspace_begins_anew_and_escape_and_leaving_change_nothing(shop: Shop, pane: KeyboardPane) -> None:
    row = strike(pane, "view.palette", Qt.Key.Key_Y, Qt.Key.Key_Backspace)
    assert row.key.waiting
    assert row.key.text() == "Press a key"
    QTest.keyClick(row.key, Qt.Key.Key_X)
    QTest.keyClick(row.key, Qt.Key.Key_Escape)
    assert keys(shop, "view.palette") == ("Ctrl+K",)
    row = strike(pane, "view.palette", Qt.Key.Key_Y)
    shop.page.nav.entry().setFocus()
    assert not row.key.waiting
    row.key.settle()
    assert keys(shop, "view.palette") == ("Ctrl+K",)


def test_what_begins_a_sequence_and_what_a_sequence_begins_with_is_explained(shop: Shop, pane: KeyboardPane) -> None:
    registry = shop.shell.actions.registry
    going = next(each for each in registry if any(key.startswith("G ") for key in each.all_keys))
    row = strike(pane, "view.palette", Qt.Key.Key_G, Qt.Key.Key_Return)
    assert keys(shop, "view.palette") == ("Ctrl+K",)
    assert row.sentence.text().startswith("G begins the keys of"), "several sequences at once"
    assert "others" in row.sentence.text()
    row = strike(pane, "view.find", Qt.Key.Key_Z, Qt.Key.Key_Y)
    undo = shop.shell.actions.title("edit.undo")
    assert row.sentence.text() == f"Z is the key of “{undo}”, which would act before Z Y is whole."
    row.take.click()
    assert (keys(shop, "view.find"), keys(shop, "edit.undo")) == (("Z Y", "Ctrl+F"), ("Ctrl+Z",))
    row = strike(pane, "view.palette", Qt.Key.Key_Z, Qt.Key.Key_Return)
    assert row.sentence.text() == f"Z Y (“{shop.shell.actions.title('view.find')}”) begins with Z: only one of the two could act."
    row = strike(pane, "view.palette", Qt.Key.Key_G, Qt.Key.Key_Y)
    assert keys(shop, "view.palette") == ("G Y",), f"beside {going.id}"


def test_keys_of_every_screen_end_no_sequence(shop: Shop, pane: KeyboardPane) -> None:
    row = strike(pane, "view.palette", Qt.Key.Key_Y, Qt.Key.Key_Up)
    assert "every screen" in row.sentence.text()
    assert keys(shop, "view.palette") == ("Ctrl+K",)


def test_without_single_keys_a_letter_is_refused_with_the_reason(shop: Shop, pane: KeyboardPane) -> None:
    shop.services.settings.change(Keyboard, single_keys=False)
    row = strike(pane, "view.palette", Qt.Key.Key_Y, Qt.Key.Key_Return)
    assert "switched off" in row.sentence.text()
    assert keys(shop, "view.palette") == ("Ctrl+K",)


@pytest.mark.parametrize(
    ("code", "text", "held", "taken"),
    [
        (0x424, "", Qt.KeyboardModifier.ControlModifier, "Ctrl+A"),  # Ф, on the place of A
        (0xC9, "é", Qt.KeyboardModifier.ControlModifier, "Ctrl+2"),  # AZERTY
        (0x426, "ц", Qt.KeyboardModifier.NoModifier, "W"),
    ],
)
def test_other_layouts_give_the_letter_of_the_place(code: int, text: str, held: Qt.KeyboardModifier, taken: str) -> None:
    scan = {"Ctrl+A": 38, "Ctrl+2": 11, "W": 25}[taken]
    assert pressed_key(QKeyEvent(QEvent.Type.KeyPress, code, held, scan, 0, 0, text)) == taken


# ---- lists


def test_the_keys_of_lists_are_shown_and_those_that_stay_say_so(shop: Shop, pane: KeyboardPane) -> None:
    pane.choose_screen("lists")
    assert [row.key.text() for row in pane.command_rows.values()] == ["J", "K"]
    hints = [hint.accessibleName() for row in pane._fixed for hint in row.findChildren(KeyHint)]
    assert hints == ["↑ ↓", "Shift ↑ Shift ↓", "Home End", "PgUp PgDn", "↵"] or sys.platform == "darwin"
    pane.choose_screen("everywhere")
    assert pane._fixed == []


def test_another_key_goes_down_in_every_list_and_the_old_one_is_free(shop: Shop, pane: KeyboardPane) -> None:
    look = shop.shell.look
    rows = RowList(look, "Rows")
    rows.setModel(QStringListModel(["one", "two", "three"], rows))
    rows.setParent(shop.shell.window)
    rows.choose(0)
    rows.show()
    strike(pane, "list.next", Qt.Key.Key_Y, context="lists")
    assert not pane.command_rows["list.next"].key.waiting, "no sequence: nothing more is waited for"
    rows.setFocus()
    type_key("j")
    assert rows.current_row == 0
    type_key("y")
    assert rows.current_row == 1
    type_key("k")
    assert rows.current_row == 0
    shop.services.settings.change(Keyboard, single_keys=False)
    type_key("y")
    type_key("j")
    assert rows.current_row == 0
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_row == 1, "arrows always do"
    assert shop.shell.actions.table.now("settings", "J") == ""


def test_a_key_of_lists_is_in_the_way_of_others_and_the_other_way_round(shop: Shop, pane: KeyboardPane) -> None:
    row = strike(pane, "view.palette", Qt.Key.Key_J, Qt.Key.Key_Return)
    assert row.sentence.text() == "J is the key of Next post and Next row."
    row.take.click()
    assert keys(shop, "view.palette") == ("J",)
    assert "J" not in shop.shell.actions.table.moves
    row = strike(pane, "list.previous", Qt.Key.Key_Z, context="lists")
    assert shop.shell.actions.title("edit.undo") in row.sentence.text()
    row.take.click()
    assert shop.shell.actions.table.moves["Z"] == -1
    assert "Z" not in keys(shop, "edit.undo")
    pane.reset.click()
    assert shop.shell.actions.table.moves == MOVES


def test_lists_take_one_bare_key(shop: Shop, pane: KeyboardPane) -> None:
    for key, held in ((Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)):
        row = row_of(pane, "list.next", "lists")
        press(row, key, held)
        assert "without Ctrl" in row.sentence.text()
    assert shop.shell.actions.table.moves == MOVES


def type_key(letter: str) -> None:
    """As a keyboard does, through the router."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, letter)  # type: ignore[call-overload]


# ---- everywhere the same


@pytest.mark.parametrize("key", ["Y", "Y P", "Ctrl+Shift+Y", "F4"])
def test_menus_tooltips_palette_sheet_and_rail_show_the_keys_in_force(shop: Shop, pane: KeyboardPane, key: str) -> None:
    shell = shop.shell
    shop.services.settings.change(Keyboard, own=(("go.today", (key,)),))
    action = shell.actions.action("go.today")
    assert key_text(key) in action.toolTip()
    in_menu = action.text().partition("\t")[2] or action.shortcut().toString()
    assert in_menu == (key_text(key) if is_bare(key) else key)
    assert shell.window.rail.button("today").toolTip().endswith(key_text(key))
    shell.face.show_palette("today")
    (palette,) = shell.window.findChildren(Palette)
    found = palette.rows.current()
    assert found is not None
    assert (found.title, found.keys) == (shell.actions.title("go.today"), (key,))
    shell.face.escape()
    sheet = ShortcutsSheet(shell.look, shell.window, shell.actions, "settings")
    assert key_text(key) in [hint.accessibleName() for hint in sheet.findChildren(KeyHint)]
    sheet.close_now()


def test_the_keys_of_lists_are_on_the_sheet_of_keys_and_in_the_hints(shop: Shop, pane: KeyboardPane) -> None:
    shell = shop.shell
    shop.services.settings.change(Keyboard, own=(("list.next", ("Y",)),))
    sheet = ShortcutsSheet(shell.look, shell.window, shell.actions, "settings")
    hints = [hint.accessibleName() for hint in sheet.findChildren(KeyHint)]
    assert {"Y", "K"} <= set(hints)
    assert shell.actions.table.now("questions", "J") == "Y"
    sheet.close_now()
