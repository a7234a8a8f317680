"""Where a week begins."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.calendar import week_start


@pytest.mark.parametrize(
    ("first_weekday", "begins"), [(1, date(2026, 11, 16)), (6, date(2026, 11, 14)), (7, date(2026, 11, 15))]
)
def test_a_week_begins_where_the_user_has_it_begin(first_weekday: int, begins: date) -> None:
    wednesday = date(2026, 11, 18)
    assert week_start(wednesday, first_weekday) == begins
    assert week_start(begins, first_weekday) == begins
