"""Settings, Data, the lock: setting the passphrase, changing it, doing without, and where it cannot be had."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from app.runtime.errors import NoKeyring
from app.runtime.settings import Lock
from app.ui.settings.data import LOCK_SHOWN
from app.ui.settings.form import SettingRow
from app.ui.widgets.button import Button
from tests.ui.fake_locking import RIGHT
from tests.ui.settings.test_data import overlay, press, said_in, section
from tests.ui.shop import Shop, nameless


def sheet_for(shop: Shop, purpose: str) -> Any:
    shop.shell.window.show_page("settings", section="data", lock=purpose)
    return overlay(shop)


def buttons(widget: Any) -> list[str]:
    return [button.text() for button in widget.findChildren(Button) if button.isVisibleTo(widget)]


def test_a_passphrase_is_set_with_two_fields_alike(shop: Shop) -> None:
    sheet = sheet_for(shop, "set")
    assert nameless(sheet) == []
    assert "tertulia lock remove" in said_in(sheet)
    assert "encrypts nothing" in said_in(sheet)
    sheet.passphrase.line.setText(RIGHT)
    sheet.again.line.setText("otra")
    sheet.accept()
    assert sheet.again.line.accessibleDescription() == "The two are not the same."
    for text in ("corta", "una nueva"):
        sheet.passphrase.line.setText(text)
        sheet.again.line.setText(text)
        sheet.accept()
        overlay(shop)
        if text == "corta":
            assert "at least 6" in sheet.passphrase.line.accessibleDescription()
    assert shop.services.settings.get(Lock).on
    assert shop.services.locking.passphrase == "una nueva"
    assert shop.said()[-1].startswith("The passphrase is set.")


def test_changing_it_asks_for_the_present_one(shop: Shop) -> None:
    shop.services.settings.change(Lock, on=True)
    sheet = sheet_for(shop, "set")
    assert sheet.current.isVisibleTo(sheet)
    for current in ("no es", RIGHT):
        sheet.current.line.setText(current)
        sheet.passphrase.line.setText("una nueva")
        sheet.again.line.setText("una nueva")
        sheet.accept()
        overlay(shop)
        assert shop.services.locking.passphrase == ("una nueva" if current == RIGHT else RIGHT)


def test_doing_without_asks_for_it_and_shows_the_other_row(shop: Shop) -> None:
    shop.services.settings.change(Lock, on=True)
    sheet = sheet_for(shop, "off")
    sheet.current.line.setText("no es")
    sheet.accept()
    overlay(shop)
    assert shop.services.settings.get(Lock).on
    sheet.current.line.setText(RIGHT)
    press(sheet, "Turn off")
    overlay(shop)
    assert not shop.services.settings.get(Lock).on
    QApplication.processEvents()
    assert "Turn the lock off…" not in buttons(shop.page.stack.currentWidget())


def test_without_a_keyring_it_says_so_and_offers_nothing(shop: Shop) -> None:
    shop.services.locking.why = NoKeyring("gnome-keyring").message
    sheet = sheet_for(shop, "set")
    assert "cannot be had here" in said_in(sheet)
    assert "gnome-keyring" in said_in(sheet)
    assert not sheet.go.isEnabled()
    assert not sheet.passphrase.isEnabled()
    assert sheet.cancel.hasFocus(), "the keyboard is not lost with the fields"


def test_when_it_locks_is_set_where_there_is_a_passphrase(shop: Shop) -> None:
    pane = section(shop, [])
    assert "Passphrase of the window…" in buttons(pane)
    count = len(pane.findChildren(SettingRow))
    shop.services.settings.change(Lock, on=True)
    shop.page._remake()
    pane = section(shop, [])
    assert {"Passphrase of the window…", "Turn the lock off…", "Lock"} <= set(buttons(pane))
    assert len(pane.findChildren(SettingRow)) == count + len(LOCK_SHOWN)
    assert nameless(pane) == []
