"""Orders of the shop come in from its export: read on another thread, stored piece by piece, to be stopped at any time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import tzinfo
from itertools import islice
from pathlib import Path

from app.models.customer import folded_handle
from app.models.order import FilePreview, ImportResult, Mapped, ReadOrder, WrongRow
from app.runtime.clock import Clock, to_ms
from app.runtime.rhythm import sharing_the_time
from app.services.order_files import OrderFile, preview, put_together, read_orders
from app.store.database import Database
from app.store.reading import orders as reading
from app.store.writing import orders

Progress = Callable[[int, int], object]
"""Hears how many rows of how many are done; the number of all is an estimate while the file is read."""

AT_ONCE = 500
"""Rows that are read, or stored, between two looks at whether to stop."""
WRONG_NAMED = 200
"""Rows left out that are named one by one; the others are counted."""


class Orders:
    """One import at a time."""

    def __init__(self, database: Database, clock: Clock, zone: Callable[[], tzinfo]) -> None:
        """`zone` is the shop's: days of a file are its wall time."""
        self._database = database
        self._clock = clock
        self._zone = zone
        self._stopped = False

    async def preview(self, path: Path, encoding: str = "") -> FilePreview:
        """What the file seems to be; raises UserMistake where it is none."""
        with sharing_the_time():
            return await asyncio.to_thread(preview, path, encoding)

    async def import_file(
        self, path: Path, mapped: Mapped, progress: Progress | None = None, encoding: str = ""
    ) -> ImportResult:
        """Stores what can be read and tells what cannot. The same file again changes nothing. What was stored before a stop stays."""
        self._stopped = False
        with sharing_the_time():
            return await self._import(path, mapped, progress or _nothing, encoding)

    async def _import(self, path: Path, mapped: Mapped, tell: Progress, encoding: str) -> ImportResult:
        file = await asyncio.to_thread(OrderFile, path, encoding)
        try:
            read, wrong = await self._read(file, mapped, tell)
        finally:
            file.close()
        result = ImportResult(read=len(read), wrong_count=len(wrong), wrong=tuple(wrong[:WRONG_NAMED]))
        if self.is_stopped():
            return result._replace(stopped=True)
        found = await asyncio.to_thread(put_together, read)
        wanted = {order.handle for order in found if order.handle}
        by_handle = await self._database.read(reading.only_bearers, frozenset(wanted), folded_handle) if wanted else {}
        now = to_ms(self._clock.now())
        for start in range(0, len(found), AT_ONCE):
            if self.is_stopped():
                return result._replace(stopped=True)
            kept = await self._database.write(orders.keep, found[start : start + AT_ONCE], by_handle, now, bulk=True)
            result = result._replace(
                new=result.new + kept.new, changed=result.changed + kept.changed, matched=result.matched + kept.matched
            )
            done = len(read) * (start + AT_ONCE) // max(1, len(found))
            tell(len(read) + min(done, len(read)), 2 * len(read))
        return result

    def is_stopped(self) -> bool:
        """Whether somebody wanted the import under way to end."""
        return self._stopped

    def stop(self) -> None:
        """End an import under way after the rows it has in hand."""
        self._stopped = True

    async def _read(self, file: OrderFile, mapped: Mapped, tell: Progress) -> tuple[list[ReadOrder], list[WrongRow]]:
        read: list[ReadOrder] = []
        wrong: list[WrongRow] = []
        rows = read_orders(file, mapped, self._zone())

        def some() -> Sequence[ReadOrder | WrongRow]:
            return list(islice(rows, AT_ONCE))

        while not self.is_stopped():
            piece = await asyncio.to_thread(some)
            if not piece:
                break
            read += [row for row in piece if isinstance(row, ReadOrder)]
            wrong += [row for row in piece if isinstance(row, WrongRow)]
            tell(len(read) + len(wrong), 2 * max(file.line_count - 1, len(read) + len(wrong)))
        return read, wrong


def _nothing(_done: int, _all: int) -> None:
    """Nobody watches."""
