"""A clock that stands still until a test moves it; who sleeps on it wakes in the order of the times they wait for."""

from __future__ import annotations

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

WEDNESDAY_MORNING = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
"""10:00 in Mexico City, where the sample shop is."""

LOOP_PASSES = 20
"""How often `elapse` lets the loop turn after each waking, so that what was woken runs on to its next wait."""


class FakeClock:
    """A `Clock`. `advance` only moves the time and wakes; `elapse` also lets the woken tasks run, stop by stop."""

    def __init__(self, start: datetime = WEDNESDAY_MORNING) -> None:
        self._now = start.astimezone(UTC)
        self._elapsed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self._now).total_seconds()) > 0:
            await self._wait(left)
        await asyncio.sleep(0)

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            await self._wait(seconds)
        else:
            await asyncio.sleep(0)

    @property
    def sleeping(self) -> int:
        """How many wait on this clock."""
        return sum(not future.done() for _, _, future in self._sleepers)

    @property
    def next_waking_at(self) -> datetime | None:
        due = [at for at, _, future in self._sleepers if not future.done()]
        return self._now + timedelta(seconds=min(due) - self._elapsed) if due else None

    def advance(self, step: float | timedelta) -> None:
        """Jumps ahead by seconds (or a timedelta) and wakes everyone who is due; they run when the test next awaits."""
        seconds = step.total_seconds() if isinstance(step, timedelta) else step
        if seconds < 0:
            raise ValueError("time does not go back; see set_wall")
        self._elapsed += seconds
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._elapsed + 1e-6:
            _, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)

    async def elapse(self, step: float | timedelta) -> None:
        """Lets time pass as it would: stops at each waking, lets the woken run, goes on."""
        seconds = step.total_seconds() if isinstance(step, timedelta) else step
        end = self._elapsed + seconds
        await self.settle()
        while True:
            due = [at for at, _, future in self._sleepers if not future.done() and at <= end]
            if not due:
                break
            self.advance(max(0.0, min(due) - self._elapsed))
            await self.settle()
        self.advance(max(0.0, end - self._elapsed))
        await self.settle()

    async def settle(self) -> None:
        for _ in range(LOOP_PASSES):
            await asyncio.sleep(0)

    def set_wall(self, moment: datetime) -> None:
        """The user or a time server corrects the clock: `now` jumps, durations do not."""
        self._now = moment.astimezone(UTC)

    async def _wait(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._elapsed + seconds, next(self._order), future))
        await future
