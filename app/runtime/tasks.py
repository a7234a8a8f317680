"""The one way to start asynchronous work: keeps each task referenced, sends its error to the right door, and ends all of them at exit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from app.runtime.clock import SystemClock
from app.runtime.errors import AppError

_log = logging.getLogger(__name__)

T = TypeVar("T")


def system_clock() -> SystemClock:
    """The computer's clock with asyncio's sleep, for whoever has a loop from the start."""
    return SystemClock(asyncio.sleep)


class Tasks:
    """All running work of a process. Serves plain asyncio and qasync alike; used in the loop's thread alone."""

    def __init__(self, on_app_error: Callable[[AppError], None], on_bug: Callable[[Exception], None]) -> None:
        """What a task raises goes to one of the two, in the loop's thread: an `AppError` is for the user's eyes, anything else is a bug."""
        self._on_app_error = on_app_error
        self._on_bug = on_bug
        self._running: dict[asyncio.Task[Any], object] = {}
        self._closing = False

    def spawn(self, name: str, coro: Coroutine[Any, Any, T], owner: object = None) -> asyncio.Task[T | None]:
        """Starts `coro`; its result is None if it failed. `owner` is whoever may `cancel` it: a page, an account, a service.

        Once `shutdown` has begun, what is spawned is cancelled at once.
        """
        task = asyncio.get_running_loop().create_task(self._run(name, coro), name=name)
        self._running[task] = owner
        task.add_done_callback(self._finished)
        task.add_done_callback(
            lambda _: coro.close()
        )  # cancelled before its first step, it would warn that nobody awaited it
        if self._closing:
            task.cancel()
        return task

    def names(self, owner: object = None) -> list[str]:
        """The running tasks, of one owner if given; for `doctor` and tests."""
        return [task.get_name() for task, its in self._running.items() if owner is None or its is owner]

    def cancel(self, owner: object) -> int:
        """Cancels the tasks of `owner` (the same object, not an equal one) and returns how many."""
        found = [task for task, its in self._running.items() if its is owner]
        for task in found:
            task.cancel()
        return len(found)

    async def finish(self, owner: object, deadline_seconds: float = 5.0) -> None:
        """Waits until the tasks of `owner` have ended by themselves: before `shutdown`, for work that must not be lost."""
        loop = asyncio.get_running_loop()
        end = loop.time() + deadline_seconds
        while (left := [task for task, its in self._running.items() if its is owner]) and (seconds := end - loop.time()) > 0:
            await asyncio.wait(left, timeout=seconds)

    async def shutdown(self, deadline_seconds: float = 5.0) -> list[str]:
        """Cancels everything and waits for its cleaning up. Returns the names of what was still running at the deadline."""
        self._closing = True
        mine = asyncio.current_task()
        loop = asyncio.get_running_loop()
        end = loop.time() + deadline_seconds
        for task in self._running:
            if task is not mine:
                task.cancel()
        # A task that cleans up may spawn another, so look again until none is left.
        while (left := [task for task in self._running if task is not mine]) and (seconds := end - loop.time()) > 0:
            await asyncio.wait(left, timeout=seconds)
        if left:  # what was spawned in the last moment has nothing to clean up, and ends as soon as the loop turns
            await asyncio.wait(left, timeout=0)
            left = [task for task in self._running if task is not mine]
        names = [task.get_name() for task in left]
        if names:
            _log.warning("still running at exit: %s", ", ".join(names))
        return names

    async def _run(self, name: str, coro: Coroutine[Any, Any, T]) -> T | None:
        try:
            return await coro
        except AppError as error:
            _log.info("%s: %s", name, error)
            self._on_app_error(error)
        except Exception as error:  # noqa: BLE001  (one of the three top catchers)
            _log.error("%s failed", name, exc_info=error)
            self._on_bug(error)
        return None

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.critical("%s: the error could not be reported", task.get_name(), exc_info=error)
