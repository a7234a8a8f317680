"""Good times in memory, of the three accounts of tests/ui/shop.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from app.models.best_time import BestTime
from app.models.slot import Slot, SlotGrid
from app.runtime.errors import UserMistake
from app.runtime.words import message

MONDAY, FRIDAY, SUNDAY = 0, 4, 6


@dataclass
class FakeGrid:
    """Good times in memory; what is changed is read again at once."""

    tell: Callable[[], object] = lambda: None
    grid: SlotGrid = field(
        default_factory=lambda: SlotGrid(
            (
                Slot(1, 1, MONDAY, 600, "America/Mexico_City"),
                Slot(2, 1, MONDAY, 630, "America/Mexico_City"),
                Slot(3, 1, FRIDAY, 17 * 60, "America/Mexico_City", "offers"),
                Slot(4, 2, SUNDAY, 660, "America/Mexico_City"),
            ),
            frozenset({(2, SUNDAY)}),
        )
    )
    best: tuple[BestTime, ...] = (BestTime(2, 19 * 60 + 30, 6, 0.38), BestTime(3, 13 * 60, 3, 0.2))
    asked: list[tuple[object, ...]] = field(default_factory=list)

    def slots(self) -> SlotGrid:
        return self.grid

    async def best_times(self, account_id: int) -> list[BestTime]:
        return list(self.best)

    async def add(self, account_id: int, weekdays: Iterable[int], minute: int, pillar: str = "") -> list[int]:
        self.asked.append(("add", account_id, tuple(weekdays), minute, pillar))
        made = tuple(
            Slot(100 + day, account_id, day, minute, "America/Mexico_City", pillar) for day in self.asked[-1][2]
        )  # type: ignore[attr-defined]
        self._keep(replace(self.grid, slots=self.grid.slots + made))
        return [slot.id for slot in made]

    async def change(self, slot: Slot) -> None:
        if any(
            (each.weekday, each.minute) == (slot.weekday, slot.minute) and each.id != slot.id
            for each in self.grid.slots
        ):
            raise UserMistake(message("slots.twice"), field="time")
        self._keep(replace(self.grid, slots=tuple(slot if each.id == slot.id else each for each in self.grid.slots)))

    async def remove(self, account_id: int, slot_ids: Iterable[int]) -> None:
        gone = set(slot_ids)
        self._keep(replace(self.grid, slots=tuple(each for each in self.grid.slots if each.id not in gone)))

    async def switch_day(self, account_id: int, weekday: int, *, on: bool) -> None:
        off = self.grid.off - {(account_id, weekday)} if on else self.grid.off | {(account_id, weekday)}
        self._keep(replace(self.grid, off=frozenset(off)))

    async def copy_to(self, account_id: int, others: Iterable[int]) -> None:
        self.asked.append(("copy_to", account_id, tuple(others)))

    def _keep(self, grid: SlotGrid) -> None:
        self.grid = grid
        self.tell()
