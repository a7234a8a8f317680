"""Which days stand beside which: as many of them, never beyond the last full day, and the same ones a year before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.insight import Period
from app.models.periods import LENGTHS, LONGEST, Comparison, PeriodChoice

TODAY = date(2026, 11, 18)
DAY = timedelta(days=1)

OWN = st.builds(
    lambda last, days: Period(last - (days - 1) * DAY, last), st.dates(date(2010, 1, 1), TODAY - DAY), st.integers(1, LONGEST)
)
CHOICES = st.builds(
    PeriodChoice,
    st.sampled_from(LENGTHS),
    st.integers(0, 30),
    st.none() | OWN,
    st.sampled_from(Comparison),
    st.none() | st.dates(date(2009, 1, 1), TODAY),
)


@given(CHOICES, st.integers(-3, 3))
def test_both_periods_have_as_many_days_and_end_before_today(choice: PeriodChoice, steps: int) -> None:
    moved = choice.stepped(steps, TODAY)
    for each in (choice, moved):
        period, compared = each.period(TODAY), each.compared(TODAY)
        assert period.days == compared.days == choice.period(TODAY).days
        assert period.last < TODAY
        assert each.has_later(TODAY) == (period.last < TODAY - DAY)
    if steps < 0:
        assert moved.period(TODAY) == choice.period(TODAY).moved(steps)


@given(CHOICES)
def test_the_last_full_days_are_one_key_away(choice: PeriodChoice) -> None:
    period = choice.now.period(TODAY)
    assert period.last == TODAY - DAY
    assert period.days == choice.days
    assert not choice.now.has_later(TODAY)


def test_the_same_days_last_year_have_the_same_dates() -> None:
    beside = PeriodChoice(comparison=Comparison.LAST_YEAR)
    assert beside.compared(TODAY) == Period(date(2025, 10, 21), date(2025, 11, 17))
    leap = PeriodChoice(own=Period(date(2024, 2, 29), date(2024, 3, 1)), comparison=Comparison.LAST_YEAR)
    assert leap.compared(TODAY) == Period(date(2023, 2, 28), date(2023, 3, 1))


def test_chosen_days_to_compare_with_stay_while_the_period_moves() -> None:
    choice = PeriodChoice(comparison=Comparison.CHOSEN, compared_from=date(2025, 11, 1))
    assert choice.compared(TODAY) == Period(date(2025, 11, 1), date(2025, 11, 28))
    assert choice.stepped(-1, TODAY).compared(TODAY) == choice.compared(TODAY)


def test_days_of_ones_own_stop_at_the_last_full_day() -> None:
    choice = PeriodChoice(own=Period(date(2026, 11, 1), date(2026, 11, 10)))
    later = choice.stepped(1, TODAY)
    assert later.period(TODAY) == Period(date(2026, 11, 8), date(2026, 11, 17))
    assert later.stepped(1, TODAY) == later


@pytest.mark.parametrize("kept", [{}, {"days": "x", "comparison": 3}, {"days": "400", "comparison": "chosen?"}])
def test_what_was_kept_wrongly_is_the_usual(kept: dict[str, object]) -> None:
    assert PeriodChoice.from_plain(kept) == PeriodChoice()


def test_length_and_comparison_are_remembered_and_days_of_ones_own_are_not() -> None:
    choice = PeriodChoice(90, 3, Period(TODAY - 9 * DAY, TODAY - DAY), Comparison.LAST_YEAR)
    assert PeriodChoice.from_plain(choice.to_plain()) == PeriodChoice(90, comparison=Comparison.LAST_YEAR)
    chosen = PeriodChoice(comparison=Comparison.CHOSEN, compared_from=TODAY)
    assert PeriodChoice.from_plain(chosen.to_plain()) == PeriodChoice()
