"""Links and clicks: who makes links short, its token, its trial, and the pattern with its example."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.tracked_link import Quota, Trial
from app.runtime.errors import KeyringLocked, UserMistake
from app.runtime.settings import Links
from app.runtime.words import message
from app.ui.settings.links import DOMAIN, PATTERN, SERVER, SHORTENER, LinksPane
from app.ui.widgets.field import LineField
from app.ui.widgets.select import Select
from tests.ui.settings.fake_links import FakeLinks
from tests.ui.shop import Shop, nameless, texts


@pytest.fixture
def pane(shop: Shop, qapp: QApplication) -> LinksPane:
    shop.shell.window.show_page("settings", section="links")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, LinksPane)
    return found


def choose(shop: Shop, pane: LinksPane, shortener: str, qapp: QApplication) -> FakeLinks:
    select = pane.row(SHORTENER).editor.widget
    assert isinstance(select, Select)
    select.setCurrentIndex(select.findData(shortener))
    select.activated.emit(select.currentIndex())
    shop.go_on()
    qapp.processEvents()
    service = shop.services.tracked_links
    assert isinstance(service, FakeLinks)
    return service


def type_token(pane: LinksPane, token: str) -> None:
    pane.token.line.setFocus()
    QTest.keyClicks(pane.token.line, token)
    QTest.keyClick(pane.token.line, Qt.Key.Key_Return)


def test_only_what_the_chosen_shortener_needs_is_shown(shop: Shop, pane: LinksPane, qapp: QApplication) -> None:
    def shown() -> list[bool]:
        return [widget.isVisible() for widget in (pane.row(SERVER), pane.row(DOMAIN), pane.token)]

    assert shown() == [False, False, False]
    choose(shop, pane, "bitly", qapp)
    assert shown() == [False, True, True]
    choose(shop, pane, "shlink", qapp)
    assert shown() == [True, True, True]
    assert shop.services.settings.get(Links).shortener == "shlink"
    assert nameless(pane) == []


def test_a_token_goes_to_the_keyring_is_tried_at_once_and_never_shown(
    shop: Shop, pane: LinksPane, qapp: QApplication
) -> None:
    service = choose(shop, pane, "shlink", qapp)
    assert not pane.token.attempt.isEnabled()
    assert pane.token.line.echoMode() is LineField.EchoMode.Password
    type_token(pane, "clave")
    for _ in range(3):
        shop.go_on()
    assert (service.token, service.tried) == ("clave", 1)
    assert pane.token.line.text() == ""
    assert (
        pane.token.said.text()
        == "Shlink works. Short links begin with aurora.mx. Tertulia made 4 links there this month."
    )
    assert "clave" not in " ".join(texts(pane))
    assert pane.token.forget.isVisible()
    pane.token.forget.click()
    shop.go_on()
    assert service.token == ""
    assert not pane.token.attempt.isEnabled()


def test_trying_says_the_quota_or_what_is_wrong(shop: Shop, pane: LinksPane, qapp: QApplication) -> None:
    service = choose(shop, pane, "bitly", qapp)
    service.token, service.trial = "x", Trial(None, "bit.ly", Quota(98, 100))
    pane.read()
    shop.go_on()
    pane.token.attempt.click()
    shop.go_on()
    assert "98 of 100 links of this month are made." in pane.token.said.text()
    service.trial = Trial(message("links.error.token", name="Bitly"))
    pane.token.attempt.click()
    shop.go_on()
    assert (
        pane.token.said.text()
        == "Bitly does not accept the token. Make a new one there and keep it in Settings, Links and clicks."
    )


@pytest.mark.parametrize("fault", [UserMistake(message("links.error.no_such_token")), KeyringLocked()])
def test_a_token_that_cannot_be_kept_is_said_to_be(
    shop: Shop, pane: LinksPane, qapp: QApplication, fault: Exception
) -> None:
    service = choose(shop, pane, "bitly", qapp)
    service.fault = fault  # type: ignore[assignment]
    type_token(pane, "dos palabras")
    shop.go_on()
    assert pane.token.said.isVisible()
    assert pane.token.said.text()
    assert service.tried == 0


def test_the_example_follows_each_key_and_a_wrong_pattern_is_not_kept(shop: Shop, pane: LinksPane) -> None:
    line = pane.row(PATTERN).editor.widget
    assert isinstance(line, LineField)
    before = shop.services.settings.get(Links).pattern
    assert "utm_content=p12-2" in pane.example.link.text().replace("\u200b", "")
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "a={network}")
    assert pane.example.link.text().replace("\u200b", "") == "https://example.com/offers?a=mastodon"
    assert pane.example.advice.text() == "Without {post} the clicks of two posts cannot be told apart."
    QTest.keyClicks(line, "&b={rojo}")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert any("There is no placeholder {rojo}" in text for text in texts(pane))
    assert shop.services.settings.get(Links).pattern == before
    line.selectAll()
    QTest.keyClicks(line, "a={network}&b={post}")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert shop.services.settings.get(Links).pattern == "a={network}&b={post}"
    assert not pane.example.advice.isVisible()


def test_a_read_only_profile_changes_nothing(shop: Shop, qapp: QApplication) -> None:
    shop.services.data.read_only = True
    shop.shell.window.show_page("settings", section="links")
    qapp.processEvents()
    pane = shop.page.stack.currentWidget()
    assert isinstance(pane, LinksPane)
    assert not pane.token.line.isEnabled()
    assert not pane.row(PATTERN).editor.widget.isEnabled()
