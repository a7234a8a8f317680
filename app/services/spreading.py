"""Proposals against floods and silences: reads what stands around the days of a warning and lets models/spreading.py decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.calendar import Move
from app.models.rhythm import Paces, RhythmWarning
from app.models.slot import good_times
from app.models.spreading import REACH_DAYS, Plan, propose
from app.runtime.clock import Clock, from_wall, to_ms
from app.store.database import Database
from app.store.reader import Connection
from app.store.reading import calendar
from app.store.reading import slots as reading

DAY = timedelta(days=1)


class Spreading:
    """Changes nothing: what it proposes is moved by whoever accepts it."""

    def __init__(
        self, database: Database, clock: Clock, paces: Callable[[], Paces], zone: Callable[[], ZoneInfo]
    ) -> None:
        self._database = database
        self._clock = clock
        self._paces = paces
        self._zone = zone

    async def propose(self, warning: RhythmWarning) -> list[Move]:
        """Moves that mend it; none where nothing can be done."""
        return propose(warning, await self._database.read(self._read, warning))

    def _read(self, connection: Connection, warning: RhythmWarning) -> Plan:
        zone = self._zone()
        first, last = warning.first - (REACH_DAYS + 1) * DAY, warning.last + (REACH_DAYS + 1) * DAY
        begins = from_wall(datetime.combine(first, time()), zone).at
        ends = from_wall(datetime.combine(last + DAY, time()), zone).at
        found = calendar.span(connection, to_ms(begins), to_ms(ends), first, last)
        good = good_times(reading.grid(connection), first, last)
        return Plan(
            found.posts, calendar.to_place(connection), good, found.phases, self._paces(), zone, self._clock.now()
        )
