"""Settings, General: the publishing service, installed and removed in one click."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.runtime.errors import UserMistake
from app.runtime.settings import Shop as ShopSettings
from app.runtime.words import message
from app.ui.look import Look
from app.ui.settings.publishing import GeneralPane, ServiceRow
from tests.fakes.clock import FakeClock
from tests.ui.settings.conftest import ENTRY
from tests.ui.shop import Shop, close_shop, nameless, open_shop, texts


def row(shop: Shop) -> ServiceRow:
    shop.shell.window.show_page("settings", section="general")
    QApplication.processEvents()
    pane = shop.page.stack.currentWidget()
    assert isinstance(pane, GeneralPane)
    return pane.service


@pytest.mark.parametrize(
    ("installed", "running", "said", "button"),
    [
        (True, True, "Installed and running.", "Remove"),
        (True, False, "Installed, not running. Posts leave only while Tertulia is open, until you start it or log in again.", "Remove"),
        (False, False, "Not installed. Posts leave only while Tertulia is open.", "Install"),
    ],
)
def test_it_is_said_how_the_service_stands(shop: Shop, installed: bool, running: bool, said: str, button: str) -> None:
    shop.services.login_service.installed, shop.services.login_service.running = installed, running
    shown = row(shop)
    assert (shown.said.text(), shown.button.text(), shown.button.isEnabled()) == (said, button, True)
    assert shown.button.accessibleDescription() == said
    assert nameless(shown) == []


def test_one_click_installs_it_and_one_removes_it(shop: Shop) -> None:
    shown = row(shop)
    shown.button.click()
    assert (shown.said.text(), shown.button.text()) == ("Installed and running.", "Remove")
    shown.button.click()
    assert (shown.said.text(), shown.button.text()) == (
        "Not installed. Posts leave only while Tertulia is open.",
        "Install",
    )
    assert shop.services.login_service.asked == ["install", "remove"]


def test_one_that_stopped_may_be_started_again(shop: Shop) -> None:
    shop.services.login_service.installed = shop.services.login_service.waits = True
    shown = row(shop)
    assert (shown.start.text(), shown.start.isEnabled(), shown.button.text()) == ("Start", True, "Remove")
    shown.start.setFocus()
    shown.start.click()
    assert (shown.said.text(), shown.start.text(), shown.button.isHidden()) == ("Your system is starting it…", "Starting…", True)
    assert QApplication.focusWidget() is shown.start
    shop.go_on()
    assert (shown.said.text(), shown.start.isHidden(), shown.button.text()) == ("Installed and running.", True, "Remove")
    assert shop.services.login_service.asked == ["start"]
    assert nameless(shown) == []


def test_while_it_works_that_is_said_and_nothing_is_asked_twice(shop: Shop) -> None:
    shop.services.login_service.waits = True
    shown = row(shop)
    shown.button.setFocus()
    shown.button.click()
    assert (shown.said.text(), shown.button.text()) == ("Your system is taking it in…", "Installing…")
    assert QApplication.focusWidget() is shown.button
    shown.button.click()
    shop.shell.actions.run("publishing.remove_service")
    assert shop.services.login_service.asked == ["install"]
    shop.go_on()
    assert shown.said.text() == "Installed and running."


def test_another_language_meanwhile_loses_nothing(shop: Shop) -> None:
    shop.services.login_service.waits = True
    row(shop).button.click()
    shop.services.settings.change(ShopSettings, language="es")
    QApplication.processEvents()
    assert row(shop).button.text() == "Instalando…"
    shop.go_on()
    assert row(shop).said.text() == "Instalado y en marcha."


def test_what_the_system_refuses_is_said_beside_it(shop: Shop) -> None:
    shop.services.login_service.fails_with = UserMistake(message("service.refused", tool="systemctl", said="no bus"))
    shown = row(shop)
    shown.button.click()
    assert shown.trouble.text() == "systemctl did not take the publishing service: no bus"
    assert shown.trouble.text() in texts(shown)
    assert shown.button.text() == "Install"
    assert shop.said() == []
    shown.button.click()
    assert not any("systemctl" in text for text in texts(shown))
    assert shown.said.text() == "Installed and running."


def test_secrets_in_a_vault_cannot_be_read_by_it(shop: Shop) -> None:
    shop.accounts.has_vault = True
    shown = row(shop)
    assert shown.said.text().startswith("The publishing service cannot read passwords from the vault")
    assert (shown.button.text(), shown.button.isEnabled()) == ("Install", False)
    shop.services.login_service.installed = True
    shown = row(shop)
    assert shown.said.text().startswith("The publishing service cannot read passwords from the vault")
    assert (shown.button.text(), shown.button.isEnabled()) == ("Remove", True)
    assert (shown.start.isHidden(), shown.start.isEnabled()) == (False, False)


def test_a_system_without_a_place_for_it_says_so(shop: Shop) -> None:
    shop.services.login_service.supported = False
    shown = row(shop)
    assert "has no place for a publishing service" in shown.said.text()
    assert shown.button.isHidden()


@pytest.mark.parametrize("wanted", ["install", "start", "remove"])
def test_the_commands_do_the_same_and_lead_there(shop: Shop, wanted: str) -> None:
    shop.services.login_service.installed = wanted != "install"
    shop.shell.window.show_page("settings", section="keyboard")
    shop.shell.actions.run(f"publishing.{wanted}_service")
    QApplication.processEvents()
    pane = shop.page.stack.currentWidget()
    assert isinstance(pane, GeneralPane)
    assert QApplication.focusWidget() is pane.service.button
    assert shop.services.login_service.asked == [wanted]
    assert not pane.service.visibleRegion().isEmpty()


def test_a_command_leads_there_also_when_settings_were_never_open(
    qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path
) -> None:
    shop = open_shop(qapp, look, clock, tmp_path, [ENTRY])
    shop.shell.open("today")
    shop.shell.window.resize(1024, 640)
    shop.shell.after_first_frame()
    qapp.processEvents()
    shop.shell.actions.run("publishing.install_service")
    for _ in range(3):
        qapp.processEvents()
    pane = shop.page.stack.currentWidget()
    assert isinstance(pane, GeneralPane)
    assert not pane.service.button.visibleRegion().isEmpty()
    close_shop(shop, qapp)


@pytest.fixture
def sample(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    """The same page of the sample shop."""
    shop = open_shop(qapp, look, clock, tmp_path, [ENTRY], sample=True)
    shop.shell.open("settings")
    shop.shell.after_first_frame()
    qapp.processEvents()
    yield shop
    close_shop(shop, qapp)


def test_the_sample_shop_needs_none(sample: Shop) -> None:
    shown = row(sample)
    assert shown.said.text() == "The sample shop needs no publishing service: nothing of it leaves this computer."
    assert not shown.button.isEnabled()
    sample.shell.actions.run("publishing.install_service")
    assert sample.services.login_service.asked == []
