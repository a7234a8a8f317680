"""Answer-by times: a promise in working minutes, counted over the shop's working hours in its own zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.runtime.clock import from_wall

Block = tuple[int, int]
"""A stretch of working time of a day in minutes since midnight, from (included) to (excluded); 1440 is midnight."""

SEARCHED_DAYS = 60
"""A week without any working hour would never end; after this many days the promise is counted around the clock."""


def answer_by(arrived_at: datetime, minutes: int, hours: Sequence[Sequence[Block]], zone: ZoneInfo) -> datetime:
    """When an answer is due (aware UTC): `minutes` of working time after `arrived_at` (aware).

    `hours` holds seven days from Monday, each its blocks in order. Friday 16:30 plus an hour with 9-17 is Monday 9:30.
    """
    arrived_at = arrived_at.astimezone(UTC)  # adding to a local time would add wall time
    left = timedelta(minutes=minutes)
    day = arrived_at.astimezone(zone).date()
    for _ in range(SEARCHED_DAYS):
        for begins, ends in _blocks(day, hours, zone):
            begin = max(begins, arrived_at)
            if begin >= ends:
                continue
            if ends - begin >= left:
                return begin + left
            left -= ends - begin
        day += timedelta(days=1)
    return arrived_at + timedelta(minutes=minutes)


def _blocks(day: date, hours: Sequence[Sequence[Block]], zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The working stretches of a day as moments; the night the clock changes a stretch is an hour shorter or longer."""
    stretches = []
    for begins, ends in hours[day.weekday()]:
        midnight = datetime.combine(day, time())
        begin, end = midnight + timedelta(minutes=begins), midnight + timedelta(minutes=ends)
        stretches.append((from_wall(begin, zone).at, from_wall(end, zone).at))
    return stretches
