"""Waiting for a moment or for somebody to ring, whichever comes first. Sleeps on the clock, so tests need no real time."""

from __future__ import annotations

import asyncio
from datetime import datetime

from app.runtime.clock import Clock
from app.runtime.tasks import Tasks


class Alarm:
    """One waiter; a ring before the wait is not lost."""

    def __init__(self, tasks: Tasks, clock: Clock, name: str) -> None:
        self._tasks = tasks
        self._clock = clock
        self._name = name
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the waiter now, or spare it the next wait."""
        self._rung.set()

    async def wait(self, until: datetime | None) -> None:
        """Returns at `until` (aware UTC) or when rung; None waits for the ring alone."""
        sleeper = None
        if until is not None:
            sleeper = self._tasks.spawn(self._name, self._clock.sleep_until(until), owner=self)
            # Cancelled below it must not ring: the next wait would end at once, and so would every one after it.
            sleeper.add_done_callback(lambda done: None if done.cancelled() else self._rung.set())
        try:
            await self._rung.wait()
        finally:
            if sleeper is not None:
                sleeper.cancel()
            self._rung.clear()
