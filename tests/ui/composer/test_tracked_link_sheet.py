"""Ctrl+L: a link into the words where the cursor stands, or another in the place of the one it stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ui.composer.editor import PartEditor
from app.ui.composer.tracked_link_sheet import TrackedLinkSheet
from tests.ui.composer.conftest import Window
from tests.ui.shop import nameless

CONTROL = Qt.KeyboardModifier.ControlModifier


def asked(window: Window, text: str, at: int) -> tuple[TrackedLinkSheet, PartEditor]:
    QGuiApplication.clipboard().setText("")
    window.open(new=True, text=text)
    editor = window.page.bench.text.editors()[0]
    editor.setFocus()
    cursor = editor.textCursor()
    cursor.setPosition(at)
    editor.setTextCursor(cursor)
    window.press(Qt.Key.Key_L, CONTROL)
    return window.shell.window.findChildren(TrackedLinkSheet)[-1], editor


def give(window: Window, sheet: TrackedLinkSheet, address: str) -> None:
    sheet.address.line.setFocus()
    sheet.address.line.selectAll()
    window.type(address)
    window.press(Qt.Key.Key_Return)


def test_a_link_goes_where_the_cursor_stands(window: Window) -> None:
    sheet, editor = asked(window, "Mira hoy", 4)
    assert nameless(sheet) == []
    give(window, sheet, "discosaurora.mx/marea")
    assert editor.toPlainText() == "Mira discosaurora.mx/marea hoy"
    assert window.draft.parts == ("Mira discosaurora.mx/marea hoy",)
    assert QApplication.focusWidget() is editor
    editor.undo()
    assert editor.toPlainText() == "Mira hoy", "one step back"


def test_the_link_the_cursor_is_in_is_changed(window: Window) -> None:
    sheet, editor = asked(window, "🎶 Mira https://discosaurora.mx/a y ya", 18)
    assert sheet.address.text == "https://discosaurora.mx/a"
    give(window, sheet, "https://discosaurora.mx/b")
    assert editor.toPlainText() == "🎶 Mira https://discosaurora.mx/b y ya"


def test_what_is_no_address_is_not_put_in(window: Window) -> None:
    sheet, editor = asked(window, "Mira", 4)
    give(window, sheet, "no es nada")
    assert sheet.isVisible()
    assert editor.toPlainText() == "Mira"
    window.press(Qt.Key.Key_Escape)
    assert editor.toPlainText() == "Mira"


def test_whether_clicks_are_counted_is_chosen_along(window: Window) -> None:
    sheet, _ = asked(window, "Mira", 4)
    sheet.switch.click()
    give(window, sheet, "discosaurora.mx/marea")
    assert not window.draft.track_clicks


def test_the_address_on_the_clipboard_is_offered(window: Window) -> None:
    QGuiApplication.clipboard().setText("https://discosaurora.mx/copiado")
    window.open(new=True, text="Mira")
    window.run("composer.link")
    sheet = window.shell.window.findChildren(TrackedLinkSheet)[-1]
    assert sheet.address.text == "https://discosaurora.mx/copiado"
    QGuiApplication.clipboard().setText("")
