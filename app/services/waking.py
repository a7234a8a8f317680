"""Notices that the computer slept: the wall clock went on while nothing here did, or somebody set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app.runtime.clock import Clock

EVERY_SECONDS = 15.0
JUMP = timedelta(seconds=20)
"""So much more on the wall than passed here is no mere delay."""


class Waking:
    """Compares the wall clock with the time that passed; timers of the system may stand still while the computer sleeps."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall: datetime = clock.now()
        self._passed = clock.monotonic()

    async def watch(self, woke: Callable[[timedelta], object]) -> None:
        """Until cancelled; `woke` hears how far the wall clock jumped (back: negative)."""
        while True:
            await self._clock.sleep(EVERY_SECONDS)
            jump = self.jump()
            if abs(jump) >= JUMP:
                woke(jump)

    def jump(self) -> timedelta:
        """How much more the wall clock went on than time passed here, since this was last asked."""
        wall, passed = self._clock.now(), self._clock.monotonic()
        jump = (wall - self._wall) - timedelta(seconds=passed - self._passed)
        self._wall, self._passed = wall, passed
        return jump
