"""When reports are due, what they are about, and small things of their tables and charts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from app.models.insight import Period
from app.models.report import (
    DAY,
    ReportChart,
    ReportTable,
    Rhythm,
    Schedule,
    addresses,
    alt_of,
    holds_figures,
    last_due,
    next_due,
    wanted_on,
)

MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


def test_a_weekly_report_is_due_on_its_day_at_its_hour() -> None:
    schedule = Schedule(Rhythm.WEEK, 0, 8)
    assert last_due(schedule, MONDAY) == date(2026, 11, 16)
    assert next_due(schedule, MONDAY) == date(2026, 11, 23)
    early = MONDAY.replace(hour=7)
    assert last_due(schedule, early) == date(2026, 11, 9)
    assert next_due(schedule, early) == date(2026, 11, 16)


def test_a_report_every_28_days_comes_every_28_days_on_its_weekday() -> None:
    schedule = Schedule(Rhythm.FOUR_WEEKS, 4, 8)
    found, day = [], MONDAY
    while len(found) < 14:
        due = next_due(schedule, day)
        assert due is not None
        found.append(due)
        day = datetime(due.year, due.month, due.day, 9, tzinfo=UTC)
        assert last_due(schedule, day) == due
    assert {each.weekday() for each in found} == {4}
    assert {(after - before).days for before, after in pairwise(found)} == {28}


def test_never_is_never() -> None:
    assert last_due(Schedule(Rhythm.NEVER), MONDAY) is None
    assert next_due(Schedule(Rhythm.NEVER), MONDAY) is None
    assert not any(Schedule(Rhythm.NEVER).is_day(MONDAY.date() + number * DAY) for number in range(60))


@pytest.mark.parametrize(("rhythm", "days"), [(Rhythm.WEEK, 7), (Rhythm.FOUR_WEEKS, 28)])
def test_it_is_about_the_whole_days_before(rhythm: Rhythm, days: int) -> None:
    wanted = wanted_on(Schedule(rhythm), date(2026, 11, 16), "fr")
    last = date(2026, 11, 15)
    assert wanted.period == Period(last - timedelta(days=days - 1), last)
    assert wanted.compared.last == wanted.period.first - DAY
    assert (wanted.accounts, wanted.language) == ((), "fr")


def test_addresses_are_taken_as_people_type_them() -> None:
    assert addresses(" ana@a.example, luis@b.example;ana@a.example  eva@c.example ") == (
        "ana@a.example",
        "luis@b.example",
        "eva@c.example",
    )
    assert addresses(" ,; ") == ()


def test_what_is_left_out_of_a_chart_is_marked() -> None:
    assert alt_of(["a", "b", "c"], whole=True) == "a; b; c"
    assert alt_of(["a", "b", "c"], whole=False) == "a; … b; … c"


@pytest.mark.parametrize(
    ("cells", "at_right"),
    [
        (["12", "—", "+3.5 %", "−2"], True),
        (["12", "doce"], False),
        (["—"], True),
        ([], False),
        ([""], False),
        (["", "3 h"], True),
    ],
)
def test_columns_of_figures_are_known(cells: list[str], at_right: bool) -> None:
    assert holds_figures(cells) is at_right


def test_a_chart_brings_its_table() -> None:
    chart = ReportChart("Clics", "", "Clics: nada", ReportTable("Clics", ("Día",), (("1",),)))
    assert (chart.svg, chart.table.rows) == (b"", (("1",),))
