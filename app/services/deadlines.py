"""Deadlines of the shop on its calendar: a day and what has to be done by then."""

from __future__ import annotations

from datetime import date

from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reading import calendar as reading
from app.store.writing import calendar as writing

LONGEST_TITLE = 120


class Deadlines:
    """Each act can be undone."""

    def __init__(self, database: Database, undo: Undo, clock: Clock) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock

    async def save(self, mark_id: int | None, title: str, on_day: date) -> int:
        """A new one, or another title or day for one that is there; answers its id. Raises `UserMistake` beside the field."""
        said = " ".join(title.split())[:LONGEST_TITLE]
        if not said:
            raise UserMistake(message("deadlines.untitled"), field="title")
        before = None if mark_id is None else await self._database.read(reading.mark, mark_id)
        number: int = await self._database.write(writing.set_deadline, mark_id, said, on_day.isoformat())

        async def back() -> None:
            if before is None:
                await self._remove(number, gone=True)
            else:
                await self._database.write(writing.set_deadline, number, before.title, before.on_day.isoformat())

        async def again() -> None:
            await self._database.write(writing.set_deadline, number, said, on_day.isoformat())

        self._undo.did(Act(message("undone.deadline", title=said), back, again))
        return number

    async def remove(self, mark_id: int) -> None:
        found = await self._database.read(reading.mark, mark_id)
        if found is None:
            return
        await self._remove(mark_id, gone=True)

        async def back() -> None:
            await self._remove(mark_id, gone=False)

        async def again() -> None:
            await self._remove(mark_id, gone=True)

        self._undo.did(Act(message("undone.deadline_removed", title=found.title), back, again))

    async def _remove(self, mark_id: int, *, gone: bool) -> None:
        await self._database.write(writing.remove_mark, mark_id, to_ms(self._clock.now()) if gone else None)
