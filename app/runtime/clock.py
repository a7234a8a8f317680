"""Time: now, waiting, milliseconds for the database and wall times of a zone. The only place that asks the system what time it is.

Free of asyncio, which costs half a bare window: a `SystemClock` is made before the first frame and is given its sleeper later.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple, Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

LONGEST_NAP_SECONDS = 30.0
"""A timer of the system stops while the computer sleeps and ignores a corrected clock, so no wait is longer than this at a time."""


class Clock(Protocol):
    """What the program asks about time. Tests pass `tests.fakes.clock.FakeClock`."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, for measuring durations."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Returns when `now()` has reached `moment`, never before."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Returns after at least `seconds`."""
        ...


class SystemClock:
    """The computer's clock. `sleeper` is `asyncio.sleep`, set by whoever starts the loop."""

    def __init__(self, sleeper: Callable[[float], Awaitable[object]] | None = None) -> None:
        self.sleeper = sleeper

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep_until(self, moment: datetime) -> None:
        """Asks the clock again after each nap: under qasync a timer may fire up to 5 % early."""
        _refuse_naive(moment)
        while (left := (moment - self.now()).total_seconds()) > 0:
            await self._nap(left)

    async def sleep(self, seconds: float) -> None:
        end = self.monotonic() + seconds
        await self._nap(max(0.0, seconds))
        while (left := end - self.monotonic()) > 0:
            await self._nap(left)

    async def _nap(self, seconds: float) -> None:
        if self.sleeper is None:
            raise RuntimeError("this clock was given no sleeper: set SystemClock.sleeper when the loop starts")
        await self.sleeper(min(seconds, LONGEST_NAP_SECONDS))


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 in UTC, as the database keeps times; rounded down. Refuses naive times."""
    _refuse_naive(moment)
    return (moment - EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """Aware, in UTC."""
    return EPOCH + milliseconds * _MILLISECOND


def day_start(now: datetime, zone: tzinfo) -> datetime:
    """The midnight (aware UTC) with which the day of a moment (aware) began in a zone."""
    return from_wall(datetime.combine(now.astimezone(zone).date(), datetime.min.time()), zone).at


class WallTime(NamedTuple):
    """The moment that a wall time of a zone means, and whether the clock change had to be interpreted."""

    at: datetime
    """Aware UTC."""
    moved: bool = False
    """The wall time is skipped that day: `at` is the next minute that exists."""
    repeated: bool = False
    """The wall time happens twice that day: `at` is its first occurrence."""


def from_wall(local: datetime, zone: tzinfo) -> WallTime:
    """Reads a naive wall time in `zone`. product.md, defaults: a repeated hour means its first occurrence."""
    if local.tzinfo is not None:
        raise ValueError(f"a wall time carries no zone: {local!r}")
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return WallTime(first)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return WallTime(first, repeated=True)
    # Skipped: read with the offset before the change it falls after it, and the other way round.
    return WallTime(_change_between(second, first, zone), moved=True)


def _change_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The second at which the zone's offset changes, by halving."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _refuse_naive(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment!r}")
