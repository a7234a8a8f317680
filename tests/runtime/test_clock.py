"""Time: milliseconds, wall times on the nights when clocks change, and waiting."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.runtime.clock import LONGEST_NAP_SECONDS, SystemClock, WallTime, day_start, from_ms, from_wall, to_ms
from tests.fakes.clock import FakeClock

MADRID = ZoneInfo("Europe/Madrid")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@settings(deadline=None)
@given(st.integers(-(10**13), 10**14))
def test_milliseconds_come_back_exactly(milliseconds: int) -> None:
    assert to_ms(from_ms(milliseconds)) == milliseconds


def test_milliseconds_count_from_1970_in_any_zone() -> None:
    assert to_ms(utc(1970, 1, 1, 0, 0, 1)) == 1000
    assert to_ms(datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))) == 0
    assert from_ms(0).tzinfo is UTC


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_ms(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="carries no zone"):
        from_wall(utc(2026, 1, 1), MADRID)


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        ("2026-07-01T09:00", "Europe/Madrid", WallTime(utc(2026, 7, 1, 7))),
        ("2026-03-29T02:30", "Europe/Madrid", WallTime(utc(2026, 3, 29, 1), moved=True)),
        ("2026-03-29T02:00", "Europe/Madrid", WallTime(utc(2026, 3, 29, 1), moved=True)),
        ("2026-03-29T03:00", "Europe/Madrid", WallTime(utc(2026, 3, 29, 1))),
        ("2026-10-25T02:30", "Europe/Madrid", WallTime(utc(2026, 10, 25, 0, 30), repeated=True)),
        ("2026-10-25T03:00", "Europe/Madrid", WallTime(utc(2026, 10, 25, 2))),
        ("2026-10-04T02:15", "Australia/Lord_Howe", WallTime(utc(2026, 10, 3, 15, 30), moved=True)),
        ("2026-09-06T00:30", "America/Santiago", WallTime(utc(2026, 9, 6, 4), moved=True)),
        ("2011-12-30T12:00", "Pacific/Apia", WallTime(utc(2011, 12, 30, 10), moved=True)),
        ("2026-11-18T10:00", "America/Mexico_City", WallTime(utc(2026, 11, 18, 16))),
    ],
)
def test_wall_times(local: str, zone: str, expected: WallTime) -> None:
    assert from_wall(datetime.fromisoformat(local), ZoneInfo(zone)) == expected


def test_the_system_clock_is_aware_and_right() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251  (here the two are compared)
    assert clock.monotonic() <= clock.monotonic()


def test_a_clock_without_a_sleeper_says_so() -> None:
    coroutine = SystemClock().sleep(1)
    with pytest.raises(RuntimeError, match="no sleeper"):
        coroutine.send(None)


class HastyClock(SystemClock):
    """Sleeps 5 % less than asked, as a timer of qasync may, in naps that take no time."""

    def __init__(self) -> None:
        super().__init__(self._nap_short)
        self.time = utc(2026, 1, 1)
        self.naps: list[float] = []

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    async def _nap_short(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.time += timedelta(seconds=max(seconds * 0.95, 0.001))


async def test_it_never_wakes_early() -> None:
    clock = HastyClock()
    due = clock.now() + timedelta(seconds=10)
    await clock.sleep_until(due)
    assert clock.now() >= due
    start = clock.monotonic()
    await clock.sleep(10)
    assert clock.monotonic() - start >= 10


async def test_long_waits_look_at_the_clock_often() -> None:
    clock = HastyClock()
    await clock.sleep_until(clock.now() + timedelta(minutes=5))
    assert max(clock.naps) <= LONGEST_NAP_SECONDS


async def test_a_past_moment_is_reached_at_once() -> None:
    clock = HastyClock()
    await clock.sleep_until(clock.now() - timedelta(days=1))
    assert clock.naps == []


# --- the fake


async def test_sleepers_wake_in_the_order_of_their_times(clock: FakeClock) -> None:
    woken: list[tuple[str, float]] = []

    async def sleep(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic()))

    tasks = [asyncio.ensure_future(sleep(name, seconds)) for name, seconds in (("c", 30), ("a", 10), ("b", 20))]  # noqa: TID251
    await clock.elapse(25)
    assert woken == [("a", 10), ("b", 20)]
    assert clock.sleeping == 1
    await clock.elapse(5)
    assert woken[-1] == ("c", 30)
    await asyncio.gather(*tasks)


async def test_one_who_sleeps_again_wakes_again(clock: FakeClock) -> None:
    woken: list[datetime] = []

    async def tick() -> None:
        while len(woken) < 3:
            await clock.sleep_until(clock.now() + timedelta(minutes=5))
            woken.append(clock.now())

    task = asyncio.ensure_future(tick())  # noqa: TID251
    start = clock.now()
    await clock.elapse(timedelta(hours=1))
    assert woken == [start + timedelta(minutes=minutes) for minutes in (5, 10, 15)]
    await task


async def test_advancing_wakes_whoever_is_due(clock: FakeClock) -> None:
    task = asyncio.ensure_future(clock.sleep(60))  # noqa: TID251
    await clock.settle()
    assert clock.next_waking_at == clock.now() + timedelta(seconds=60)
    clock.advance(59)
    await clock.settle()
    assert not task.done()
    clock.advance(timedelta(seconds=1))
    await task


def test_a_corrected_clock_jumps_without_time_passing(clock: FakeClock) -> None:
    clock.set_wall(utc(2030, 1, 1))
    assert (clock.now(), clock.monotonic()) == (utc(2030, 1, 1), 0.0)


def test_a_day_begins_with_its_midnight_also_where_that_is_left_out() -> None:
    now = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    assert day_start(now, ZoneInfo("America/Mexico_City")) == datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    left_out = day_start(datetime(2026, 9, 6, 13, 0, tzinfo=UTC), ZoneInfo("America/Santiago"))  # clocks go from 24:00 to 1:00
    assert left_out == datetime(2026, 9, 6, 4, 0, tzinfo=UTC)
