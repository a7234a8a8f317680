"""What is written down of three simulated days, when they begin, and how a disk is filled."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

LANGUAGES = {
    "en": "Yesterday the records of the whole week arrived ",
    "fr": "Les disques de toute la semaine sont arrivés hier ",
    "ru": "Вчера привезли пластинки за всю неделю ",
    "zh": "昨天到了整个星期的唱片 ",
    "es": "Llegaron los vinilos de ayer y de anteayer ",
}
"""A post in each, whose spelling is looked at."""


@dataclass(frozen=True)
class Heard:
    """What a customer wrote."""

    account: int
    remote_id: str
    follows: str
    """Remote id of what they wrote before in this thread; empty at its beginning."""
    private: bool = False


@dataclass(frozen=True)
class Said:
    """What the program told the user by itself."""

    at: datetime
    what: str
    values: str = ""


def fill(file: Path) -> None:
    """To the last byte of its disk."""
    with contextlib.suppress(OSError), file.open("wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while out.write(b"\0" * size):
                    pass


def friday(seed: int) -> datetime:
    """The afternoon before a night of the clock change: autumn for even seeds, spring for odd ones."""
    day = date(2026, 10, 23) if seed % 2 == 0 else date(2027, 3, 26)
    return datetime(day.year, day.month, day.day, 14, 0, tzinfo=UTC)
