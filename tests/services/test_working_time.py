"""Working time: adding and measuring along a shop's hours, whatever hours, closed days, zones and clock changes there are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app.runtime.clock import from_ms, to_ms
from app.services.working_time import Block, WorkingTime

MADRID = ZoneInfo("Europe/Madrid")
ZONES = tuple(
    ZoneInfo(name)
    for name in (
        "Europe/Madrid",
        "America/Mexico_City",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Beirut",
        "Pacific/Apia",
        "UTC",
    )
)
"""Among them clocks that change at midnight, and by half an hour."""
NINE_TO_FIVE: list[list[Block]] = [[(540, 1020)]] * 5 + [[], []]
HOUR_MS = 3_600_000

marks = st.lists(st.integers(0, 1440), min_size=0, max_size=6, unique=True).map(sorted)
days = marks.map(lambda ends: [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)])
weeks = st.lists(days, min_size=7, max_size=7).filter(any)
moments = st.integers(to_ms(datetime(2026, 1, 1, tzinfo=UTC)), to_ms(datetime(2027, 12, 31, tzinfo=UTC)))
lengths = st.integers(0, 60 * HOUR_MS)
closings = st.sets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=40)


@st.composite
def working_times(draw: st.DrawFn) -> WorkingTime:
    closed = draw(closings)
    opened = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 12, 31)), days, max_size=3))
    return WorkingTime(draw(weeks), draw(st.sampled_from(ZONES)), closed.__contains__, opened)


@settings(max_examples=150, deadline=None)
@given(working_times(), moments, lengths)
def test_what_is_due_is_due_within_working_hours(work: WorkingTime, at: int, length: int) -> None:
    assert work.is_working(from_ms(work.after(at, length)))


@settings(max_examples=150, deadline=None)
@given(working_times(), moments, st.integers(0, 10 * 24 * HOUR_MS), lengths)
def test_who_writes_later_is_never_due_earlier(work: WorkingTime, at: int, later: int, length: int) -> None:
    assert work.after(at, length) <= work.after(at + later, length)


@settings(max_examples=150, deadline=None)
@given(working_times(), moments, lengths, lengths)
def test_minutes_add_up(work: WorkingTime, at: int, one: int, other: int) -> None:
    assert work.after(work.after(at, one), other) == work.after(at, one + other)


@settings(max_examples=150, deadline=None)
@given(working_times(), moments, lengths)
def test_as_much_working_time_passes_as_was_promised(work: WorkingTime, at: int, length: int) -> None:
    assert work.between(at, work.after(at, length)) == length


@settings(max_examples=100, deadline=None)
@given(working_times(), moments, st.integers(0, 400 * HOUR_MS), st.integers(0, 400 * HOUR_MS))
def test_measured_stretches_add_up(work: WorkingTime, at: int, one: int, other: int) -> None:
    parts = work.between(at, at + one) + work.between(at + one, at + one + other)
    assert parts == work.between(at, at + one + other)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ZONES), moments, lengths)
def test_around_the_clock_every_hour_counts(zone: ZoneInfo, at: int, length: int) -> None:
    assert WorkingTime([[(0, 1440)]] * 7, zone).after(at, length) == at + length


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=MADRID)  # type: ignore[misc, arg-type]


def due(work: WorkingTime, at: datetime, hours: float) -> datetime:
    return from_ms(work.after(to_ms(at), round(hours * HOUR_MS))).astimezone(MADRID)


def test_friday_half_past_four_plus_an_hour_is_monday_half_past_nine() -> None:
    work = WorkingTime(NINE_TO_FIVE, MADRID)
    assert due(work, local(2026, 11, 20, 16, 30), 1) == local(2026, 11, 23, 9, 30)


def test_with_monday_closed_it_is_tuesday_half_past_nine() -> None:
    work = WorkingTime(NINE_TO_FIVE, MADRID, {date(2026, 11, 23)}.__contains__)
    assert due(work, local(2026, 11, 20, 16, 30), 1) == local(2026, 11, 24, 9, 30)


def test_an_open_day_counts_though_it_is_closed_otherwise() -> None:
    sunday = date(2026, 11, 22)
    work = WorkingTime(NINE_TO_FIVE, MADRID, {sunday}.__contains__, {sunday: [(600, 840)]})
    assert due(work, local(2026, 11, 20, 16, 30), 1) == local(2026, 11, 22, 10, 30)


def test_an_open_day_may_be_shorter_than_its_weekday() -> None:
    work = WorkingTime(NINE_TO_FIVE, MADRID, open_days={date(2026, 12, 24): [(540, 720)]})
    assert due(work, local(2026, 12, 24, 11, 30), 1) == local(2026, 12, 25, 9, 30)


def test_the_pause_at_noon_does_not_count() -> None:
    work = WorkingTime([[(540, 780), (900, 1140)]] * 7, MADRID)
    assert due(work, local(2026, 11, 18, 12, 30), 1) == local(2026, 11, 18, 15, 30)


def test_the_night_the_clock_goes_back_has_an_hour_more_and_the_other_one_less() -> None:
    night = WorkingTime([[(0, 360)]] * 7, MADRID)
    assert [len_of(night, date(2026, 10, 25)), len_of(night, date(2026, 3, 29)), len_of(night, date(2026, 11, 18))] == [
        7,
        5,
        6,
    ]


def len_of(work: WorkingTime, day: date) -> float:
    return sum(ends - begins for begins, ends in work.stretches(day)) / HOUR_MS


def test_a_block_in_the_hour_that_is_skipped_is_not_there() -> None:
    assert WorkingTime([[(130, 170)]] * 7, MADRID).stretches(date(2026, 3, 29)) == ()


def test_a_whole_year_closed_is_waited_for() -> None:
    """As long as there is a working hour within reach."""
    work = WorkingTime(NINE_TO_FIVE, MADRID, lambda day: date(2026, 1, 1) <= day <= date(2026, 12, 31))
    assert due(work, local(2026, 1, 7, 12, 0), 1) == local(2027, 1, 1, 10, 0)


def test_without_any_working_hour_every_hour_counts() -> None:
    work = WorkingTime([[]] * 7, MADRID)
    assert due(work, local(2026, 11, 18, 10, 0), 1) == local(2026, 11, 18, 11, 0)
    assert work.between(0, 10 * 24 * HOUR_MS) == 0


def test_the_last_hours_there_will_ever_be_go_on_around_the_clock() -> None:
    day = date(2026, 11, 18)
    work = WorkingTime([[]] * 7, MADRID, open_days={day: [(540, 600)]})
    assert due(work, local(2026, 11, 18, 9, 30), 1) == local(2026, 11, 18, 10, 30)


def test_nothing_lies_between_a_moment_and_an_earlier_one() -> None:
    work = WorkingTime(NINE_TO_FIVE, MADRID)
    noon = to_ms(local(2026, 11, 18, 12))
    assert work.between(noon, noon - HOUR_MS) == 0
    assert timedelta(milliseconds=work.between(noon, noon + 24 * HOUR_MS)) == timedelta(hours=8)
