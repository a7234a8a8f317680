"""How many posts each pillar has in the month that is shown."""

from __future__ import annotations

from collections.abc import Callable

from app.models.sorting import PILLAR, Sorts, Vocabulary
from app.ui.calendar.desk import Filters
from app.ui.theme import sort_by
from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.calendar.hands import type_key
from tests.ui.shop import Shop

Opens = Callable[..., tuple[Shop, FakeCalendar]]


def test_pillars_of_the_month_are_counted_in_the_month_alone(open_page: Opens) -> None:
    shop, _ = open_page()
    panel = shop.page.tray.pillars
    assert panel.isHidden()
    type_key("m")
    assert panel.counts == [("releases", 4), ("offers", 1)]
    assert panel.accessibleName() == "Content pillars, November: New releases 4, Offers 1"
    assert not panel.isHidden()
    assert not panel.grab().isNull()
    type_key("w")
    assert panel.isHidden()


def test_filters_hold_for_it_too(open_page: Opens) -> None:
    shop, _ = open_page()
    type_key("m")
    shop.page.desk.filter(Filters(pillars=frozenset({"offers"})))
    assert shop.page.tray.pillars.counts == [("offers", 1)]


def test_the_users_names_are_counted_and_what_is_not_offered_too(open_page: Opens) -> None:
    shop, _ = open_page()
    vocabulary = Vocabulary(Sorts(PILLAR).renamed("offers", "Deals").switched("releases", offered=False))
    shop.shell.look.words.own = vocabulary.texts()
    sort_by(shop.shell.look.theme, vocabulary)
    type_key("m")
    assert shop.page.tray.pillars.accessibleName() == "Content pillars, November: New releases 4, Deals 1"
