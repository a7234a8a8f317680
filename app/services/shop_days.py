"""Keeps the days by which gains are summed those of the shop: written at the first start, and anew when its zone changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import tzinfo

from app.runtime.settings import Settings
from app.runtime.tasks import Tasks
from app.store.database import Database
from app.store.reading import rollup as reading
from app.store.rollup import days
from app.store.writing import rollup as writing

ZONE = "shop.zone"


class ShopDays:
    """Sums are right again once `settle` has ended; until then they are by the former days."""

    def __init__(self, database: Database, settings: Settings, tasks: Tasks, zone: Callable[[], tzinfo]) -> None:
        self._database = database
        self._tasks = tasks
        self._zone = zone
        settings.changed.connect(self._hear)

    def _hear(self, keys: frozenset[str]) -> None:
        if ZONE in keys:
            self._tasks.spawn("shop days", self.settle(), owner=self)

    async def settle(self) -> bool:
        """Whether the days were others than the shop's, and are its now."""
        wanted = await asyncio.to_thread(days, self._zone())
        stored = await self._database.read(reading.day_starts, wanted[0][0] - 1, wanted[-1][0] + 1)
        if stored == [at for at, _ in wanted]:
            return False
        await self._database.write(writing.set_days, wanted, bulk=True)
        return True
