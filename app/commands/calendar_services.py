"""What the calendar asks of the store and of planning, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from app.commands.slot_services import SlotQueries
from app.models.calendar import CalendarPost, CalendarSpan, Move


class CalendarQueries(SlotQueries, Protocol):
    """Plain reads."""

    def calendar(self, since: datetime, until: datetime, first: date, last: date) -> CalendarSpan:
        """Posts with a time in [since, until), and the phases and marks of the days first to last."""

    def to_place(self) -> list[CalendarPost]:
        """Ideas and drafts without a time, newest first."""

    def calendar_post(self, post_id: int) -> CalendarPost | None: ...

    def campaigns(self) -> Mapping[int, str]:
        """Names by id, the newest first."""

    def posts_in_trouble(self) -> int:
        """How many posts failed somewhere, or are to be decided."""


class PlanningService(Protocol):
    """Moving posts; each act can be undone, and raises UserMistake where it may not be."""

    async def move(self, moves: Sequence[Move], zone: str) -> None: ...

    async def back_to_ideas(self, post_ids: Sequence[int]) -> None: ...

    async def duplicate(self, copies: Sequence[Move], zone: str) -> list[int]:
        """Drafts with the same texts; answers their ids."""

    async def drop_in(self, texts: Sequence[str], files: Sequence[Path], at: datetime | None, zone: str) -> int:
        """A draft of what another program dropped; answers its id."""

    def holidays(self, years: Sequence[int], language: str) -> dict[date, str]:
        """Public holidays of the shop's country. Blocks while their library loads: for a worker thread."""
