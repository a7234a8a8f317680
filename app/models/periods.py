"""Which days Insights shows and beside which: the last full days or days of one's own, the days before them, the same ones last year, or chosen ones. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.models.insight import DAY, DAYS, Period, last_days

LONGEST = 366
"""Days of one's own: a whole year, also a leap year."""
LENGTHS = (7, 28, 90)
"""The usual lengths, in days."""
FEBRUARY, LEAP_DAY = 2, 29


class Comparison(StrEnum):
    """What a period stands beside."""

    BEFORE = "before"
    LAST_YEAR = "last_year"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """What the user chose. Nothing of it is a date of today: the same choice made yesterday shows today's last days."""

    days: int = DAYS
    back: int = 0
    """How many periods before the last full days; of no meaning for days of one's own."""
    own: Period | None = None
    comparison: Comparison = Comparison.BEFORE
    compared_from: date | None = None
    """The first of the days chosen to compare with."""

    def period(self, today: date) -> Period:
        return self.own if self.own is not None else last_days(today, self.days).moved(-self.back)

    def compared(self, today: date) -> Period:
        """As many days as the period has."""
        period = self.period(today)
        if self.comparison is Comparison.LAST_YEAR:
            return _from(_a_year_before(period.first), period)
        if self.comparison is Comparison.CHOSEN and self.compared_from is not None:
            return _from(self.compared_from, period)
        return period.before

    def stepped(self, by: int, today: date) -> PeriodChoice:
        """So many periods later, and never beyond the last full day."""
        if self.own is None:
            return replace(self, back=max(0, self.back - by))
        moved = self.own.moved(by)
        over = (moved.last - (today - DAY)).days
        return replace(self, own=_shifted(moved, -over)) if over > 0 else replace(self, own=moved)

    def has_later(self, today: date) -> bool:
        """Whether there are full days after the period."""
        return self.period(today).last < today - DAY

    @property
    def now(self) -> PeriodChoice:
        """The last full days, as many as were shown."""
        return replace(self, back=0, own=None)

    def of_length(self, days: int) -> PeriodChoice:
        return replace(self.now, days=days)

    def to_plain(self) -> dict[str, Any]:
        """For the next start, which begins with the last full days: days of one's own are not remembered, how they are compared is."""
        comparison = Comparison.BEFORE if self.comparison is Comparison.CHOSEN else self.comparison
        return {"days": self.days, "comparison": comparison.value}

    @classmethod
    def from_plain(cls, kept: dict[str, Any]) -> PeriodChoice:
        """What `to_plain` gave, or anything else: then the usual."""
        days, comparison = str(kept.get("days")), str(kept.get("comparison"))
        return cls(
            int(days) if days.isdigit() and int(days) in LENGTHS else DAYS,
            comparison=Comparison(comparison) if comparison in set(Comparison) else Comparison.BEFORE,
        )


def _from(first: date, like: Period) -> Period:
    return Period(first, first + (like.days - 1) * DAY)


def _shifted(period: Period, by: int) -> Period:
    return Period(period.first + by * DAY, period.last + by * DAY)


def _a_year_before(day: date) -> date:
    """The same date; of 29 February the 28th."""
    leaps = (day.month, day.day) == (FEBRUARY, LEAP_DAY)
    return day.replace(year=day.year - 1, day=LEAP_DAY - 1) if leaps else day.replace(year=day.year - 1)
