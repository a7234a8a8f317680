"""Pausing all sending and reading for a while, on the user's word; kept as a setting, so that it outlives the program and holds for the
publishing service too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.runtime.clock import Clock
from app.runtime.settings import Desktop, Settings, Shop
from app.runtime.signals import Signal

MORNING_HOUR = 8


class Pausing:
    """`until` is asked by whoever is about to send or read by itself. What the user asks for at the moment is done all the same."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.changed: Signal[[]] = Signal("pausing.changed")
        self._settings = settings
        self._clock = clock
        settings.changed.connect(self._heard)

    @property
    def until(self) -> datetime | None:
        """When it ends; None while nothing is paused."""
        try:
            moment = datetime.fromisoformat(self._settings.get(Desktop).paused_until)
        except ValueError:
            return None
        return moment if moment.tzinfo is not None and moment > self._clock.now() else None

    def pause(self, span: timedelta) -> datetime:
        """From now on, for so long; answers until when."""
        return self._keep(self._clock.now() + span)

    def pause_until_tomorrow(self) -> datetime:
        """Until tomorrow morning, by the shop's clock."""
        zone = ZoneInfo(self._settings.get(Shop).zone or "UTC")
        day = self._clock.now().astimezone(zone).date() + timedelta(days=1)
        return self._keep(datetime(day.year, day.month, day.day, MORNING_HOUR, tzinfo=zone))

    def resume(self) -> None:
        self._settings.change(Desktop, paused_until="")

    def _keep(self, moment: datetime) -> datetime:
        self._settings.change(Desktop, paused_until=moment.isoformat(timespec="seconds"))
        return moment

    def _heard(self, keys: frozenset[str]) -> None:
        if f"{Desktop.GROUP}.paused_until" in keys:
            self.changed.emit()
