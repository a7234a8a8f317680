"""Pausing all sending and reading for a while, on the user's word; kept as a setting, so that it outlives the program and holds for the
publishing service too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.lateness import Pause
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
        last = self.last
        return last.until if last is not None and last.until > self._clock.now() else None

    @property
    def last(self) -> Pause | None:
        """The pause that goes on, or the last one that is over."""
        try:
            since, until = map(datetime.fromisoformat, self._settings.get(Desktop).paused.split("/"))
        except ValueError:
            return None
        return Pause(since, until) if since.tzinfo is not None and until.tzinfo is not None else None

    def pause(self, span: timedelta) -> datetime:
        """From now on, for so long; answers until when."""
        return self._keep(self._clock.now() + span)

    def pause_until_tomorrow(self) -> datetime:
        """Until tomorrow morning, by the shop's clock."""
        zone = ZoneInfo(self._settings.get(Shop).zone or "UTC")
        day = self._clock.now().astimezone(zone).date() + timedelta(days=1)
        return self._keep(datetime(day.year, day.month, day.day, MORNING_HOUR, tzinfo=zone))

    def resume(self) -> None:
        """It ends now. When it began is kept: what it held back is not late as other things are."""
        if self.until is not None:
            self._keep(self._clock.now())

    def _keep(self, moment: datetime) -> datetime:
        """A pause that is made longer or shorter began when it began."""
        last = self.last
        since = last.since if last is not None and self.until is not None else self._clock.now()
        times = (each.isoformat(timespec="seconds") for each in (since, moment))
        self._settings.change(Desktop, paused="/".join(times))
        return moment

    def _heard(self, keys: frozenset[str]) -> None:
        if f"{Desktop.GROUP}.paused" in keys:
            self.changed.emit()
