"""Names of public holidays come once a year of the calendar, and anew in another language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.ui.calendar.holidays import HolidayNames
from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.shop import Shop

Opens = Callable[..., tuple[Shop, FakeCalendar]]


def test_a_year_is_asked_for_once_until_its_names_are_forgotten(open_page: Opens) -> None:
    shop, fake = open_page()
    asked: list[list[int]] = []
    told = fake.holidays
    fake.holidays = lambda years, language: asked.append(list(years)) or told(years, language)  # type: ignore[func-returns-value,method-assign]
    came: list[bool] = []
    names = HolidayNames(shop.page._face, lambda: came.append(True))
    for day in (date(2026, 11, 16), date(2026, 3, 1)):
        names.want([day])
    assert (asked, came, list(names.days)) == ([[2026]], [True], [date(2026, 11, 16)])
    names.want([date(2026, 12, 28), date(2027, 1, 3)])
    assert asked[1:] == [[2026, 2027]]
    names.forget()
    assert names.days == {}
    names.want([date(2026, 11, 16)])
    assert asked[2:] == [[2026]]
