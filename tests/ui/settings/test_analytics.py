"""Web analytics: the server, the site, its key and a trial."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.visit import SiteTrial
from app.runtime.errors import KeyringLocked, UserMistake
from app.runtime.settings import Analytics
from app.runtime.words import message
from app.ui.settings.analytics import AnalyticsPane
from app.ui.widgets.field import LineField
from tests.ui.settings.fake_analytics import FakeAnalytics
from tests.ui.shop import Shop, nameless, texts


@pytest.fixture
def pane(shop: Shop, qapp: QApplication) -> AnalyticsPane:
    shop.shell.window.show_page("settings", section="analytics")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, AnalyticsPane)
    shop.go_on()
    return found


def service(shop: Shop) -> FakeAnalytics:
    found = shop.services.analytics
    assert isinstance(found, FakeAnalytics)
    return found


def told(pane: AnalyticsPane) -> str:
    return pane.key.said.text().replace("\u2068", "").replace("\u2069", "") if pane.key.said.isVisible() else ""


def type_key(shop: Shop, pane: AnalyticsPane, key: str) -> None:
    pane.key.line.setFocus()
    QTest.keyClicks(pane.key.line, key)
    QTest.keyClick(pane.key.line, Qt.Key.Key_Return)
    for _ in range(4):
        shop.go_on()


def test_a_key_goes_to_the_keyring_is_tried_at_once_and_never_shown(shop: Shop, pane: AnalyticsPane) -> None:
    assert nameless(pane) == []
    assert not pane.key.attempt.isEnabled()
    assert pane.key.line.echoMode() is LineField.EchoMode.Password
    type_key(shop, pane, "clave-7Q")
    assert service(shop).key == "clave-7Q"
    assert service(shop).asked == ["tried", "read"]
    assert pane.key.line.text() == ""
    assert "clave-7Q" not in texts(pane)
    assert "1,204 visits in the last 28 days, 90 of them by tracked links." in told(pane)
    assert "Goals reached: Purchase." in told(pane)
    pane.key.forget.click()
    shop.go_on()
    assert service(shop).key == ""


def test_what_the_server_refuses_is_told_and_nothing_is_read(shop: Shop, pane: AnalyticsPane) -> None:
    service(shop).trial = SiteTrial(message("analytics.error.key", site="shop.example"))
    type_key(shop, pane, "clave")
    assert "accepts neither the key nor the site" in told(pane)
    assert service(shop).asked == ["tried"]


def test_a_key_that_is_none_and_a_locked_keyring(shop: Shop, pane: AnalyticsPane) -> None:
    service(shop).fault = UserMistake(message("analytics.error.no_such_key"))
    type_key(shop, pane, "no key")
    assert "That is not a key" in told(pane)
    service(shop).fault = KeyringLocked()
    type_key(shop, pane, "clave")
    assert pane.key.said.text()
    assert "That is not a key" not in pane.key.said.text()


def test_the_last_trouble_stands_there_until_something_changes(shop: Shop, pane: AnalyticsPane) -> None:
    service(shop).trouble = message("analytics.error.gone", host="stats.example")
    shop.services.settings.change(Analytics, server="https://stats.example", site="shop.example")
    pane.show_changed(frozenset({"analytics.server"}))
    for _ in range(3):
        shop.go_on()
    assert "does not answer" in told(pane)
    service(shop).trouble = None
    pane.show_changed(frozenset({"analytics.site"}))
    for _ in range(3):
        shop.go_on()
    assert "does not answer" not in told(pane)
