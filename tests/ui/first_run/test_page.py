"""The first run, driven by keys."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.runtime.settings import Shop as ShopSettings
from app.ui.first_run.drawing import colours
from app.ui.first_run.page import FirstRunPage
from app.ui.first_run.steps import CONNECT, SAMPLE
from app.ui.look import Look
from app.ui.page import PageEntry
from tests.fakes.clock import FakeClock
from tests.ui.pictures import has, shot
from tests.ui.shop import Shop, close_shop, nameless, open_shop, show_page, texts

ENTRY = PageEntry("first_run", "user-plus", "page.first_run", FirstRunPage, in_rail=False, framed=False)


@pytest.fixture
def shop(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    """The first run in front, 1440 wide."""
    look.words.clock = clock
    shop = open_shop(qapp, look, clock, tmp_path, [ENTRY])
    show_page(shop, qapp, "first_run")
    yield shop
    close_shop(shop, qapp)


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_it_asks_how_to_begin_and_says_where_the_data_lives(shop: Shop) -> None:
    said = texts(shop.page)
    for expected in ("Step 1 of 2", "How would you like to begin?", str(shop.services.data.folder), "Instagram by hand, with a reminder"):
        assert expected in said
    assert "Your shop" not in said
    assert shop.shell.window.rail.isHidden()


def test_digits_and_arrows_choose(shop: Shop) -> None:
    press(Qt.Key.Key_2)
    assert shop.page.way == SAMPLE
    assert shop.page.cards[SAMPLE].isChecked()
    assert not shop.page.cards[CONNECT].isChecked()
    press(Qt.Key.Key_Up)
    assert shop.page.way == CONNECT
    press(Qt.Key.Key_1)
    assert QApplication.focusWidget() is shop.page.cards[CONNECT]


def test_the_sample_shop_is_two_keys_away_and_this_window_stays(shop: Shop) -> None:
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert shop.done == ["sample opened"]
    assert shop.said()[-1] == "The sample shop opens in its own window"
    assert shop.shell.window.current == "first_run"


def test_connecting_asks_for_the_shop_and_leads_to_adding_an_account(shop: Shop) -> None:
    press(Qt.Key.Key_Return)
    page = shop.page
    assert "Step 2 of 2" in texts(page)
    assert QApplication.focusWidget() is page.shop.name.line
    QTest.keyClicks(page.shop.name.line, "Discos Aurora")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.shop.country
    page.shop.country.setText("mexico")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.shop.zone
    page.shop.zone.setText("mexico city")
    press(Qt.Key.Key_Return)
    kept = shop.services.settings.get(ShopSettings)
    assert (kept.name, kept.country, kept.zone) == ("Discos Aurora", "MX", "America/Mexico_City")
    assert shop.shell.window.current == "settings"
    assert shop.page.heard[-1] == "opened {'section': 'accounts', 'add': True}"
    assert str(shop.shell.look.words.zone) == "America/Mexico_City"


def test_the_account_can_come_later(shop: Shop) -> None:
    press(Qt.Key.Key_Return)
    shop.page._skip.click()
    assert shop.shell.window.current == "today"
    assert shop.services.settings.get(ShopSettings).zone != "", "the next start is not a first run"


def test_escape_goes_back_and_keeps_what_was_typed(shop: Shop) -> None:
    press(Qt.Key.Key_Return)
    QTest.keyClicks(shop.page.shop.name.line, "Aurora")
    press(Qt.Key.Key_Escape)
    assert shop.page.step == 1
    assert not shop.page.escape()
    press(Qt.Key.Key_Return)
    assert shop.page.shop.name.text == "Aurora"


def test_what_is_no_country_or_zone_goes_back_to_what_was_there(shop: Shop) -> None:
    press(Qt.Key.Key_Return)
    before = shop.page.shop.zone.value
    shop.page.shop.zone.setText("Atlantis")
    shop.page.go_on()
    assert shop.services.settings.get(ShopSettings).zone == before


def test_another_language_is_spoken_at_once_and_nothing_typed_is_lost(shop: Shop) -> None:
    press(Qt.Key.Key_Return)
    QTest.keyClicks(shop.page.shop.name.line, "Aurora")
    shop.page.language.choose("es")
    shop.page.language.activated.emit(shop.page.language.currentIndex())
    QApplication.processEvents()
    assert "Tu tienda" in texts(shop.page)
    assert shop.page.shop.name.text == "Aurora"
    assert shop.page.panel.accessibleName().startswith("Tertulia Programa lo que sale.")


def test_the_panel_gives_way_in_a_narrow_window(shop: Shop) -> None:
    assert shop.page.panel.isVisible()
    shop.shell.window.resize(1024, 640)
    QApplication.processEvents()
    assert not shop.page.panel.isVisible()


def test_the_panel_is_painted_in_the_themes_colours(shop: Shop) -> None:
    for mode in ("light", "dark"):
        shop.shell.look.theme.choose(mode=mode)  # type: ignore[arg-type]
        ground, ink = colours(shop.shell.look)
        picture = shot(shop.page.panel)
        assert has(picture, ground)
        assert has(picture, ink)


@pytest.mark.parametrize("step", [1, 2])
@pytest.mark.parametrize("language", ["en", "es"])
def test_everything_is_named_and_fits_at_150_percent(shop: Shop, step: int, language: str) -> None:
    shop.services.settings.change(ShopSettings, language=language)
    shop.shell.look.theme.choose(zoom=150)
    shop.shell.window.resize(1024, 640)
    QApplication.processEvents()
    shop.page._show_step(step)
    QApplication.processEvents()
    assert nameless(shop.page) == []
    assert shop.page._right.minimumSizeHint().width() <= shop.page.width()
    assert shop.page.stack.minimumSizeHint().width() <= shop.page.stack.width()
