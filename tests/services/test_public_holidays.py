"""Public holidays as the kept library knows them: by country, region and language."""

from __future__ import annotations

from datetime import date

from app.services.public_holidays import PublicHolidays


def test_the_next_three_are_named_in_the_language_asked_for() -> None:
    holidays = PublicHolidays()
    today = date(2026, 11, 10)
    assert holidays.coming(today, "MX", "", "en") == [
        (date(2026, 11, 16), "Revolution Day"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2027, 1, 1), "New Year's Day"),
    ]
    assert [name for _, name in holidays.coming(today, "MX", "", "es")] == [
        "Día de la Revolución",
        "Navidad",
        "Año Nuevo",
    ]


def test_where_the_library_lacks_the_language_the_countrys_own_is_used() -> None:
    assert [name for _, name in PublicHolidays().coming(date(2026, 12, 1), "DE", "", "es", count=1)] == [
        "Erster Weihnachtstag"
    ]


def test_today_is_among_those_to_come() -> None:
    assert PublicHolidays().coming(date(2026, 12, 25), "MX", "", "en", count=1) == [
        (date(2026, 12, 25), "Christmas Day")
    ]


def test_a_region_has_holidays_of_its_own() -> None:
    holidays = PublicHolidays()
    epiphany = date(2026, 1, 6)
    assert not holidays.is_one(epiphany, "DE", "")
    assert holidays.is_one(epiphany, "DE", "BY")
    assert ("BY", "Bayern") in holidays.regions("DE")


def test_an_unknown_region_means_the_whole_country() -> None:
    assert PublicHolidays().is_one(date(2026, 12, 25), "MX", "ZZZ")


def test_a_country_that_the_library_does_not_know_has_none() -> None:
    holidays = PublicHolidays()
    assert (holidays.coming(date(2026, 1, 1), "XX", "", "en"), holidays.regions("XX")) == ([], ())
    assert not holidays.is_one(date(2026, 12, 25), "XX", "")
