"""Work on a thread beside a window: keeps to itself what the interpreter must do otherwise meanwhile, so that the window goes on answering."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

SWITCH_S = 0.0005
NEVER = 1_000_000_000
WAY_S = 0.0002

T = TypeVar("T")


def giving_way(items: Iterable[T], every: int = 100) -> Iterator[T]:
    """The items, with a rest after so many: a window that waits for its turn has it then at once. Only for work on a thread of its own."""
    for number, item in enumerate(items, 1):
        yield item
        if number % every == 0:
            time.sleep(WAY_S)


class _Pace:
    """How the interpreter goes; there is one of it, and several threads may ask for it at the same time: the last one to end puts it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = 0
        self._before: tuple[float, tuple[int, int, int]] = (0.0, (0, 0, 0))

    def quicken(self) -> None:
        with self._lock:
            if not self._asked:
                self._before = sys.getswitchinterval(), gc.get_threshold()
                interval, thresholds = self._before
                sys.setswitchinterval(min(interval, SWITCH_S))
                gc.set_threshold(thresholds[0], thresholds[1], NEVER)
            self._asked += 1

    def put_back(self) -> None:
        with self._lock:
            self._asked -= 1
            if not self._asked:
                interval, thresholds = self._before
                gc.set_threshold(*thresholds)
                sys.setswitchinterval(interval)


_PACE = _Pace()


@contextmanager
def sharing_the_time() -> Iterator[None]:
    """For long work on a thread while the window is in use: threads change ten times as often, and the collector goes through old objects
    at the end only, once, instead of again and again among what is piled up.
    """
    _PACE.quicken()
    try:
        yield
    finally:
        _PACE.put_back()


@contextmanager
def keeping_the_rhythm() -> Iterator[None]:
    """For imports on a thread of their own. Threads change ten times as often, and the collector leaves old objects alone: going through
    everything that imports make takes 40 ms each time, and no thread runs meanwhile. What is there at the end is taken to live as long as
    the program and is never gone through again; of what imports leave behind, next to nothing is garbage.
    """
    _PACE.quicken()
    try:
        yield
    finally:
        gc.freeze()
        _PACE.put_back()
