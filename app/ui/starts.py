"""Work of commands and widgets on the loop: begun in order, queued until the loop runs, and none any more once the pages go."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

MOMENT_SECONDS = 1.0
"""So long a command counts as just begun: what takes longer tells of its progress, and is not what Z means."""

Spawn = Callable[[str, Coroutine[Any, Any, Any]], Any]
"""Starts a coroutine on the loop, sends what it raises to the right door, and answers the task (`tasks.spawn`)."""


class Start:
    """Work that runs, or waits for the loop to run; implements `Started`."""

    def __init__(self, name: str, make: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self._name = name
        self._make = make
        self._task: Any = None
        self._over = False
        self.since = time.monotonic()

    def begin(self, spawn: Spawn) -> None:
        """The loop runs."""
        if not self._over:
            self._task = spawn(self._name, self._make())

    @property
    def task(self) -> Any:
        """Its task while it runs; None before and after."""
        return None if self._task is None or self._task.done() else self._task

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        elif not self._over:
            self._make().close()
        self._over = True


class Starts:
    """All of it, for one window."""

    def __init__(self) -> None:
        self._spawn: Spawn | None = None
        self._waiting: list[Start] = []
        self._commands: list[Start] = []
        """Those that were begun; what has ended is forgotten at the next one."""
        self._over = False

    def ready(self, spawn: Spawn) -> None:
        """The loop runs: start what was asked for meanwhile, in order."""
        self._spawn = spawn
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            start.begin(spawn)

    def rest(self) -> None:
        """Begin nothing any more."""
        self._over = True
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            start.cancel()

    def begin(self, name: str, make: Callable[[], Coroutine[Any, Any, Any]]) -> Start:
        """Now, or as soon as the loop runs."""
        start = Start(name, make)
        if self._over:
            start.cancel()
        elif self._spawn is None:
            self._waiting.append(start)
        else:
            start.begin(self._spawn)
        return start

    def begin_command(self, name: str, make: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Work that a later command may have to wait for."""
        self._commands.append(self.begin(name, make))

    def under_way(self) -> tuple[Any, ...]:
        """Tasks of the commands that have not ended, in their order."""
        self._commands = [start for start in self._commands if start.task is not None]
        return tuple(start.task for start in self._commands)

    @property
    def just_begun(self) -> bool:
        """A command was begun a moment ago and has not ended: what it changes may be on the screen before it can be taken back, and Z struck
        then means it.
        """
        return any(start.task is not None and time.monotonic() - start.since < MOMENT_SECONDS for start in self._commands)
