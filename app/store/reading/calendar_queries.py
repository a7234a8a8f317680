"""The reads of the calendar over one connection: what commands/calendar_services.py asks for as `CalendarQueries`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from app.models.calendar import CalendarPost, CalendarSpan
from app.models.rhythm import Edges
from app.models.slot import SlotGrid
from app.runtime.clock import from_ms, to_ms
from app.store.reading import calendar, slots
from app.store.reading.list_queries import StoreListQueries


class StoreCalendarQueries(StoreListQueries):
    """Posts of a span, those without a time, and the names of campaigns."""

    def calendar(self, since: datetime, until: datetime, first: date, last: date) -> CalendarSpan:
        return calendar.span(self._connection, to_ms(since), to_ms(until), first, last)

    def to_place(self) -> list[CalendarPost]:
        return calendar.to_place(self._connection)

    def calendar_post(self, post_id: int) -> CalendarPost | None:
        return calendar.one(self._connection, post_id)

    def campaigns(self) -> Mapping[int, str]:
        return calendar.campaigns(self._connection)

    def posts_in_trouble(self) -> int:
        return calendar.in_trouble(self._connection)

    def slots(self) -> SlotGrid:
        return slots.grid(self._connection)

    def edges(self, since: datetime, until: datetime) -> Edges:
        before, after = slots.edges(self._connection, to_ms(since), to_ms(until))
        return Edges({each: from_ms(at) for each, at in before.items()}, {each: from_ms(at) for each, at in after.items()})
