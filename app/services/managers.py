"""Managers: who decides what the community manager may not; each change one transaction and one entry of the undo list."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.mail.composing import check_address, one_line
from app.models.manager import ManagerRow
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.manager_choice import measured
from app.services.undo import Act, Undo
from app.services.working_time import WorkingTime
from app.store.database import Database
from app.store.reading import managers as reading
from app.store.writing import managers as writing

LONGEST = 120
MOST_TOPICS = 40


class Managers:
    """`ManagersService` of commands/mail_services.py."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        hours: Callable[[], WorkingTime],
        zone: Callable[[], ZoneInfo],
    ) -> None:
        """`hours` and `zone` are the shop's."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._hours = hours
        self._zone = zone

    def usual_minutes(self, row: ManagerRow) -> int | None:
        """How long they usually take, in their own working time; None before their first answer."""
        return measured(row, self._hours(), self._zone()).usual_minutes

    async def save(self, row: ManagerRow) -> int:
        """Keep one as described; answers the id."""
        sound = _sound(row)
        same = await self._database.read(reading.by_email, sound.email)
        if same is not None and same.id != sound.id:
            raise UserMistake(message("managers.same_email", name=same.name), field="email")
        before = await self._database.read(reading.manager, sound.id) if sound.id else None
        manager_id = await self._database.write(writing.save, sound)

        async def back() -> None:
            if before is None:
                await self._database.write(writing.remove, manager_id, to_ms(self._clock.now()))
            else:
                await self._database.write(writing.save, before)

        async def forth() -> None:
            if before is None:
                await self._database.write(writing.restore, manager_id)
            else:
                await self._database.write(writing.save, sound._replace(id=manager_id))

        said = "undone.manager_changed" if before is not None else "undone.manager_added"
        self._undo.did(Act(message(said, name=sound.name), back, forth))
        return manager_id

    async def remove(self, manager_id: int) -> None:
        """Off the list; what was asked of them stays."""
        row = await self._database.read(reading.manager, manager_id)
        if row is None:
            return
        await self._database.write(writing.remove, manager_id, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(writing.restore, manager_id)

        async def forth() -> None:
            await self._database.write(writing.remove, manager_id, to_ms(self._clock.now()))

        self._undo.did(Act(message("undone.manager_removed", name=row.name), back, forth))


def _sound(row: ManagerRow) -> ManagerRow:
    """As it is kept; raises `UserMistake` beside the field."""
    name = one_line(row.name)[:LONGEST]
    if not name:
        raise UserMistake(message("managers.name_missing"), field="name")
    if not row.email.strip():
        raise UserMistake(message("managers.email_missing"), field="email")
    if row.zone:
        try:
            ZoneInfo(row.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise UserMistake(message("managers.no_such_zone", zone=row.zone), field="zone") from error
    topics = tuple(dict.fromkeys(each for each in (one_line(topic)[:LONGEST] for topic in row.topics) if each))[
        :MOST_TOPICS
    ]
    languages = tuple(dict.fromkeys(each.strip().lower() for each in row.languages if each.strip()))
    return row._replace(
        name=name, role=one_line(row.role)[:LONGEST], email=check_address(row.email), topics=topics, languages=languages
    )
