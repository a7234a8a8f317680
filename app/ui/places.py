"""Countries and time zones to choose from, and those this computer is set to."""

from __future__ import annotations

from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, QTimeZone

from app.ui.look import Look
from app.ui.widgets.picker import Choice, folded

_FIXED = ("Etc/", "SystemV/", "US/", "Factory", "posixrules", "localtime")


def countries(look: Look) -> list[Choice]:
    """Every country by its two letters, in the order of their names in the window's language."""
    codes = {QLocale.territoryToCode(country) for country in QLocale.Country}
    known = [code for code in codes if look.words.knows(f"country.{code}")]
    found = [Choice(code, look.text(f"country.{code}"), code) for code in known]
    return sorted(found, key=lambda choice: folded(choice.text))


def zones() -> list[Choice]:
    """Every time zone that is named by a place, as "America, Mexico City", and UTC."""
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(_FIXED))
    return [*(Choice(zone, zone_text(zone), zone) for zone in named), Choice("UTC", "UTC", "GMT")]


def zone_text(zone: str) -> str:
    """How a zone is written: "America, Mexico City"."""
    return zone.replace("_", " ").replace("/", ", ")


def system_zone() -> str:
    """The zone of this computer; "UTC" where it names none that has a place."""
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return zone if "/" in zone and not zone.startswith(_FIXED) else "UTC"


def system_country() -> str:
    """The country this computer is set to, as two letters; empty where it is set to none."""
    if QLocale.system().name() == "C":
        return ""
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 and code.isalpha() else ""
