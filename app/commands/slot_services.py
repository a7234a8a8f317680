"""What screens ask of good times, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from app.models.best_time import BestTime
from app.models.calendar import Move
from app.models.rhythm import Edges, RhythmWarning
from app.models.slot import GoodTime, QueueFull, Slot, SlotGrid


class SlotQueries(Protocol):
    """Plain reads."""

    def slots(self) -> SlotGrid:
        """The good times of all accounts."""

    def edges(self, since: datetime, until: datetime) -> Edges:
        """The last posts of the accounts before, and the first from `until` on."""


class SlotsService(Protocol):
    """Looking for times changes nothing; each change of the grid can be undone."""

    async def good_times(self, accounts: Sequence[int], first_day: date, last_day: date) -> list[GoodTime]: ...

    async def next_good_time(
        self,
        accounts: Sequence[int],
        pillar: str = "",
        after: datetime | None = None,
        *,
        first: bool = False,
        post_id: int | None = None,
        sells_in: int | None = None,
    ) -> GoodTime | QueueFull:
        """The next free one after a moment (None: now)."""

    async def places(self, post_ids: Sequence[int], *, first: bool = False) -> list[Move] | QueueFull:
        """Where posts go, each to a free good time of its own."""

    async def mend(self, warning: RhythmWarning) -> list[Move]:
        """Moves that spread a flood or fill a silence; none where nothing can be done."""

    async def best_times(self, account_id: int) -> list[BestTime]:
        """Up to three that are no slots yet."""

    async def add(self, account_id: int, weekdays: Iterable[int], minute: int, pillar: str = "") -> list[int]: ...

    async def change(self, slot: Slot) -> None: ...

    async def remove(self, account_id: int, slot_ids: Sequence[int]) -> None: ...

    async def switch_day(self, account_id: int, weekday: int, *, on: bool) -> None: ...

    async def copy_to(self, account_id: int, others: Sequence[int]) -> None: ...
