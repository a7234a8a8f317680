"""Adding an account of a network that wants the user's own developer app."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.settings.add_account import AddAccountSheet
from tests.ui.shop import CALLBACK, KEYS, OWN_APP, Shop, X, texts


@pytest.fixture
def sheet(shop: Shop, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> AddAccountSheet:
    """The sheet with the network chosen."""
    known = shop.accounts.networks()
    monkeypatch.setattr(shop.accounts, "networks", lambda: (*known, OWN_APP))
    shop.shell.window.show_page("settings", section="accounts", add=True)
    qapp.processEvents()
    found = shop.shell.window.overlay()
    assert isinstance(found, AddAccountSheet)
    found.choose("x")
    qapp.processEvents()
    return found


def test_the_easier_networks_come_first(shop: Shop, sheet: AddAccountSheet) -> None:
    sheet.close_now()
    shop.shell.window.show_page("settings", section="accounts", add=True)
    QApplication.processEvents()
    found = shop.shell.window.overlay()
    assert isinstance(found, AddAccountSheet)
    assert found.app.isHidden()


def test_it_says_what_it_costs_and_what_to_register(sheet: AddAccountSheet) -> None:
    said = " ".join(texts(sheet))
    assert "charges your developer account for each call" in said
    assert CALLBACK in said
    sheet.app.copy.click()
    assert QApplication.clipboard().text() == CALLBACK


def test_the_apps_id_goes_to_the_browsers_sign_in(shop: Shop, sheet: AddAccountSheet) -> None:
    assert sheet.app.first_line() is sheet.app.client_id.line
    QTest.keyClicks(sheet.app.client_id.line, "my-client")
    QTest.keyClick(sheet.app.client_id.line, Qt.Key.Key_Return)
    assert shop.accounts.asked == [("browser", "x", "", None, "my-client")]


def test_four_keys_are_pasted_side_by_side_and_forgotten(shop: Shop, sheet: AddAccountSheet) -> None:
    sheet.other.click()
    QApplication.processEvents()
    assert sheet.go.text() == "Sign in with the keys"
    assert sheet.app.first_line() is sheet.app.keys["api_key"].line
    for name in KEYS:
        field = sheet.app.keys[name]
        assert field.line.echoMode() == field.line.EchoMode.Password
        field.line.setText(f"the {name}")
    keys = dict(sheet.app.keys)
    sheet.go_on()
    assert shop.accounts.asked == [("token", "x", "", {name: f"the {name}" for name in KEYS}, None)]
    assert [field.line.text() for field in keys.values()] == [""] * 4


def test_what_is_wrong_is_said_beside_its_field(shop: Shop, sheet: AddAccountSheet) -> None:
    shop.accounts.fails_with = [
        UserMistake(message("network.x.client_id_missing", address=CALLBACK), field="client_id"),
        UserMistake(message("network.x.key_missing"), field="access_token"),
    ]
    sheet.go_on()
    QApplication.processEvents()
    assert QApplication.focusWidget() is sheet.app.client_id.line
    sheet.other.click()
    sheet.go_on()
    QApplication.processEvents()
    assert QApplication.focusWidget() is sheet.app.keys["access_token"].line
    assert any("This key is missing" in text for text in texts(sheet))


def test_signing_in_again_knows_the_app(shop: Shop, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.accounts, "networks", lambda: (OWN_APP,))
    shop.shell.window.show_page("settings", section="accounts", account=X, sign_in=True)
    qapp.processEvents()
    found = shop.shell.window.overlay()
    assert isinstance(found, AddAccountSheet)
    assert found.app.client_id.line.placeholderText() == "As before"
    found.go_on()
    assert shop.accounts.asked == [("browser", "x", "", X)]
