"""What battery and network allow: reading less often and fetching no pictures ahead where power or data are dear, unless the user minds not."""

from __future__ import annotations

from datetime import timedelta

from app.runtime.settings import Desktop, Settings
from app.runtime.signals import Signal
from app.services.pictures import Fetch

FACTOR = 3
"""So many times as long from one look to the next."""


class Sparing:
    """Told by `services/power.py` how the computer stands; without that nothing is dear."""

    def __init__(self, settings: Settings) -> None:
        self.changed: Signal[[]] = Signal("sparing.changed")
        self._settings = settings
        self.on_battery = False
        self.metered = False

    def note(self, *, on_battery: bool, metered: bool) -> None:
        """How the computer stands now."""
        if (on_battery, metered) != (self.on_battery, self.metered):
            self.on_battery, self.metered = on_battery, metered
            self.changed.emit()

    @property
    def active(self) -> bool:
        return (self.on_battery or self.metered) and self._settings.get(Desktop).sparing

    def interval(self, usual: timedelta) -> timedelta:
        return usual * FACTOR if self.active else usual


async def fetch_sparingly(sparing: Sparing, fetch: Fetch, url: str, most: int) -> bytes | None:
    """A picture that comes along with a message waits for better times; those that are here are shown."""
    return None if sparing.active else await fetch(url, most)
