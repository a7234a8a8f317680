"""What was typed as a time, taken apart."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from app.language.time_parts import LONGEST, TimeParts, take_apart, with_half


def parts(text: str, language: str = "") -> TimeParts:
    found = take_apart(text, language)
    assert found is not None
    return found


def test_days_times_and_spans_are_told_apart() -> None:
    assert (parts("fri 19:30").weekday, parts("fri 19:30").clock) == (5, time(19, 30))
    assert parts("mañana").offset == 1
    assert parts("in 2 hours 30 minutes").span == timedelta(hours=2, minutes=30)
    assert parts("через 2 месяца").months == 2
    assert (parts("3 декабря").day_of_month, parts("3 декабря").month) == (3, 12)
    assert parts("周五下午三点半").clock == time(15, 30)


def test_what_is_not_known_is_kept() -> None:
    assert parts("call ana tomorrow").unknown == ["call", "ana"]
    assert parts("25:00").broken
    assert take_apart("9" * (LONGEST + 1), "") is None


@pytest.mark.parametrize(("language", "weekday", "month"), [("es", 2, 0), ("en", 0, 3)])
def test_a_word_of_two_meanings_is_read_in_the_language(language: str, weekday: int, month: int) -> None:
    assert (parts("mar 24", language).weekday, parts("mar 24", language).month) == (weekday, month)


@pytest.mark.parametrize(
    ("hour", "part", "meant"),
    [
        (5, "afternoon", 17),
        (12, "noon", 12),
        (1, "noon", 13),
        (8, "evening", 20),
        (3, "night", 3),
        (11, "night", 23),
        (12, "morning", 0),
        (9, "", 9),
    ],
)
def test_the_half_of_the_day_moves_the_hour(hour: int, part: str, meant: int) -> None:
    assert with_half(time(hour), part).hour == meant
