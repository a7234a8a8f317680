"""Adding an account with a handle and an app password: Bluesky in the sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.models.account import AccountState
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.settings.add_account import AddAccountSheet, NetworkTile
from tests.ui.shop import NOW, Shop, X, nameless, texts
from tests.ui.stand_ins import TouchedAll

PASSWORD = "abcd-efgh-2345-wxyz"


def button(parent: QWidget, text: str) -> QAbstractButton:
    return next(
        each for each in parent.findChildren(QAbstractButton) if each.text() == text and each.isVisibleTo(parent)
    )


@pytest.fixture
def sheet(shop: Shop, qapp: QApplication) -> AddAccountSheet:
    """The sheet with Bluesky chosen."""
    shop.shell.window.show_page("settings", section="accounts")
    shop.shell.actions.run("accounts.add")
    qapp.processEvents()
    made = shop.shell.window.overlay()
    assert isinstance(made, AddAccountSheet)
    made.findChildren(NetworkTile)[_place(made, "Bluesky")].click()
    qapp.processEvents()
    return made


def _place(made: AddAccountSheet, name: str) -> int:
    return [tile.text() for tile in made.findChildren(NetworkTile)].index(name)


def test_handle_and_app_password_are_asked_for_and_nothing_else(shop: Shop, sheet: AddAccountSheet) -> None:
    shown = [line.accessibleName() for line in sheet.findChildren(QLineEdit) if line.isVisible()]
    assert shown == ["Your handle", "App password"]
    assert sheet.password.secret.line.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(sheet.password.handle.line, "aurora.mx")
    QTest.keyClicks(sheet.password.secret.line, PASSWORD)
    QTest.keyClick(sheet.password.secret.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert shop.accounts.asked == [("token", "bluesky", "", "aurora.mx", PASSWORD, None)]
    assert sheet.password.secret.line.text() == ""
    assert shop.shell.window.overlay() is None


def test_one_button_opens_the_page_where_app_passwords_are_made(
    shop: Shop, sheet: AddAccountSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(sheet.password, "_open_url", opened.append)
    button(sheet, "Make an app password").click()
    assert opened == ["https://bsky.app/settings/app-passwords"]


@pytest.mark.parametrize("typed", ["hunter2", "my main password", "abcd-efgh-2345"])
def test_what_looks_like_the_main_password_is_warned_of_before_it_is_sent(
    shop: Shop, sheet: AddAccountSheet, typed: str
) -> None:
    QTest.keyClicks(sheet.password.secret.line, typed)
    sheet.password.handle.line.setFocus()
    sheet.password.look_at_secret()
    assert any("looks like xxxx-xxxx-xxxx-xxxx" in text for text in texts(sheet.password))
    assert not any(typed in text for text in texts(sheet.password))
    QTest.keyClick(sheet.password.secret.line, Qt.Key.Key_Backspace)
    assert not any("looks like xxxx-xxxx-xxxx-xxxx" in text for text in texts(sheet.password))
    assert shop.accounts.asked == []


def test_a_server_of_one_s_own_can_be_named(shop: Shop, sheet: AddAccountSheet) -> None:
    button(sheet, "My account is on a server of its own").click()
    assert QApplication.focusWidget() is sheet.password.server.line
    sheet.password.handle.line.setText("aurora.mx")
    sheet.password.secret.line.setText(PASSWORD)
    sheet.password.server.line.setText("pds.aurora.mx")
    sheet.go_on()
    assert shop.accounts.asked == [("token", "bluesky", "pds.aurora.mx", "aurora.mx", PASSWORD, None)]


@pytest.mark.parametrize(
    ("field", "message_id"),
    [("handle", "network.bluesky.handle_missing"), ("secret", "network.bluesky.no_app_password")],
)
def test_a_mistake_stands_beside_its_field(shop: Shop, sheet: AddAccountSheet, field: str, message_id: str) -> None:
    shop.accounts.fails_with = [UserMistake(message(message_id), field=field)]
    sheet.go_on()
    QApplication.processEvents()
    beside = sheet.password.fields()[field]
    assert shop.shell.look.text(message(message_id)) in texts(beside)
    assert QApplication.focusWidget() is beside.line


def test_an_account_that_lives_elsewhere_asks_for_its_server(shop: Shop, sheet: AddAccountSheet) -> None:
    told = message("network.bluesky.elsewhere", handle="aurora.mx", host="pds.aurora.mx")
    shop.accounts.fails_with = [UserMistake(told, field="server")]
    sheet.password.handle.line.setText("aurora.mx")
    sheet.go_on()
    QApplication.processEvents()
    assert shop.shell.look.text(told) in texts(sheet.password.server)
    assert QApplication.focusWidget() is sheet.password.server.line


def test_signing_in_again_asks_for_the_app_password_alone(shop: Shop, qapp: QApplication) -> None:
    row = replace(
        shop.store.rows[0],
        network="bluesky",
        server="https://bsky.social",
        handle="@aurora.mx",
        state=AccountState.SIGNED_OUT,
        state_since=NOW,
    )
    shop.store.rows[0] = row
    shop.services.changed.emit(TouchedAll("account"))
    shop.shell.window.show_page("settings", section="accounts")
    qapp.processEvents()
    shop.page.accounts().choose(X)
    shop.shell.actions.run("accounts.sign_in_again")
    qapp.processEvents()
    made = shop.shell.window.overlay()
    assert isinstance(made, AddAccountSheet)
    assert [line.accessibleName() for line in made.findChildren(QLineEdit) if line.isVisible()] == ["App password"]
    assert QApplication.focusWidget() is made.password.secret.line
    made.password.secret.line.setText(PASSWORD)
    made.go_on()
    assert shop.accounts.asked == [("token", "bluesky", "https://bsky.social", "@aurora.mx", PASSWORD, X)]


def test_every_part_is_named(sheet: AddAccountSheet) -> None:
    button(sheet, "My account is on a server of its own").click()
    assert nameless(sheet) == []
