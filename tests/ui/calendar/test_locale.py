"""First day of the week, clock and days follow region, setting and zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from app.runtime.settings import Shop as ShopSettings
from app.ui.calendar import days
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.calendar.hands import type_key
from tests.ui.shop import NOW, Shop

Opens = Callable[..., tuple[Shop, FakeCalendar]]


@pytest.mark.parametrize(
    ("language", "region", "first", "time"),
    [("en", "US", 7, "1:00 PM"), ("es", "MX", 7, "1:00 p.m."), ("es", "ES", 1, "13:00"), ("en", "GB", 1, "13:00")],
)
def test_a_region_has_its_first_day_and_its_clock(
    open_page: Opens, language: str, region: str, first: int, time: str
) -> None:
    shop, _ = open_page()
    words = shop.shell.look.words
    words.language, words.region = language, region
    shop.page.retranslate()
    for view in "wm":
        type_key(view)
        assert shop.page.desk.shown.days[0].isoweekday() == first
    assert words.time(NOW + timedelta(hours=3)).replace("\N{NO-BREAK SPACE}", " ").casefold().replace(
        ".", ""
    ) == time.casefold().replace(".", "")


@pytest.mark.parametrize(("chosen", "first"), [("monday", 1), ("saturday", 6), ("sunday", 7), ("region", 1)])
def test_the_setting_is_stronger_than_the_region(open_page: Opens, chosen: str, first: int) -> None:
    shop, _ = open_page()
    shop.services.settings.change(ShopSettings, first_weekday=chosen)
    shop.page.retranslate()
    assert shop.page.desk.shown.days[0].isoweekday() == first


@pytest.mark.parametrize(
    "zone", ["America/Mexico_City", "Europe/Madrid", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]
)
def test_a_post_is_on_the_day_of_the_shops_zone_in_each_view(open_page: Opens, zone: str) -> None:
    shop, _ = open_page(
        FakeCalendar(planned=[post(3, hours=13.9), post(4, hours=14.1)])
    )  # around midnight in Mexico City
    shop.shell.look.words.zone = ZoneInfo(zone)
    shop.page.retranslate()
    for view in "wma":
        type_key(view)
        for placed in shop.page.grid.placed:
            assert placed.post.planned_at is not None
            assert placed.day == placed.post.planned_at.astimezone(ZoneInfo(zone)).date()
        assert {placed.post.id for placed in shop.page.grid.placed} == {3, 4}


def test_in_every_zone_a_wall_time_is_on_its_day_and_a_day_follows_another() -> None:
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for day in (date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25), date(2026, 11, 1)):
            for minute in (0, 150, 720, 1439):
                moment = days.at(day, minute, zone)
                assert days.day_of(moment, zone) == day
            assert days.bounds(day, day, zone)[1] == days.bounds(day + days.DAY, day + days.DAY, zone)[0]
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            since, until = days.bounds(days.day_of(noon, zone), days.day_of(noon, zone), zone)
            assert since <= noon < until
