"""Public holidays of a country or a region of it, by the library `holidays`, which is loaded when somebody first asks (0.1 s)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import Any

YEARS_AHEAD = 3
"""So far ahead the next holidays are looked for: some countries have none for a whole year in the library."""


class PublicHolidays:
    """Keeps the years that were asked for. May be asked on any thread; the first question takes its time."""

    def __init__(self) -> None:
        self._years: dict[tuple[str, str, int, str], Mapping[date, str]] = {}

    def year(self, country: str, region: str, year: int, language: str = "") -> Mapping[date, str]:
        """Name by day; empty for a country that the library does not know. `language` is ISO 639-1: where the library lacks it, the
        country's own is used. An unknown region means the whole country.
        """
        key = (country, region, year, language)
        known = self._years.get(key)
        if known is None:
            known = self._years[key] = _read(*key)
        return known

    def is_one(self, day: date, country: str, region: str) -> bool:
        return day in self.year(country, region, day.year)

    def coming(
        self, today: date, country: str, region: str, language: str, count: int = 3
    ) -> Sequence[tuple[date, str]]:
        """The next ones from today on, in order."""
        found: list[tuple[date, str]] = []
        for year in range(today.year, today.year + YEARS_AHEAD):
            found += sorted(item for item in self.year(country, region, year, language).items() if item[0] >= today)
            if len(found) >= count:
                break
        return found[:count]

    def regions(self, country: str) -> Sequence[tuple[str, str]]:
        """(code, name) of the parts of a country that have holidays of their own, by name."""
        made = _of_country(country, "", ())
        if made is None:
            return ()
        names: Mapping[str, Sequence[str]] = made.get_subdivision_aliases()
        pairs = [(code, names[code][0] if names.get(code) else code) for code in made.subdivisions]
        return sorted(pairs, key=lambda pair: pair[1].casefold())


def _read(country: str, region: str, year: int, language: str) -> Mapping[date, str]:
    made = _of_country(country, region, (year,), language)
    # The library lists what is observed on another day under both days, and names that fall together in one text.
    return {} if made is None else {day: name.replace("; ", ", ") for day, name in made.items() if day.year == year}


def _of_country(country: str, region: str, years: Sequence[int], language: str = "") -> Any:
    library = import_module("holidays")
    try:
        plain = library.country_holidays(country)
    except NotImplementedError:
        return None
    wanted: dict[str, Any] = {"years": years} if years else {}
    if region in plain.subdivisions:
        wanted["subdiv"] = region
    # Without being told, the library would follow the system's language.
    spoken = [each for each in plain.supported_languages if each == language or each.startswith(f"{language}_")]
    if named := spoken[0] if language and spoken else plain.default_language:
        wanted["language"] = named
    return library.country_holidays(country, **wanted)
