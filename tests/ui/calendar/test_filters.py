"""Filters are named where they hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from app.ui.calendar.desk import Filters
from app.ui.calendar.filters import button_words, filter_words, make_menu
from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.shop import Shop

Opens = Callable[..., tuple[Shop, FakeCalendar]]


def menus(menu: QMenu) -> list[QMenu]:
    return [below for action in menu.actions() if isinstance(below := action.menu(), QMenu)]


def test_each_thing_that_is_filtered_by_has_its_name(open_page: Opens) -> None:
    shop, _ = open_page()
    face, desk = shop.page._face, shop.page.desk
    assert button_words(face, desk) == "Everything"
    desk.filter(Filters(frozenset({2}), frozenset({"releases"}), frozenset({1}), frozenset({"failed"})))
    assert [each.strip("\u2068\u2069") for each in filter_words(face, desk).split(", ")] == [
        "@aurora\u2069 Mastodon",
        "New releases",
        "Marea",
        "Failed",
    ]
    assert button_words(face, desk).endswith("+3")


def test_the_menu_offers_accounts_pillars_campaigns_and_states(open_page: Opens) -> None:
    shop, _ = open_page()
    menu = make_menu(shop.page._face, shop.page.desk, shop.page)
    groups = [below.title() for below in menus(menu)]
    assert len(groups) == 4
    menus(menu)[3].actions()[0].trigger()
    assert shop.page.desk.filters == Filters(stances=frozenset({"draft"}))
    assert menu.actions()[0].isEnabled() is False  # made before
    menu.deleteLater()
