"""Counts the active minutes of the day, and what they went into: the window has the focus and something was touched within the last minute.

It never leaves the computer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.models.hour import HourLog
from app.runtime.clock import Clock

STEP_SECONDS = 15
IDLE_AFTER_SECONDS = 60
DAY_STARTS_AT_HOUR = 4
GUIDE = "hour/guide"
"""Where the guided hour is kept; its module is imported when it is wanted."""


class Guided(Protocol):
    """The guided hour (hour_guide.py)."""

    @property
    def facts(self) -> frozenset[str]: ...

    def perform(self, verb: str) -> None: ...

    def resume(self) -> bool: ...


class GuideDoor:
    """Makes the guided hour when it is first asked for."""

    def __init__(self, make: Callable[[], Guided], remembered: QSettings) -> None:
        self._make = make
        self._remembered = remembered
        self._made: Guided | None = None

    @property
    def facts(self) -> frozenset[str]:
        """Of the window's state."""
        return self._made.facts if self._made is not None else frozenset()

    def perform(self, verb: str) -> None:
        self._there().perform(verb)

    def resume(self) -> None:
        """Where one was begun before the window was closed."""
        if self._remembered.value(GUIDE, ""):
            self._there().resume()

    def _there(self) -> Guided:
        if self._made is None:
            self._made = self._make()
        return self._made


class ActiveMinutes(QObject):
    """Keeps today's count in the profile's INI file, so that a second start goes on counting."""

    changed = Signal(int)
    """Whole minutes used today."""

    def __init__(
        self,
        clock: Clock,
        zone: Callable[[], tzinfo],
        is_active: Callable[[], bool],
        remembered: QSettings,
        page: Callable[[], str] = lambda: "",
    ) -> None:
        """`is_active` answers whether the window has the focus and was touched within `IDLE_AFTER_SECONDS`; `page` which one is in front."""
        super().__init__()
        self._clock = clock
        self._zone = zone
        self._is_active = is_active
        self._remembered = remembered
        self._day = str(remembered.value("hour/day", ""))
        self._seconds = int(str(remembered.value("hour/seconds", 0)))
        self._page = page
        self._log: HourLog | None = None
        self.paused = False
        """The user takes a break: nothing is counted."""
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_SECONDS * 1000)
        self._timer.timeout.connect(self.step)

    @property
    def minutes(self) -> int:
        self._begin_day()
        return self._seconds // 60

    @property
    def day(self) -> str:
        """The session's day (ISO)."""
        self._begin_day()
        return self._day

    @property
    def log(self) -> HourLog:
        """What the minutes of the last weeks went into; read when first asked for."""
        if self._log is None:
            self._log = HourLog.from_json(str(self._remembered.value("hour/log", "")))
        return self._log

    def stop(self) -> None:
        """Count no more: the window goes."""
        self._timer.stop()

    def start(self) -> None:
        self._timer.start()
        self.changed.emit(self.minutes)

    def step(self) -> None:
        """A quarter of a minute has passed."""
        before = self.minutes
        if not self.paused and self._is_active():
            self._seconds += STEP_SECONDS
            self._remembered.setValue("hour/seconds", self._seconds)
            self.log.note(self._day, self._page(), STEP_SECONDS)
        if self.minutes != before:
            self._remembered.setValue("hour/log", self.log.to_json())
            self.changed.emit(self.minutes)

    def _begin_day(self) -> None:
        today = session_day(self._clock.now(), self._zone())
        if today != self._day:
            self._day, self._seconds = today, 0
            self._remembered.setValue("hour/day", today)
            self._remembered.setValue("hour/seconds", 0)


def session_day(now: datetime, zone: tzinfo) -> str:
    """The day a moment counts for: it begins at 4 in the morning."""
    return (now.astimezone(zone) - timedelta(hours=DAY_STARTS_AT_HOUR)).date().isoformat()
