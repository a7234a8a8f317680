"""Tasks: each error to its door, owners, and an orderly end; under asyncio and under Qt's loop."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from app.runtime.errors import AppError, Offline
from app.runtime.tasks import Tasks, system_clock


class Doors:
    def __init__(self) -> None:
        self.app_errors: list[AppError] = []
        self.bugs: list[Exception] = []
        self.tasks = Tasks(self.app_errors.append, self.bugs.append)


@pytest.fixture
def doors() -> Doors:
    return Doors()


async def for_ever() -> None:
    await asyncio.Event().wait()


async def fail_with(error: Exception) -> None:
    raise error


async def seven() -> int:
    return 7


async def test_the_result_is_there_for_who_wants_it(doors: Doors) -> None:
    assert await doors.tasks.spawn("seven", seven()) == 7
    await asyncio.sleep(0)
    assert doors.tasks.names() == []


async def test_an_app_error_is_for_the_user(doors: Doors) -> None:
    error = Offline()
    assert await doors.tasks.spawn("work", fail_with(error)) is None
    assert (doors.app_errors, doors.bugs) == ([error], [])


async def test_anything_else_is_a_bug(doors: Doors, expected_log: list[logging.LogRecord]) -> None:
    error = KeyError("x")
    await doors.tasks.spawn("work", fail_with(error))
    assert (doors.app_errors, doors.bugs) == ([], [error])
    assert [record.getMessage() for record in expected_log] == ["work failed"]


async def test_an_owner_ends_only_its_own(doors: Doors) -> None:
    page, other = [], []  # equal, and yet two owners
    mine = doors.tasks.spawn("mine", for_ever(), page)
    theirs = doors.tasks.spawn("theirs", for_ever(), other)
    assert doors.tasks.names(page) == ["mine"]
    assert doors.tasks.cancel(page) == 1
    await asyncio.wait([mine])
    assert mine.cancelled()
    assert not theirs.done()
    await doors.tasks.shutdown()


async def test_shutting_down_waits_for_the_cleaning_up(doors: Doors) -> None:
    steps: list[str] = []

    async def careful() -> None:
        try:
            await for_ever()
        finally:
            await asyncio.sleep(0.01)
            steps.append("cleaned")
            doors.tasks.spawn("late", for_ever())

    doors.tasks.spawn("careful", careful())
    await asyncio.sleep(0)
    assert await doors.tasks.shutdown(5) == []
    assert steps == ["cleaned"]
    assert (doors.app_errors, doors.bugs) == ([], [])


async def test_who_does_not_end_is_named(doors: Doors, expected_log: list[logging.LogRecord]) -> None:
    release = asyncio.Event()

    async def stubborn() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    doors.tasks.spawn("stubborn", stubborn())
    await asyncio.sleep(0)
    assert await doors.tasks.shutdown(0.02) == ["stubborn"]
    release.set()


async def test_what_ends_as_soon_as_the_loop_turns_is_not_named_however_late_it_was_begun(doors: Doors) -> None:
    doors.tasks.spawn("for ever", for_ever())
    await asyncio.sleep(0)
    assert await doors.tasks.shutdown(0) == []


async def test_what_is_spawned_too_late_never_starts(doors: Doors) -> None:
    await doors.tasks.shutdown()
    task = doors.tasks.spawn("late", fail_with(KeyError("never")))
    await asyncio.wait([task])
    assert task.cancelled()
    assert doors.bugs == []


async def test_a_task_may_shut_the_others_down(doors: Doors) -> None:
    doors.tasks.spawn("other", for_ever())
    assert await doors.tasks.spawn("closing", doors.tasks.shutdown()) == []


async def test_all_of_it_under_the_loop_of_qt(doors: Doors, qapp: Any, expected_log: list[logging.LogRecord]) -> None:
    assert type(asyncio.get_running_loop()).__module__.startswith("qasync")
    assert await doors.tasks.spawn("seven", seven()) == 7
    await doors.tasks.spawn("bug", fail_with(ValueError("x")))
    assert len(doors.bugs) == 1
    doors.tasks.spawn("for ever", for_ever())
    assert await doors.tasks.shutdown(5) == []


async def test_the_clock_never_wakes_early_under_qt(qapp: Any) -> None:
    clock = system_clock()
    start = clock.monotonic()
    await clock.sleep(0.03)
    assert clock.monotonic() - start >= 0.03


async def test_what_must_not_be_lost_is_waited_for_before_the_end(doors: Doors) -> None:
    done: list[str] = []

    async def write(name: str) -> None:
        await asyncio.sleep(0)
        done.append(name)

    mine = object()
    doors.tasks.spawn("first", write("first"), owner=mine)
    doors.tasks.spawn("second", write("second"), owner=mine)
    doors.tasks.spawn("others", for_ever())
    await doors.tasks.finish(mine)
    assert done == ["first", "second"]
    await doors.tasks.shutdown()


async def test_what_does_not_end_is_not_waited_for_for_ever(doors: Doors) -> None:
    mine = object()
    doors.tasks.spawn("stuck", for_ever(), owner=mine)
    await doors.tasks.finish(mine, deadline_seconds=0.01)
    assert doors.tasks.names(mine) == ["stuck"]
    await doors.tasks.shutdown()
