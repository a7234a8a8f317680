"""Good times over the calendar in memory: the real rules on its posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.models.best_time import BestTime
from app.models.calendar import Move
from app.models.rhythm import Pace, Paces, RhythmWarning
from app.models.slot import (
    GoodTime,
    Occupied,
    QueueFull,
    Room,
    Slot,
    SlotGrid,
    Wish,
    good_times,
    next_good_time,
)
from app.models.spreading import Plan, propose
from app.runtime.zones import ZoneInfo
from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.shop import NOW, Shop

MEXICO = ZoneInfo("America/Mexico_City")
PACES = Paces(Pace(5, 2))


def weekly(*times: tuple[int, int, int]) -> SlotGrid:
    """Slots of (account, weekday, minute)."""
    return SlotGrid(
        tuple(
            Slot(number, account, day, minute, "America/Mexico_City")
            for number, (account, day, minute) in enumerate(times, 1)
        )
    )


@dataclass
class FakeSlots:
    """Looks in the fake calendar; notes what is changed of the grid."""

    calendar: FakeCalendar
    asked: list[tuple[object, ...]] = field(default_factory=list)
    best: tuple[BestTime, ...] = ()

    def lend(self, shop: Shop) -> None:
        shop.services.slots = self  # type: ignore[attr-defined]

    async def places(self, post_ids: Sequence[int], *, first: bool = False) -> list[Move] | QueueFull:
        self.asked.append(("places", tuple(post_ids), first))
        moves = []
        others = [each for each in self.calendar.planned if each.id not in post_ids and each.planned_at]
        room = Room((Occupied(each.planned_at or NOW, each.accounts, each.id) for each in others), PACES, MEXICO)
        for number in post_ids:
            post = self.calendar.calendar_post(number)
            assert post is not None
            found = next_good_time(self.calendar.grid, room, Wish(post.accounts, NOW, post.pillar, first), MEXICO)
            if isinstance(found, QueueFull):
                return found
            room.add(Occupied(found.at, post.accounts, number))
            moves.append(Move(number, found.at))
        return moves

    async def mend(self, warning: RhythmWarning) -> list[Move]:
        self.asked.append(("mend", warning))
        days = [warning.first - timedelta(days=8), warning.last + timedelta(days=8)]
        times = good_times(self.calendar.grid, days[0], days[1])
        plan = Plan(self.calendar.planned, self.calendar.ideas, times, self.calendar.phases, PACES, MEXICO, NOW)
        return propose(warning, plan)

    async def next_good_time(
        self, accounts: Sequence[int], pillar: str = "", after: datetime | None = None, **_more: object
    ) -> GoodTime | QueueFull:
        return next_good_time(
            self.calendar.grid, Room((), PACES, MEXICO), Wish(tuple(accounts), after or NOW, pillar), MEXICO
        )

    async def good_times(self, accounts: Sequence[int], first_day: date, last_day: date) -> list[GoodTime]:
        return good_times(self.calendar.grid, first_day, last_day, accounts)

    async def best_times(self, account_id: int) -> list[BestTime]:
        self.asked.append(("best_times", account_id))
        return list(self.best)
