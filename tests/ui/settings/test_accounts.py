"""Accounts: the list, the pane of one, adding, signing in again, pausing and disconnecting."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.models.pace import Pace
from app.runtime.errors import (
    KeyringLocked,
    Misconfiguration,
    Misconfigured,
    NoKeyring,
    UserMistake,
    VaultLocked,
    WrongPassphrase,
)
from app.runtime.words import message
from app.ui.look import Look
from app.ui.settings.account_detail import pace_text
from app.ui.settings.add_account import AddAccountSheet, NetworkTile
from app.ui.settings.passphrase import PassphraseSheet
from tests.fakes.clock import FakeClock
from tests.ui.settings.conftest import ENTRY
from tests.ui.shop import INSTAGRAM, MASTODON, NOW, Shop, X, close_shop, nameless, open_shop, owed, texts
from tests.ui.stand_ins import TouchedAll


@pytest.fixture
def accounts(shop: Shop, qapp: QApplication) -> Shop:
    """Accounts in front."""
    shop.shell.window.show_page("settings", section="accounts")
    qapp.processEvents()
    return shop


def sign_out(shop: Shop) -> None:
    shop.store.rows[1] = replace(shop.store.rows[1], state=AccountState.SIGNED_OUT, state_since=NOW)
    shop.services.changed.emit(TouchedAll("account"))


def button(parent: QWidget, text: str) -> QAbstractButton:
    return next(each for each in parent.findChildren(QAbstractButton) if each.text() == text and each.isVisibleTo(parent))


def sheet(shop: Shop, kind: type = AddAccountSheet) -> AddAccountSheet:
    QApplication.processEvents()
    found = shop.shell.window.overlay()
    assert isinstance(found, kind)
    return found  # type: ignore[return-value]


# ---- the list and the pane


def test_the_first_account_is_open_and_the_keyboard_is_in_the_list(accounts: Shop) -> None:
    assert accounts.page.state()["account"] == X
    assert QApplication.focusWidget() is accounts.page.accounts().pane.list
    said = texts(accounts.page.accounts().detail)
    assert "Its 612 messages stay here." in said
    assert any(text.startswith("Likes: X allows no likes") for text in said)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_J)
    assert "musica.example" in texts(accounts.page.accounts().detail)


def test_a_signed_out_account_says_since_when_and_what_is_held(accounts: Shop) -> None:
    accounts.store.outbox_rows = [owed(1, DeliveryState.WAITING), owed(2, DeliveryState.WAITING)]
    sign_out(accounts)
    accounts.page.accounts().choose(MASTODON)
    said = " ".join(texts(accounts.page.accounts().detail))
    assert "Mastodon signed you out" in said
    assert "Since Wed 18 Nov, 10:00. Waiting here: 2 posts." in said
    assert "3, 1 needs you" in texts(accounts.page)


def test_an_account_by_hand_cannot_be_paused(accounts: Shop) -> None:
    accounts.page.accounts().choose(INSTAGRAM)
    assert "You publish here by hand" in texts(accounts.page.accounts().detail)
    assert not accounts.shell.actions.applies("accounts.pause")


def test_pausing_by_the_switch_and_by_the_command(accounts: Shop) -> None:
    accounts.page.accounts().detail.pause_wanted.emit(True)
    accounts.store.rows[0] = replace(accounts.store.rows[0], state=AccountState.PAUSED)
    accounts.services.changed.emit(TouchedAll("account"))
    accounts.shell.actions.run("accounts.pause")
    assert accounts.accounts.asked == [("pause", X, True), ("pause", X, False)]


def test_the_pane_slides_over_the_list_in_a_narrow_window(accounts: Shop) -> None:
    window, page = accounts.shell.window, accounts.page
    window.resize(1024, 640)
    QApplication.processEvents()
    assert page.accounts().detail.isHidden()
    QTest.keyClick(page.accounts().pane.list, Qt.Key.Key_Return)
    assert page.accounts().detail.isVisible()
    assert page.accounts().detail.geometry().right() == page.accounts().width() - 1
    assert page.escape()
    assert page.accounts().detail.isHidden()
    window.resize(1440, 900)
    QApplication.processEvents()
    assert page.accounts().detail.isVisible()


def test_everything_is_named(accounts: Shop) -> None:
    sign_out(accounts)
    accounts.page.accounts().choose(MASTODON)
    assert nameless(accounts.page) == []


def test_without_accounts_the_page_says_what_to_do(accounts: Shop) -> None:
    accounts.store.rows = []
    accounts.services.changed.emit(TouchedAll("account"))
    assert "No account yet" in texts(accounts.page)
    assert accounts.page.accounts().detail.isHidden()


# ---- adding


def test_ctrl_n_adds_an_account_in_the_browser(accounts: Shop) -> None:
    accounts.shell.actions.run("view.new")
    made = sheet(accounts)
    assert QApplication.focusWidget() is made.server.line
    QTest.keyClicks(made.server.line, "musica.example")
    QTest.keyClick(made.server.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert accounts.accounts.asked == [("browser", "mastodon", "musica.example", None)]
    assert accounts.shell.window.overlay() is None
    assert any("@aurora\u2069 is connected" in said for said in accounts.said())
    assert accounts.done == ["looked"], "its messages are read at once"
    assert accounts.page.state()["account"] == MASTODON


def test_waiting_for_the_browser_can_be_cancelled(accounts: Shop) -> None:
    accounts.accounts.waits = True
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.server.line.setText("musica.example")
    made.go_on()
    assert "Your browser shows musica.example. Allow Tertulia there, then come back here." in texts(made)
    assert not made.form.isEnabled()
    button(made, "Cancel").click()
    assert accounts.works[-1].cancelled
    assert made.form.isEnabled()
    assert button(made, "Sign in in the browser").isVisible()


def test_the_theme_may_change_while_the_sheet_is_open(accounts: Shop) -> None:
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    accounts.shell.look.theme.choose(mode="dark")
    QApplication.processEvents()
    made.server.line.setText("musica.example")
    made.go_on()
    QApplication.processEvents()
    assert accounts.page.state()["account"] == MASTODON


def test_closing_the_sheet_ends_the_waiting(accounts: Shop) -> None:
    accounts.accounts.waits = True
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.server.line.setText("musica.example")
    made.go_on()
    made.close_now()
    assert accounts.works[-1].cancelled
    assert accounts.said()[-1] == "Stopped. No account was added."


def test_a_wrong_server_is_said_beside_the_server(accounts: Shop) -> None:
    accounts.accounts.fails_with = [Misconfigured(Misconfiguration.SERVER_NAME, "musica.exmple")]
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.go_on()
    assert "Write the name of the server, like musica.example." in texts(made.server)
    made.server.line.setText("musica.exmple")
    made.go_on()
    assert "There is no server named musica.exmple. Check the spelling." in texts(made.server)
    assert QApplication.focusWidget() is made.server.line


def test_a_token_is_a_second_way_and_its_mistakes_stand_beside_it(accounts: Shop) -> None:
    accounts.accounts.fails_with = [UserMistake(message("network.sign_in.token_invalid"), field="secret")]
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.server.line.setText("musica.example")
    button(made, "Paste a token instead").click()
    assert QApplication.focusWidget() is made.secret.line
    made.secret.line.setText("wrong")
    made.go_on()
    assert any(text.startswith("The server does not know this token.") for text in texts(made.secret))
    made.secret.line.setText("right")
    made.go_on()
    assert accounts.accounts.asked[-1] == ("token", "mastodon", "musica.example", "right", None)


def test_a_mistake_about_no_field_that_is_shown_stands_above_the_buttons(accounts: Shop) -> None:
    accounts.accounts.fails_with = [UserMistake(message("accounts.handle_missing"), field="server")]
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.findChildren(NetworkTile)[1].click()
    made.go_on()
    assert any("The name of the account is empty" in text for text in texts(made.trouble))


def test_an_account_by_hand_needs_its_name_alone(accounts: Shop) -> None:
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.findChildren(NetworkTile)[1].click()
    assert not made.server.isVisible()
    made.handle.line.setText("@discosaurora")
    button(made, "Add it").click()
    assert accounts.accounts.asked == [("by_hand", "instagram", "@discosaurora")]
    assert accounts.done == [], "there is nothing to read"


def test_signing_in_again_keeps_network_and_server(accounts: Shop) -> None:
    sign_out(accounts)
    accounts.shell.actions.run("accounts.sign_in_again")
    made = sheet(accounts)
    assert not made.server.isVisible()
    button(made, "Sign in in the browser").click()
    assert accounts.accounts.asked == [("browser", "mastodon", "https://musica.example", MASTODON)]


def test_every_part_of_the_sheet_is_named(accounts: Shop) -> None:
    accounts.shell.actions.run("accounts.add")
    assert nameless(sheet(accounts)) == []


# ---- without a keyring


def test_without_a_keyring_a_locked_file_is_offered_and_signing_in_goes_on(accounts: Shop) -> None:
    accounts.accounts.fails_with = [NoKeyring("gnome-keyring")]
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.server.line.setText("musica.example")
    made.go_on()
    vault = sheet(accounts, PassphraseSheet)
    assert isinstance(vault, PassphraseSheet)
    assert any("Install gnome-keyring" in text for text in texts(vault))
    vault.passphrase.line.setText("correct horse")
    vault.again.line.setText("correct hose")
    vault.accept()
    assert "The two are not the same." in texts(vault)
    vault.again.line.setText("correct horse")
    vault.accept()
    assert [asked[0] for asked in accounts.accounts.asked] == ["browser", "make_vault", "browser"]


def test_a_short_passphrase_is_refused_beside_it(accounts: Shop) -> None:
    accounts.accounts.fails_with = [KeyringLocked(), UserMistake(message("vault.passphrase_short", n=8), field="passphrase")]
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.server.line.setText("musica.example")
    made.go_on()
    vault = sheet(accounts, PassphraseSheet)
    assert isinstance(vault, PassphraseSheet)
    vault.passphrase.line.setText("abc")
    vault.again.line.setText("abc")
    vault.accept()
    assert "The passphrase needs at least 8 characters." in texts(vault)
    assert vault.go.isEnabled()


def test_a_locked_vault_is_opened_with_its_passphrase(accounts: Shop) -> None:
    accounts.accounts.fails_with = [VaultLocked(), WrongPassphrase()]
    accounts.shell.actions.run("accounts.add")
    made = sheet(accounts)
    made.server.line.setText("musica.example")
    made.go_on()
    vault = sheet(accounts, PassphraseSheet)
    assert isinstance(vault, PassphraseSheet)
    assert not vault.again.isVisible()
    vault.passphrase.line.setText("wrong")
    vault.accept()
    assert any("does not open with this passphrase" in text for text in texts(vault))
    vault.accept()
    assert [asked[0] for asked in accounts.accounts.asked] == ["browser", "unlock_vault", "unlock_vault", "browser"]


def test_the_commands_open_the_vaults_sheet(accounts: Shop) -> None:
    for command, title in (("accounts.use_vault", "Keep passwords in a locked file"), ("accounts.unlock_vault", "Open the locked file")):
        accounts.shell.actions.run(command)
        assert title in texts(sheet(accounts, PassphraseSheet))
        accounts.shell.window.close_overlays()


# ---- disconnecting


def test_disconnecting_asks_first_and_says_what_became_of_the_access(accounts: Shop) -> None:
    button(accounts.page.accounts().detail, "Disconnect…").click()
    QApplication.processEvents()
    question = accounts.shell.window.overlay()
    assert question is not None
    assert any("its 612 messages and its posts stay here" in text for text in texts(question))
    button(question, "Disconnect").click()
    assert accounts.accounts.asked == [("remove", X)]
    assert "X has taken back Tertulia's access" in accounts.said()[-1]


def test_an_access_that_could_not_be_given_back_is_said(accounts: Shop) -> None:
    told = message("accounts.removed_not_revoked", handle="@discosaurora", reason="")
    accounts.accounts.fails_with = [UserMistake(told)]
    accounts.shell.actions.run("accounts.remove")
    QApplication.processEvents()
    question = accounts.shell.window.overlay()
    assert question is not None
    button(question, "Disconnect").click()
    assert "its access could not be taken back" in accounts.said()[-1]


def test_nothing_is_disconnected_without_the_word(accounts: Shop) -> None:
    accounts.shell.actions.run("accounts.remove")
    QApplication.processEvents()
    question = accounts.shell.window.overlay()
    assert question is not None
    button(question, "Keep it").click()
    assert accounts.accounts.asked == []


@pytest.fixture
def sample(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    """The sample shop's accounts in front."""
    shop = open_shop(qapp, look, clock, tmp_path, [ENTRY], sample=True)
    shop.shell.open("settings", section="accounts")
    qapp.processEvents()
    yield shop
    close_shop(shop, qapp)


def test_the_sample_shop_keeps_its_accounts(sample: Shop) -> None:
    assert not sample.page.accounts().pane.add.isEnabled()
    sample.shell.actions.run("view.new")
    assert sample.shell.window.current == "settings"
    assert sample.said()[-1].startswith("The sample shop keeps its four accounts.")


def test_how_often_an_account_is_looked_at_is_said(look: Look) -> None:
    assert pace_text(look, Pace(timedelta(minutes=5), live=False)) == "every 5 minutes"
    assert pace_text(look, Pace(timedelta(minutes=15), live=True)) == "live; every 15 minutes as well"
    assert pace_text(look, Pace(timedelta(seconds=20), live=False)) == "every minute"
    assert pace_text(look, Pace(timedelta(hours=4), live=False)) == "every 4 hours"
    assert pace_text(look, None) == ""
