"""The ways into a mailbox: a password, or the browser with one's own app; whole by keyboard, and nothing shown that does nothing."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.mailbox import OwnApp
from app.runtime.errors import SignedOut, UserMistake
from app.runtime.words import message
from app.ui.settings.mail import MailPane
from app.ui.settings.mailbox_sheet import MailboxSheet
from tests.ui.settings.fake_mail import BOX, FakeMailboxes
from tests.ui.shop import Shop, account, nameless, texts, three_accounts

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

BY_BROWSER = BOX._replace(sign_in="xoauth2", smtp_host="smtp.gmail.com")


@pytest.fixture
def boxes(shop: Shop) -> FakeMailboxes:
    made = FakeMailboxes()
    shop.services.mailboxes = made
    shop.store.mailboxes = lambda: [BOX]  # type: ignore[method-assign]
    shop.store.rows = [*three_accounts(), account(9, "email", BOX.address)]
    return made


def pane(shop: Shop) -> MailPane:
    shop.shell.window.show_page("settings", section="mail")
    QApplication.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, MailPane)
    return found


def sheet_of(shop: Shop) -> MailboxSheet:
    found = shop.shell.window.overlay()
    assert isinstance(found, MailboxSheet)
    QApplication.processEvents()
    return found


def add(shop: Shop, address: str) -> MailboxSheet:
    pane(shop).add_mailbox()
    sheet = sheet_of(shop)
    sheet.address.line.setText(address)
    sheet.address.line.editingFinished.emit()
    QApplication.processEvents()
    return sheet


def edit(shop: Shop) -> MailboxSheet:
    pane(shop).edit_mailbox(9)
    return sheet_of(shop)


def by_browser(shop: Shop, state: str = "ready") -> None:
    shop.store.mailboxes = lambda: [BY_BROWSER._replace(state=state)]  # type: ignore[method-assign]


def test_gmail_is_entered_by_password_unless_the_browser_is_chosen(shop: Shop, boxes: FakeMailboxes) -> None:
    sheet = add(shop, "lucia@gmail.com")
    assert sheet.way.choice is not None
    assert sheet.way.chosen is None
    assert not sheet.password.isHidden()
    assert sheet.way.other.isHidden()
    sheet.way.choice.setFocus()
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    assert sheet.password.isHidden()
    assert sheet.try_it.isHidden()
    assert sheet.page.isHidden()
    assert sheet.provider.isHidden()
    assert sheet.go.text() == "Sign in in the browser"
    assert any("recommends the app password" in text and "7 days" in text for text in texts(sheet))
    assert nameless(sheet) == []


def test_id_and_secret_go_to_the_browser_s_sign_in_by_enter(shop: Shop, boxes: FakeMailboxes) -> None:
    sheet = add(shop, "lucia@gmail.com")
    assert sheet.way.choice is not None
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    sheet.way.client_id.line.setText(" made-up-id ")
    sheet.way.client_secret.line.setText("made-up-secret")
    QTest.keyClick(sheet.way.client_secret.line, Qt.Key.Key_Return)
    ((what, row, app, certificate, again),) = boxes.asked
    assert (what, row.sign_in, row.smtp_host, certificate, again) == ("browser", "xoauth2", "smtp.gmail.com", "", None)
    assert app == OwnApp("google", "made-up-id", "made-up-secret")
    assert shop.shell.window.overlay() is None
    assert sheet.way.client_secret.line.text() == ""
    assert any("is connected" in said for said in shop.said())


def test_outlook_begins_with_the_browser_and_wants_no_secret(shop: Shop, boxes: FakeMailboxes) -> None:
    sheet = add(shop, "lucia@outlook.com")
    assert sheet.way.chosen is not None
    assert sheet.way.client_secret.isHidden()
    assert any("http://localhost" in text for text in texts(sheet))


def test_a_domain_of_one_s_own_asks_for_the_browser(shop: Shop, boxes: FakeMailboxes) -> None:
    sheet = add(shop, "lucia@aurora.example")
    assert sheet.way.choice is None
    assert not sheet.way.other.isHidden()
    QTest.keyClick(sheet.way.other, Qt.Key.Key_Space)
    assert sheet.window().focusWidget() is sheet.way.client_id.line
    assert sheet.servers.hosts["smtp"].text == "smtp.gmail.com"
    assert sheet.way.choice is not None
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    assert sheet.servers.hosts["smtp"].text == "smtp.office365.com"
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    assert sheet.way.chosen is None
    assert not sheet.password.isHidden()
    assert sheet.servers.hosts["smtp"].text == "smtp.aurora.example"
    assert not sheet.provider.isHidden()


def test_a_provider_without_such_a_way_offers_none(shop: Shop, boxes: FakeMailboxes) -> None:
    sheet = add(shop, "lucia@icloud.com")
    assert sheet.way.choice is None
    assert sheet.way.other.isHidden()
    sheet = add(shop, "lucia@icloud.com")
    sheet.address.line.setText("lucia@gmail.com")
    sheet.address.line.editingFinished.emit()
    assert sheet.way.choice is not None
    sheet.address.line.setText("lucia@icloud.com")
    sheet.address.line.editingFinished.emit()
    assert sheet.way.choice is None


@pytest.mark.parametrize("field", ["client_id", "client_secret"])
def test_what_is_wrong_with_the_app_stands_beside_its_field(shop: Shop, boxes: FakeMailboxes, field: str) -> None:
    boxes.fails = UserMistake(message("network.email.app_refused", provider="Google"), field=field)
    sheet = add(shop, "lucia@gmail.com")
    assert sheet.way.choice is not None
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    sheet.keep()
    named = sheet.way.fields()[field]
    assert any("does not accept this app" in text for text in texts(named))
    assert sheet.window().focusWidget() is named.line
    assert sheet.go.isEnabled()


def test_another_account_in_the_browser_is_said(shop: Shop, boxes: FakeMailboxes) -> None:
    boxes.fails = SignedOut(message("mail.error.token_refused", host="smtp.gmail.com", user="lucia@gmail.com"))
    sheet = add(shop, "lucia@gmail.com")
    assert sheet.way.choice is not None
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    sheet.keep()
    assert any("another account was chosen" in text for text in texts(sheet))


async def test_waiting_for_the_browser_can_be_ended(shop: Shop, boxes: FakeMailboxes) -> None:
    boxes.waits = asyncio.Event()
    sheet = add(shop, "lucia@gmail.com")
    assert sheet.way.choice is not None
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Right)
    sheet.keep()
    await asyncio.sleep(0)
    assert not sheet.waiting.isHidden()
    assert any("Your browser shows Google" in text for text in texts(sheet.waiting))
    sheet.keep()
    sheet.cancel()
    assert [each[0] for each in boxes.asked] in (["browser"], [])
    assert sheet.waiting.isHidden()
    assert sheet.go.isEnabled()
    assert sheet.window().focusWidget() is sheet.way.client_id.line
    assert shop.shell.window.overlay() is sheet


def test_a_mailbox_of_the_browser_keeps_its_way(shop: Shop, boxes: FakeMailboxes) -> None:
    by_browser(shop)
    sheet = edit(shop)
    assert sheet.way.chosen is not None
    assert sheet.way.client_id.line.placeholderText() == "As before"
    sheet.name.line.setText("Otra")
    sheet.keep()
    assert boxes.asked == [("describe", 9, "Otra", True)]


def test_signed_out_it_goes_to_the_browser_with_the_app_as_before(shop: Shop, boxes: FakeMailboxes) -> None:
    by_browser(shop, "signed_out")
    sheet = edit(shop)
    assert sheet.go.text() == "Sign in in the browser"
    assert sheet.window().focusWidget() is sheet.way.client_id.line
    sheet.keep()
    assert [each[0] for each in boxes.asked] == ["describe", "browser"]
    assert boxes.asked[1][2:] == (OwnApp("google"), "", 9)


def test_another_server_of_the_same_provider_stays(shop: Shop, boxes: FakeMailboxes) -> None:
    other = BOX._replace(sign_in="xoauth2", smtp_host="smtp-mail.outlook.com")
    shop.store.mailboxes = lambda: [other]  # type: ignore[method-assign]
    sheet = edit(shop)
    assert sheet.way.chosen is not None
    assert sheet.way.chosen.id == "microsoft"
    assert sheet.servers.hosts["smtp"].text == "smtp-mail.outlook.com"


def test_it_may_go_back_to_a_password(shop: Shop, boxes: FakeMailboxes) -> None:
    by_browser(shop)
    sheet = edit(shop)
    assert sheet.way.choice is not None
    QTest.keyClick(sheet.way.choice, Qt.Key.Key_Left)
    sheet.password.line.setText("secret")
    sheet.keep()
    assert [(each[0], each[1].sign_in) for each in boxes.asked] == [("test", "password"), ("add", "password")]
