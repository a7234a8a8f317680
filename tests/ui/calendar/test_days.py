"""Days of a zone: which are shown, where a moment stands in them, and nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.ui.calendar import days
from app.ui.calendar.days import AGENDA_DAYS, DAY

FORWARD = [  # zone, day, minutes, the first that is missing
    ("America/New_York", date(2026, 3, 8), 60, 120),
    ("Europe/Madrid", date(2026, 3, 29), 60, 120),
    ("Australia/Lord_Howe", date(2026, 10, 4), 30, 120),
    ("America/Santiago", date(2026, 9, 6), 60, 0),
    ("Africa/Cairo", date(2026, 4, 24), 60, 0),
]
BACK = [
    ("America/New_York", date(2026, 11, 1), -60),
    ("Europe/Madrid", date(2026, 10, 25), -60),
    ("Australia/Lord_Howe", date(2026, 4, 5), -30),
    ("America/Santiago", date(2026, 4, 4), -60),
    ("Africa/Cairo", date(2026, 10, 29), -60),
]


def test_a_week_is_seven_days_from_where_the_user_has_it_begin() -> None:
    wednesday = date(2026, 11, 18)
    assert [days.days_of("week", wednesday, first)[0].day for first in (1, 6, 7)] == [16, 14, 15]
    assert len(days.days_of("week", wednesday, 1)) == 7


def test_a_month_is_whole_weeks_around_it() -> None:
    shown = days.days_of("month", date(2026, 11, 18), 1)
    assert (shown[0], shown[-1], len(shown)) == (date(2026, 10, 26), date(2026, 12, 6), 42)
    february = days.days_of("month", date(2027, 2, 10), 1)
    assert (february[0], len(february)) == (date(2027, 2, 1), 28)
    assert len(days.days_of("agenda", date(2026, 11, 18), 1)) == AGENDA_DAYS


def test_turning_pages_keeps_to_the_end_of_short_months() -> None:
    assert days.turned("month", date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert days.turned("month", date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert days.turned("week", date(2026, 11, 18), -1) == date(2026, 11, 11)


def test_minutes_snap_within_the_day() -> None:
    assert [days.snapped(minute, 15) for minute in (7, 8, -40, 2000)] == [0, 15, 0, 1425]


@pytest.mark.parametrize(("name", "day", "forward", "missing"), FORWARD)
def test_a_day_that_lacks_an_hour(name: str, day: date, forward: int, missing: int) -> None:
    zone = ZoneInfo(name)
    assert days.clock_change(day, zone) == forward
    assert days.clock_change(day + DAY, zone) == days.clock_change(day - DAY, zone) == 0
    assert days.skipped(day, zone) == (missing, missing + forward)
    lost = days.at(day, missing + 10, zone)
    assert (days.day_of(lost, zone), days.minute_of(lost, zone)) == (day, missing + forward)
    assert days.by_minutes(lost, -15).astimezone(zone).replace(tzinfo=None) == days.wall(lost, zone) - timedelta(
        minutes=15 + forward
    )


@pytest.mark.parametrize(("name", "day", "back"), BACK)
def test_a_day_with_an_hour_twice(name: str, day: date, back: int) -> None:
    zone = ZoneInfo(name)
    assert days.clock_change(day, zone) == back
    assert days.skipped(day, zone) is None
    since, until = days.bounds(day, day, zone)
    for moment in (since, until - timedelta(minutes=1), since + (until - since) / 2):
        assert days.day_of(moment, zone) == day
    assert days.day_of(until, zone) == day + DAY


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, day, *_ in (*FORWARD, *BACK)])
def test_every_moment_of_such_a_week_is_on_one_day_and_back_at_its_place(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    shown = days.days_of("week", day, 1)
    since, until = days.bounds(shown[0], shown[-1], zone)
    moment = since
    while moment < until:
        there = days.day_of(moment, zone)
        assert there in shown
        again = days.at(there, days.minute_of(moment, zone), zone)
        assert again == moment or abs(again - moment) <= timedelta(
            hours=1
        )  # the second of two equal hours means the first
        begins, ends = days.bounds(there, there, zone)
        assert begins <= moment < ends
        moment += timedelta(minutes=15)


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, day, *_ in (*FORWARD, *BACK)])
def test_a_day_later_keeps_the_wall_time_across_the_change(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    before = days.at(day - DAY, 19 * 60 + 30, zone)
    after = days.by_days(before, 2, zone)
    assert (days.day_of(after, zone), days.minute_of(after, zone)) == (day + DAY, 19 * 60 + 30)
    assert days.by_days(after, -2, zone) == before


def test_a_moment_is_on_the_day_of_its_zone() -> None:
    late = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
    assert days.day_of(late, ZoneInfo("America/Mexico_City")) == date(2026, 11, 18)
    assert days.day_of(late, ZoneInfo("Asia/Shanghai")) == date(2026, 11, 19)
    assert days.on_day(late, date(2026, 12, 1), ZoneInfo("America/Mexico_City")) == datetime(
        2026, 12, 2, 4, 0, tzinfo=UTC
    )
