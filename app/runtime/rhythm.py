"""Work on a thread beside a window: keeps to itself what the interpreter must do otherwise meanwhile, so that the window goes on answering."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_S = 0.0005
NEVER = 1_000_000_000


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
