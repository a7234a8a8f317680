"""Managers and e-mail: lists by keyboard, a mailbox from its address alone, both servers tried, and every refusal in its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.account import AccountState
from app.models.mailbox import Tried
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.look import Look
from app.ui.settings.mail import MailPane
from app.ui.settings.mailbox_sheet import MailboxSheet
from app.ui.settings.manager_sheet import ManagerSheet
from tests.ui.settings.fake_mail import BOX, MARTA, PABLO, FakeMailboxes, FakeManagers
from tests.ui.shop import Shop, account, nameless, texts, three_accounts
from tests.ui.stand_ins import TouchedAll

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def boxes(shop: Shop) -> FakeMailboxes:
    made = FakeMailboxes()
    shop.services.mailboxes = made
    shop.store.mailboxes = lambda: [BOX]  # type: ignore[method-assign]
    shop.store.rows = [*three_accounts(), account(9, "email", BOX.address)]
    return made


@pytest.fixture
def managers(shop: Shop) -> FakeManagers:
    made = FakeManagers()
    shop.services.managers = made
    shop.store.managers = lambda: [MARTA, PABLO]  # type: ignore[method-assign]
    return made


@pytest.fixture
def pane(shop: Shop, boxes: FakeMailboxes, managers: FakeManagers, qapp: QApplication) -> MailPane:
    shop.shell.window.show_page("settings", section="mail")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, MailPane)
    return found


def box_sheet(shop: Shop) -> MailboxSheet:
    found = shop.shell.window.overlay()
    assert isinstance(found, MailboxSheet)
    return found


def manager_sheet(shop: Shop) -> ManagerSheet:
    found = shop.shell.window.overlay()
    assert isinstance(found, ManagerSheet)
    return found


# ---- the lists


def test_mailboxes_and_managers_say_what_matters(pane: MailPane) -> None:
    (box,) = pane.boxes
    assert box.text().strip("\u2068\u2069") == BOX.address
    assert "smtp.discosaurora.example" in box.accessibleDescription()
    assert "blind copy" in box.accessibleDescription()
    marta, pablo = pane.managers
    assert (
        "Gerente de tienda · marta@discosaurora.example · topics: Complaint and reembolso"
        in marta.accessibleDescription()
    )
    assert "answers in about 1 h 35 min" in marta.accessibleDescription()
    assert "<b>" in pablo.text()  # shown as it is, and not as markup
    assert nameless(pane) == []


def test_a_mailbox_in_trouble_says_so(shop: Shop, pane: MailPane) -> None:
    shop.store.rows = [account(9, "email", BOX.address, AccountState.SIGNED_OUT)]
    shop.page.on_changes(TouchedAll("account"))
    assert pane.boxes[0].accessibleDescription().startswith("Signed out")


def test_empty_lists_say_what_they_are_for(shop: Shop, pane: MailPane) -> None:
    pane.show_found(([], [], []))
    assert any("No mailbox yet" in text for text in texts(pane))
    assert any("No managers yet" in text for text in texts(pane))


def test_arrow_keys_walk_and_enter_opens(shop: Shop, pane: MailPane) -> None:
    pane.boxes[0].setFocus()
    QTest.keyClick(pane.boxes[0], Qt.Key.Key_Down)
    assert pane.managers[0].hasFocus()
    QTest.keyClick(pane.managers[0], Qt.Key.Key_Return)
    assert manager_sheet(shop).name.text == "Marta Ríos"


def test_delete_removes_a_manager_and_can_be_undone(shop: Shop, pane: MailPane, managers: FakeManagers) -> None:
    pane.managers[1].setFocus()
    QTest.keyClick(pane.managers[1], Qt.Key.Key_Delete)
    assert managers.asked == [("remove", 2)]
    assert any("off the list" in said for said in shop.said())


def test_removing_a_mailbox_asks_first(shop: Shop, pane: MailPane) -> None:
    QTest.keyClick(pane.boxes[0], Qt.Key.Key_Delete)
    overlay = shop.shell.window.overlay()
    assert overlay is not None
    assert any(BOX.address in text.replace("\u200b", "") for text in texts(overlay))


def test_signing_in_again_opens_the_mailbox(shop: Shop, pane: MailPane, qapp: QApplication) -> None:
    shop.page.acts.sign_in(9)
    qapp.processEvents()
    qapp.processEvents()
    sheet = box_sheet(shop)
    assert sheet.address.isHidden()
    assert sheet.password.line.hasFocus()


# ---- a mailbox


def add(shop: Shop, pane: MailPane, address: str) -> MailboxSheet:
    pane.add_mailbox()
    sheet = box_sheet(shop)
    sheet.address.line.setText(address)
    sheet.address.line.editingFinished.emit()
    return sheet


def test_a_known_provider_needs_no_servers(shop: Shop, pane: MailPane) -> None:
    sheet = add(shop, pane, "lucia@gmail.com")
    assert sheet.servers.inner.isHidden()
    assert "16 letters" in sheet.provider.text()
    assert not sheet.page.isHidden()
    assert sheet.servers.hosts["smtp"].text == "smtp.gmail.com"
    assert nameless(sheet) == []


def test_guessed_servers_are_shown_to_be_changed(shop: Shop, pane: MailPane, boxes: FakeMailboxes) -> None:
    sheet = add(shop, pane, "lucia@aurora.example")
    assert not sheet.servers.inner.isHidden()
    sheet.servers.hosts["smtp"].line.setText("mail.aurora.example")
    sheet.servers.ports["smtp"].line.setText("587")
    sheet.servers.ways["smtp"].choose("starttls")
    sheet.password.line.setText("secret")
    sheet.test()
    ((what, row, password, certificate, again),) = boxes.asked
    assert (what, password, certificate, again) == ("test", "secret", "", None)
    assert (row.smtp_host, row.smtp_port, row.smtp_security, row.copy_to_self) == (
        "mail.aurora.example",
        587,
        "starttls",
        True,
    )
    assert not sheet.answers.sends.isHidden()
    assert any("Sending works" in text for text in texts(sheet))


def test_it_is_kept_once_both_servers_let_us_in(shop: Shop, pane: MailPane, boxes: FakeMailboxes) -> None:
    sheet = add(shop, pane, "lucia@gmail.com")
    sheet.password.line.setText("secret")
    sheet.name.line.setText("Lucía")
    QTest.keyClick(sheet.password.line, Qt.Key.Key_Return)
    assert [each[0] for each in boxes.asked] == ["test", "add"]
    assert boxes.asked[1][1].sender_name == "Lucía"
    assert shop.shell.window.overlay() is None
    assert any("is connected" in said for said in shop.said())


def test_what_is_wrong_is_said_for_each_server(shop: Shop, pane: MailPane, boxes: FakeMailboxes) -> None:
    boxes.tried = Tried(sends=message("mail.error.wrong_password", host="smtp.gmail.com", user="lucia@gmail.com"))
    sheet = add(shop, pane, "lucia@gmail.com")
    sheet.password.line.setText("wrong")
    sheet.keep()
    assert [each[0] for each in boxes.asked] == ["test"]
    shown = texts(sheet)
    assert any("Most providers want an app password" in text for text in shown)
    assert any("Reading works" in text for text in shown)
    assert sheet.go.isEnabled()


def test_a_certificate_of_one_s_own_is_trusted_only_after_comparing(
    shop: Shop, pane: MailPane, boxes: FakeMailboxes
) -> None:
    wrong = message("mail.error.certificate", host="127.0.0.1")
    boxes.tried = Tried(wrong, wrong, "PEM", "AA:BB")
    sheet = add(shop, pane, "lucia@aurora.example")
    sheet.password.line.setText("x")
    sheet.test()
    assert not sheet.answers.trust.isChecked()
    assert any("AA BB" in text for text in texts(sheet))
    sheet.answers.trust.setChecked(True)
    boxes.tried = Tried()
    sheet.keep()
    assert boxes.asked[-1][3] == "PEM"


def test_what_belongs_beside_a_field_stands_beside_it(shop: Shop, pane: MailPane, boxes: FakeMailboxes) -> None:
    sheet = add(shop, pane, "lucia")
    assert any("no e-mail address" in text for text in texts(sheet.address))
    sheet.address.line.setText("lucia@gmail.com")
    sheet.password.line.setText("x")
    boxes.fails = UserMistake(message("mail.error.port", port="25"), field="smtp_port")
    sheet.keep()
    assert not sheet.servers.inner.isHidden()
    assert any("no port" in text for text in texts(sheet.servers.ports["smtp"]))


def test_name_and_copy_change_without_signing_in(shop: Shop, pane: MailPane, boxes: FakeMailboxes) -> None:
    pane.edit_mailbox(9)
    sheet = box_sheet(shop)
    sheet.name.line.setText("Aurora")
    sheet.copy.setChecked(False)
    sheet.keep()
    assert boxes.asked == [("describe", 9, "Aurora", False)]


def test_other_servers_want_signing_in_with_the_kept_password(shop: Shop, pane: MailPane, boxes: FakeMailboxes) -> None:
    pane.edit_mailbox(9)
    sheet = box_sheet(shop)
    sheet.servers.hosts["imap"].line.setText("other.example")
    sheet.keep()
    assert [(each[0], each[2], each[4]) for each in boxes.asked] == [("test", "", 9), ("add", "", 9)]


# ---- a manager


def test_a_new_manager_is_written_by_keyboard(shop: Shop, pane: MailPane, managers: FakeManagers) -> None:
    shop.page.perform("new")
    sheet = manager_sheet(shop)
    sheet.name.line.setText("Elena Ruiz")
    sheet.email.line.setText("elena@discosaurora.example")
    sheet.categories["technical"].setChecked(True)
    sheet.words.line.setText("aduana, mayoreo ; ")
    sheet.language.choose("fr")
    QTest.keyClick(sheet.email.line, Qt.Key.Key_Return)
    ((_, row),) = managers.asked
    assert (row.id, row.name, row.topics, row.languages, row.hours, row.is_masked) == (
        0,
        "Elena Ruiz",
        ("technical", "aduana", "mayoreo"),
        ("fr",),
        (),
        True,
    )
    assert shop.shell.window.overlay() is None


def test_a_manager_is_shown_and_kept_as_they_are(shop: Shop, pane: MailPane, managers: FakeManagers) -> None:
    pane.edit_manager(2)
    sheet = manager_sheet(shop)
    assert not sheet.hours.isHidden()
    sheet.keep()
    assert managers.asked == [("save", PABLO)]
    assert nameless(sheet) == []


def test_own_hours_can_be_switched_on_and_off(shop: Shop, pane: MailPane, managers: FakeManagers) -> None:
    pane.edit_manager(1)
    sheet = manager_sheet(shop)
    assert sheet.hours.isHidden()
    sheet.own_hours.setChecked(True)
    assert not sheet.hours.isHidden()
    assert len(sheet.row.hours) == 7
    sheet.own_hours.setChecked(False)
    assert sheet.row.hours == ()


def test_what_is_missing_is_said_beside_its_field(shop: Shop, pane: MailPane, managers: FakeManagers) -> None:
    managers.fails = UserMistake(message("managers.same_email", name="Pablo"), field="email")
    pane.edit_manager(1)
    sheet = manager_sheet(shop)
    sheet.keep()
    assert any("has this address already" in text for text in texts(sheet.email))
    assert shop.shell.window.overlay() is sheet


def test_everything_reads_in_spanish(shop: Shop, pane: MailPane, look: Look, qapp: QApplication) -> None:
    look.words.language = "es"
    qapp.processEvents()
    shop.shell.window.show_page("settings", section="mail")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, MailPane)
    assert any("Responsables y correo" in text for text in texts(found))
    look.words.language = "en"
