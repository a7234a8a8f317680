"""A post is measured often while it is young, and once in each period of its life."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.measuring import OLDEST, POST_AGES, REPLY_AGES, period_of

AGES = st.timedeltas(timedelta(0), timedelta(days=800))


def test_minutes_then_hours_then_days_then_months() -> None:
    assert period_of(timedelta(minutes=9)) is None
    assert period_of(timedelta(minutes=10)) == timedelta(minutes=10)
    assert period_of(timedelta(hours=2, minutes=59)) == timedelta(hours=1)
    assert period_of(timedelta(days=4)) == timedelta(days=3)
    assert period_of(timedelta(days=60)) == timedelta(days=56)
    assert period_of(OLDEST - timedelta(seconds=1)) == POST_AGES[-1]
    assert period_of(OLDEST) is None


def test_replies_are_asked_about_three_times() -> None:
    assert [period_of(timedelta(hours=hours), REPLY_AGES) for hours in (0, 1, 30, 200)] == [None, *REPLY_AGES]


@given(AGES, AGES)
def test_a_period_begins_before_the_age_and_never_goes_back(one: timedelta, other: timedelta) -> None:
    younger, older = sorted((one, other))
    first, then = period_of(younger), period_of(older)
    assert first is None or first <= younger
    if first is not None and then is not None:
        assert first <= then
