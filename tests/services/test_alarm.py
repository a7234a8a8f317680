"""Waiting for a moment or a ring, whichever comes first, and for neither twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from app.runtime.tasks import Tasks
from app.services.alarm import Alarm
from tests.fakes.clock import FakeClock


class Waiter:
    """Waits again and again, and counts."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.tasks = Tasks(lambda _error: None, lambda _error: None)
        self.alarm = Alarm(self.tasks, clock, "next")
        self.woken: list[datetime] = []

    async def run(self, seconds: float | None) -> None:
        while True:
            await self.alarm.wait(self.clock.now() + timedelta(seconds=seconds) if seconds is not None else None)
            self.woken.append(self.clock.now())


@asynccontextmanager
async def waiting(clock: FakeClock, seconds: float | None) -> AsyncIterator[Waiter]:
    waiter = Waiter(clock)
    waiter.tasks.spawn("wait", waiter.run(seconds))
    await clock.settle()
    yield waiter
    await waiter.tasks.shutdown()


async def test_it_wakes_at_its_moment(clock: FakeClock) -> None:
    begin = clock.now()
    async with waiting(clock, 60) as waiter:
        await clock.elapse(121)
        assert waiter.woken == [begin + timedelta(seconds=60), begin + timedelta(seconds=120)]


async def test_it_wakes_when_rung_and_then_waits_again(clock: FakeClock) -> None:
    async with waiting(clock, 60) as waiter:
        for times in (1, 2, 3):
            waiter.alarm.ring()
            await clock.settle()
            await clock.settle()
            assert len(waiter.woken) == times  # once a ring: a sleeper that was cancelled is no ring
        assert clock.sleeping == 1


async def test_without_a_moment_it_waits_for_the_ring_alone(clock: FakeClock) -> None:
    async with waiting(clock, None) as waiter:
        await clock.elapse(86_400)
        assert waiter.woken == []
        waiter.alarm.ring()
        await clock.settle()
        assert len(waiter.woken) == 1


async def test_a_ring_before_the_wait_is_not_lost(clock: FakeClock) -> None:
    tasks = Tasks(lambda _error: None, lambda _error: None)
    alarm = Alarm(tasks, clock, "next")
    alarm.ring()
    await alarm.wait(None)
    await tasks.shutdown()


async def test_a_moment_that_is_over_does_not_make_it_wait(clock: FakeClock) -> None:
    tasks = Tasks(lambda _error: None, lambda _error: None)
    await Alarm(tasks, clock, "next").wait(clock.now() - timedelta(seconds=1))
    assert tasks.names() == []
    await tasks.shutdown()
