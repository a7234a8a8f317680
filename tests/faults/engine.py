"""The real program on a clock that runs faster: `SPEED=20 ORIGIN=1790000000 python tests/faults/engine.py ARGUMENTS...`.

What counts real seconds elsewhere (time-outs, pauses between two reads, the look for other processes' commits) is scaled alike.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import stamina
from aiolimiter import AsyncLimiter

from app.__main__ import main
from app.networks import client
from app.store import database
from tests.faults.fast_clock import hurry


def scale(speed: float) -> None:
    """Real waits of the client and the store, shortened as the clock's are."""
    usual = client.Patience()
    shorter = {field.name: getattr(usual, field.name) / speed for field in dataclasses.fields(usual)}
    client.Patience = partial(client.Patience, **shorter)  # type: ignore[misc,assignment]

    def limiter(requests: float, seconds: float) -> AsyncLimiter:
        return AsyncLimiter(requests, seconds / speed)

    client.AsyncLimiter = limiter  # type: ignore[misc,assignment]
    # Other processes are looked for as often as ever in real time: that costs, and proves nothing.
    database.LOOK_SECONDS *= speed
    stamina.set_testing(True, attempts=client.READ_ATTEMPTS, cap=True)


if __name__ == "__main__":
    speed = float(os.environ["SPEED"])
    if speed != 1:
        hurry(speed, float(os.environ["ORIGIN"]))
        scale(speed)
    sys.exit(main())
