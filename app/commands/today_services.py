"""What Today and the guided hour ask of the program below them, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Protocol

from app.models.tip import Tip


class TodayQueries(Protocol):
    """Plain reads."""

    def tips(self, now: datetime, zone: tzinfo, language: str, promise_minutes: int) -> list[Tip]:
        """What the figures of full days advise, the most useful first; without what is put aside."""

    def known_waiting(self) -> int:
        """How many conversations that wait look like answers one has."""

    def work(self, now: datetime) -> tuple[int, int, int]:
        """How much there is to do: (late, waiting, to decide)."""


class TipsService(Protocol):
    """Suggestions."""

    async def put_aside(self, key: str) -> None:
        """Not to be shown for a week; can be taken back."""
