"""Counts the active minutes of the day: the window has the focus and something was touched within the last minute. Never leaves the computer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.runtime.clock import Clock

STEP_SECONDS = 15
IDLE_AFTER_SECONDS = 60
DAY_STARTS_AT_HOUR = 4


class ActiveMinutes(QObject):
    """Keeps today's count in the profile's INI file, so that a second start goes on counting."""

    changed = Signal(int)
    """Whole minutes used today."""

    def __init__(
        self, clock: Clock, zone: Callable[[], tzinfo], is_active: Callable[[], bool], remembered: QSettings
    ) -> None:
        """`is_active` answers whether the window has the focus and was touched within `IDLE_AFTER_SECONDS`."""
        super().__init__()
        self._clock = clock
        self._zone = zone
        self._is_active = is_active
        self._remembered = remembered
        self._day = str(remembered.value("hour/day", ""))
        self._seconds = int(str(remembered.value("hour/seconds", 0)))
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_SECONDS * 1000)
        self._timer.timeout.connect(self.step)

    @property
    def minutes(self) -> int:
        self._begin_day()
        return self._seconds // 60

    def stop(self) -> None:
        """Count no more: the window goes."""
        self._timer.stop()

    def start(self) -> None:
        self._timer.start()
        self.changed.emit(self.minutes)

    def step(self) -> None:
        """A quarter of a minute has passed."""
        before = self.minutes
        if self._is_active():
            self._seconds += STEP_SECONDS
            self._remembered.setValue("hour/seconds", self._seconds)
        if self.minutes != before:
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
