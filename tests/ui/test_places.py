"""Countries and time zones to choose from."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.ui.look import Look
from app.ui.places import countries, system_country, system_zone, zone_text, zones


def test_countries_are_named_in_the_windows_language(look: Look) -> None:
    english = {choice.value: choice.text for choice in countries(look)}
    look.words.language = "es"
    spanish = {choice.value: choice.text for choice in countries(look)}
    assert (english["DE"], spanish["DE"], spanish["MX"]) == ("Germany", "Alemania", "México")
    assert len(english) > 240


def test_zones_are_named_by_places(look: Look) -> None:
    found = {choice.value: choice.text for choice in zones()}
    assert found["America/Mexico_City"] == "America, Mexico City"
    assert not any(value.startswith("Etc/") for value in found)
    assert zone_text("America/Argentina/Buenos_Aires") == "America, Argentina, Buenos Aires"


def test_what_the_computer_is_set_to_can_be_used() -> None:
    assert ZoneInfo(system_zone())
    assert system_country() == "" or len(system_country()) == 2
