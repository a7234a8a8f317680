"""When to try again: growing pauses with jitter. What a server asked for itself goes before."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

FIRST_SECONDS = 15
LONGEST_SECONDS = 1800


def next_try(now: datetime, attempts: int, chance: Random) -> datetime:
    """After `attempts` failures: 15 s doubling up to 30 min, each spread by a quarter so that items do not march in step."""
    seconds = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(attempts, 10))
    return now + timedelta(seconds=seconds * chance.uniform(0.75, 1.25))


def after(until: datetime, chance: Random) -> datetime:
    """A little after the moment a server named, never before it."""
    return until + timedelta(seconds=chance.uniform(0.5, 3.0))
