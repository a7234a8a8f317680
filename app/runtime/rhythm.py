"""Work on a thread beside a window: keeps to itself what the interpreter must do otherwise meanwhile, so that the window goes on answering."""

from __future__ import annotations

import gc
import sys
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


@contextmanager
def sharing_the_time() -> Iterator[None]:
    """For long work on a thread while the window is in use: threads change ten times as often, and the collector goes through old objects
    at the end only, once, instead of again and again among what is piled up.
    """
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(thresholds[0], thresholds[1], NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval)


@contextmanager
def keeping_the_rhythm() -> Iterator[None]:
    """For imports on a thread of their own. Threads change ten times as often, and the collector leaves old objects alone: going through
    everything that imports make takes 40 ms each time, and no thread runs meanwhile. What is there at the end is taken to live as long as
    the program and is never gone through again; of what imports leave behind, next to nothing is garbage.
    """
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(thresholds[0], thresholds[1], NEVER)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval)
