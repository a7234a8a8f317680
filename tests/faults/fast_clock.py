"""A clock that runs many times as fast as the computer's, the same in every process that is given the same origin."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

from app.runtime.clock import LONGEST_NAP_SECONDS, SystemClock


class FastClock(SystemClock):
    """`origin`: the moment (seconds since 1970) at which it agrees with the computer's clock."""

    def __init__(self, speed: float, origin: float) -> None:
        super().__init__(asyncio.sleep)
        self.speed = speed
        self.origin = origin

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.origin + (time.time() - self.origin) * self.speed, UTC)

    def monotonic(self) -> float:
        return time.monotonic() * self.speed

    async def _nap(self, seconds: float) -> None:
        assert self.sleeper is not None
        await self.sleeper(min(seconds / self.speed, LONGEST_NAP_SECONDS))


def hurry(speed: float, origin: float) -> None:
    """From now on every `SystemClock` of this process runs like that."""
    fast = FastClock(speed, origin)

    async def nap(clock: SystemClock, seconds: float) -> None:
        assert clock.sleeper is not None
        await clock.sleeper(min(seconds / speed, LONGEST_NAP_SECONDS))

    SystemClock.now = lambda _: fast.now()  # type: ignore[method-assign]
    SystemClock.monotonic = lambda _: fast.monotonic()  # type: ignore[method-assign]
    SystemClock._nap = nap  # type: ignore[method-assign]
