"""Days, weeks and months of a zone: which days a view shows, where a moment stands in them, and what the change of the clocks does."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from app.models.calendar import CalendarPost, week_start
from app.runtime.clock import from_wall

View = Literal["week", "month", "agenda"]
DAY = timedelta(days=1)
A_DAY = 24 * 60
"""Minutes of wall time that each day shows, on days of a clock change too."""
AGENDA_DAYS = 28
MORNING = 10 * 60
"""When what has no time yet is placed on a day without good times."""


def days_of(view: View, anchor: date, first_weekday: int) -> list[date]:
    """The days a view shows around a day: its week, the whole weeks of its month, or four weeks from it on."""
    if view == "agenda":
        return [anchor + number * DAY for number in range(AGENDA_DAYS)]
    first = last = anchor
    if view == "month":
        first = anchor.replace(day=1)
        last = anchor.replace(day=monthrange(anchor.year, anchor.month)[1])
    begins = week_start(first, first_weekday)
    ends = week_start(last, first_weekday) + 6 * DAY
    return [begins + number * DAY for number in range((ends - begins).days + 1)]


def turned(view: View, anchor: date, step: int) -> date:
    """The day to show after PageDown (1) or PageUp (-1)."""
    if view == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        year, month = divmod(months, 12)
        return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))
    return anchor + step * (7 if view == "week" else AGENDA_DAYS) * DAY


def bounds(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The moments (aware UTC) at which the first day begins and the last one ends."""
    return from_wall(datetime.combine(first, time()), zone).at, from_wall(datetime.combine(last + DAY, time()), zone).at


def wall(moment: datetime, zone: tzinfo) -> datetime:
    """The naive wall time of a moment."""
    return moment.astimezone(zone).replace(tzinfo=None)


def day_of(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def minute_of(moment: datetime, zone: tzinfo) -> int:
    """Minutes of wall time since midnight."""
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def at(day: date, minute: int, zone: tzinfo) -> datetime:
    """The moment (aware UTC) of a wall time; one that the clocks skip means the change, one that comes twice its first occurrence."""
    return from_wall(datetime.combine(day, time()) + timedelta(minutes=minute), zone).at


def on_day(moment: datetime, day: date, zone: tzinfo) -> datetime:
    """The same wall time on another day."""
    return from_wall(datetime.combine(day, moment.astimezone(zone).time()), zone).at


def day_minute(post: CalendarPost | None, good: datetime | None, zone: tzinfo) -> int:
    """The minute of the day that a post keeps where days alone are shown; for what has none, that of the day's first good time."""
    kept = post.planned_at if post is not None and post.planned_at is not None else good
    return MORNING if kept is None else minute_of(kept, zone)


def by_days(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """So many days later at the same wall time."""
    return on_day(moment, day_of(moment, zone) + days * DAY, zone)


def by_minutes(moment: datetime, minutes: int) -> datetime:
    """Later by time that really passes, so that a change of the clocks is stepped through."""
    return moment.astimezone(UTC) + timedelta(minutes=minutes)


def snapped(minute: float, step: int) -> int:
    """The nearest multiple of `step` within the day."""
    return max(0, min(A_DAY - step, round(minute / step) * step))


def clock_change(day: date, zone: tzinfo) -> int:
    """By how many minutes the clocks go forward (back: negative) on a day; 0 on all others."""
    begins, ends = bounds(day, day, zone)
    return A_DAY - round((ends - begins) / timedelta(minutes=1))


def skipped(day: date, zone: tzinfo) -> tuple[int, int] | None:
    """The minutes of the day that the clocks leave out; None where there are none."""
    if clock_change(day, zone) <= 0:
        return None
    midnight = datetime.combine(day, time())
    missing = [minute for minute in range(0, A_DAY, 15) if from_wall(midnight + timedelta(minutes=minute), zone).moved]
    return (missing[0], missing[-1] + 15) if missing else None
