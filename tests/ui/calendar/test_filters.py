"""Filters are named where they hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from app.models.sorting import PILLAR, Sorts, Vocabulary
from app.ui.calendar.desk import Filters
from app.ui.calendar.filters import button_words, filter_words, make_menu
from app.ui.theme import sort_by
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


def test_the_menu_offers_the_users_pillars_and_those_that_posts_have(open_page: Opens) -> None:
    shop, _ = open_page()
    look, desk = shop.shell.look, shop.page.desk
    sorts, own = Sorts(PILLAR).renamed("scene", "Trips & hotels").switched("releases", offered=False).switched("help", offered=False).added("Tours")
    vocabulary = Vocabulary(sorts.without("contest"))
    look.words.own = vocabulary.texts()
    sort_by(look.theme, vocabulary)
    menu = make_menu(shop.page._face, desk, shop.page)
    offered = [action.text() for action in menus(menu)[1].actions()]
    assert "Trips && hotels" in offered
    assert "Tours" in offered
    assert "New releases" in offered, "posts that are shown have it"
    assert not {"Help & how-to", "Help && how-to", "Contests"} & set(offered)
    desk.filter(Filters(pillars=frozenset({own, "help"})))
    assert filter_words(shop.page._face, desk) == "Tours, Help & how-to"
    menu.deleteLater()
