"""The tests' end of accessibility_walker.py: the program as a screen reader has it."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.desktop import SYSTEM_PYTHON, Desktop
from tests.system.parts import wait_until


@dataclass(frozen=True)
class Thing:
    """One thing that is showing."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    text: str
    value: float | None
    acts: tuple[str, ...]
    place: tuple[int, int, int, int]
    children: tuple[Thing, ...]

    def __str__(self) -> str:
        return f"{self.role} {self.name[:80]!r} at {self.place} [{' '.join(sorted(self.states))}]"

    def all(self) -> Iterator[Thing]:
        yield self
        for child in self.children:
            yield from child.all()

    def outline(self, depth: int = 0) -> str:
        return "\n".join(["  " * depth + str(self), *(child.outline(depth + 1) for child in self.children)])


@dataclass(frozen=True)
class Event:
    """One thing that was said unasked."""

    kind: str
    role: str
    name: str
    said: str
    polite: bool


def thing(told: Mapping[str, Any]) -> Thing:
    x, y, width, height = told["place"]
    children = tuple(thing(child) for child in told["children"])
    acts = tuple(told.get("acts") or ())
    return Thing(
        told["role"],
        told["name"],
        told["description"],
        frozenset(told["states"]),
        told["text"],
        told["value"],
        acts,
        (x, y, width, height),
        children,
    )


class ScreenReader:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._heard: list[Event] = []

    def _ask(self, word: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the screen reader ended"
        return json.loads(line)

    def tree(self) -> Thing:
        """All that is showing now, from the program down."""
        return thing(wait_until("the program on the accessibility bus", lambda: self._ask("tree")))

    def heard(self) -> list[Event]:
        """What was said since `forget`."""
        for told in self._ask("heard"):
            self._heard.append(Event(told["kind"], told["role"], told["name"], told["said"], told["polite"]))
        return self._heard

    def forget(self) -> None:
        self._ask("heard")
        self._heard = []

    def wait_for(self, what: str, fits: Callable[[Event], object]) -> Event:
        """The first of this kind since `forget`."""
        return wait_until(what, lambda: next(filter(fits, self.heard()), None))

    @property
    def focus(self) -> str:
        """Where the keyboard came to last, since `forget`; empty before it moved."""
        return next(
            (f"{event.role} {event.name}" for event in reversed(self.heard()) if event.kind == "state-changed"), ""
        )


@contextlib.contextmanager
def screen_reader(desktop: Desktop, program: str = "tertulia") -> Iterator[ScreenReader]:
    """One that listens to all programs of this name."""
    script = str(Path(__file__).with_name("accessibility_walker.py"))
    log = desktop.folder / "screen_reader.log"
    with (
        log.open("a") as complaints,
        subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", script, program],
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as process,
    ):
        made = ScreenReader(process)
        assert made._ask("ready") == "ready"
        try:
            yield made
        finally:
            process.kill()
