"""`python3 run.py test --slowed 0.25`: what is done on other threads takes a random while longer, before and after.

Reads, writes and files come back late then, as on a slow disk or a busy machine, and not in the order in which they were asked for. What a
user strikes meanwhile must not be lost, and a test that counts on an order shows it. Stays away from the usual run, which must be quick.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

SPARED = 0.4
"""Of the work, so that some overtakes other."""


def slow_down(longest: float) -> None:
    """From now on, in this process, by up to so many seconds at each end of what an executor runs."""
    plain = ThreadPoolExecutor.submit
    chance = random.Random()

    def nap() -> None:
        if chance.random() > SPARED:
            time.sleep(longest * chance.random() ** 2)

    def submit(self: ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        def slowed() -> Any:
            nap()
            try:
                return work(*args, **named)
            finally:
                nap()

        return plain(self, slowed)

    ThreadPoolExecutor.submit = submit  # type: ignore[assignment, method-assign]
