"""Work of commands and widgets: in order, not before the loop runs, and none any more once the pages go."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import pytest

from app.ui import starts as starts_module
from app.ui.starts import Starts


class Task:
    """One that ends when the test says so."""

    def __init__(self, name: str, work: Coroutine[Any, Any, Any]) -> None:
        self.name = name
        self.ended = self.cancelled = False
        work.close()

    def done(self) -> bool:
        return self.ended

    def cancel(self) -> None:
        self.cancelled = True


async def work() -> None:
    """Nothing."""


@pytest.fixture
def begun() -> list[Task]:
    return []


@pytest.fixture
def starts(begun: list[Task]) -> Starts:
    made = Starts()

    def spawn(name: str, coroutine: Coroutine[Any, Any, Any]) -> Task:
        begun.append(Task(name, coroutine))
        return begun[-1]

    made.ready(spawn)
    return made


def test_what_was_asked_for_before_the_loop_runs_begins_with_it_in_order(begun: list[Task]) -> None:
    starts = Starts()
    starts.begin("first", work)
    starts.begin_command("second", work)
    assert begun == []
    starts.ready(lambda name, coroutine: begun.append(Task(name, coroutine)))
    assert [task.name for task in begun] == ["first", "second"]


def test_what_was_cancelled_before_the_loop_runs_never_begins(begun: list[Task]) -> None:
    starts = Starts()
    starts.begin("first", work).cancel()
    starts.ready(lambda name, coroutine: begun.append(Task(name, coroutine)))
    assert begun == []


def test_what_runs_is_cancelled_as_a_task(starts: Starts, begun: list[Task]) -> None:
    starts.begin("first", work).cancel()
    assert begun[0].cancelled


def test_commands_are_under_way_until_they_end(starts: Starts, begun: list[Task]) -> None:
    starts.begin("save draft", work)
    starts.begin_command("inbox.done", work)
    starts.begin_command("inbox.snooze", work)
    assert starts.under_way() == (begun[1], begun[2])
    begun[1].ended = True
    assert starts.under_way() == (begun[2],)


def test_a_command_has_just_begun_for_a_moment(starts: Starts, begun: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    starts.begin("save draft", work)
    assert not starts.just_begun
    starts.begin_command("inbox.done", work)
    assert starts.just_begun
    later = starts_module.time.monotonic() + starts_module.MOMENT_SECONDS + 0.1
    with monkeypatch.context() as patch:
        patch.setattr(starts_module.time, "monotonic", lambda: later)
        assert not starts.just_begun
    begun[1].ended = True
    assert not starts.just_begun


def test_once_the_pages_go_nothing_begins(starts: Starts, begun: list[Task]) -> None:
    starts.rest()
    starts.begin("save draft", work)
    starts.begin_command("inbox.done", work)
    assert begun == []
