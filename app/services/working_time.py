"""Working time: which moments of the shop's days count, and adding and measuring along them. Keeps days it worked out; otherwise pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.runtime.clock import EPOCH, from_ms, from_wall, to_ms

Block = tuple[int, int]
"""A stretch of working time of a day in minutes since midnight, from (included) to (excluded); 1440 is midnight."""
Stretch = tuple[int, int]
"""The same of a certain day, as UTC milliseconds: the night the clock changes it is longer or shorter."""

DAY_MS = 86_400_000
IDLE_DAYS = 400
"""So many days in a row without a working hour: then there are none, and every hour counts."""


def never_closed(_day: date) -> bool:
    return False


class WorkingTime:
    """The working hours of a shop. Never changes; may be asked on any thread."""

    def __init__(
        self,
        hours: Sequence[Sequence[Block]],
        zone: ZoneInfo,
        closed: Callable[[date], bool] = never_closed,
        open_days: Mapping[date, Sequence[Block]] | None = None,
    ) -> None:
        """`hours` holds seven days from Monday, each its blocks in order. `closed` says which days have none of them, whatever the weekday;
        `open_days` gives days their own hours, whatever else is said of them.
        """
        self._hours = hours
        self._zone = zone
        self._closed = closed
        self._open_days = open_days or {}
        self._known: dict[date, tuple[Stretch, ...]] = {}
        self._days: dict[int, tuple[tuple[int, date], ...]] = {}
        """Which local days lie in a day of UTC: (begins, day), the last first."""

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The working stretches of a local day, in order."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._work_out(day)
        return known

    def after(self, since_ms: int, length_ms: int) -> int:
        """The moment at which so much working time has passed. Nothing to pass: the first working moment from there on."""
        left, at = length_ms, since_ms
        day, idle = self._day_of(since_ms), 0
        while idle < IDLE_DAYS and day < date.max:
            idle += 1
            for begins, ends in self.stretches(day):
                if ends <= since_ms:
                    continue
                idle = 0
                begin = max(begins, since_ms)
                if ends - begin >= left:
                    return begin + left
                left -= ends - begin
                at = ends
            day += timedelta(days=1)
        return at + left

    def between(self, since_ms: int, until_ms: int) -> int:
        """How much working time lies between two moments; 0 when the second is not later."""
        passed = 0
        if until_ms <= since_ms:
            return passed
        day, last = self._day_of(since_ms), self._day_of(until_ms)
        while day <= last:
            for begins, ends in self.stretches(day):
                passed += max(0, min(ends, until_ms) - max(begins, since_ms))
            day += timedelta(days=1)
        return passed

    def is_working(self, moment: datetime) -> bool:
        """Whether a moment (aware) is within working hours, their ends included."""
        at = to_ms(moment)
        return any(begins <= at <= ends for begins, ends in self.stretches(self._day_of(at)))

    def _day_of(self, at: int) -> date:
        number = at // DAY_MS
        known = self._days.get(number)
        if known is None:
            known = self._days[number] = self._days_of(number)
        for begins, day in known:
            if begins <= at:
                return day
        return known[-1][1]

    def _days_of(self, number: int) -> tuple[tuple[int, date], ...]:
        """A day of UTC is made of parts of up to three local ones."""
        first = from_ms(number * DAY_MS).astimezone(self._zone).date()
        last = from_ms((number + 1) * DAY_MS - 1).astimezone(self._zone).date()
        days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
        return tuple((self._at(day, 0), day) for day in reversed(days))

    def _work_out(self, day: date) -> tuple[Stretch, ...]:
        blocks = self._open_days.get(day)
        if blocks is None:
            blocks = () if self._closed(day) else self._hours[day.weekday()]
        return tuple(
            stretch
            for stretch in ((self._at(day, begin), self._at(day, end)) for begin, end in blocks)
            if stretch[0] < stretch[1]
        )

    def _at(self, day: date, minutes: int) -> int:
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return (from_wall(wall, self._zone).at - EPOCH) // timedelta(milliseconds=1)
