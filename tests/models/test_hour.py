"""What the minutes went into, and what is usual."""

from __future__ import annotations

import pytest

from app.models.hour import KEPT_DAYS, Activity, Estimates, HourLog, estimates


def days_of(minutes: list[int], page: str) -> HourLog:
    log = HourLog()
    for number, many in enumerate(minutes):
        log.note(f"2026-11-{number + 1:02}", page, many * 60)
        log.note(f"2026-11-{number + 1:02}", "today", 15)
    return log


def test_seconds_go_to_what_the_page_is_for() -> None:
    log = HourLog()
    for page in ("inbox", "inbox", "composer", "insights", "settings"):
        log.note("2026-11-18", page, 15)
    assert [log.spent("2026-11-18", each) for each in Activity] == [30, 15, 15]


def test_what_is_usual_is_the_median_of_other_days_less_those_of_today() -> None:
    log = days_of([2, 4, 4, 10], "insights")
    assert log.usual_left("2026-11-18", Activity.LOOK) == 240
    log.note("2026-11-18", "insights", 180)
    assert log.usual_left("2026-11-18", Activity.LOOK) == 60
    log.note("2026-11-18", "insights", 600)
    assert log.usual_left("2026-11-18", Activity.LOOK) == 0


def test_few_days_tell_nothing() -> None:
    assert days_of([2, 4, 4], "insights").usual_left("2026-11-18", Activity.LOOK) is None


def test_a_thing_takes_as_long_as_a_stay_at_planning() -> None:
    log = HourLog()
    for minutes in (1, 2, 3, 4, 5):
        log.note("2026-11-18", "composer", minutes * 60)
        log.note("2026-11-18", "inbox", 15)
    assert log.thing_seconds is None
    log.note("2026-11-18", "calendar", 360)
    log.note("2026-11-18", "today", 15)
    assert log.thing_seconds == 210


def test_old_days_are_forgotten_and_the_rest_is_kept_in_a_line() -> None:
    log = days_of([1] * 30, "inbox")
    again = HourLog.from_json(log.to_json())
    known = [day for day in range(1, 31) if again.spent(f"2026-11-{day:02}", Activity.ANSWER)]
    assert len(known) == KEPT_DAYS
    assert known[-1] == 30


@pytest.mark.parametrize("text", ["", "{", "[]", '{"days": 3}', '{"stays": ["x"]}', '{"days": {"a": []}}'])
def test_what_cannot_be_read_is_begun_anew(text: str) -> None:
    assert HourLog.from_json(text).spent("2026-11-18", Activity.ANSWER) == 0


def test_estimates_come_from_the_users_own_medians() -> None:
    log = days_of([4, 4, 4, 4], "insights")
    assert estimates(log, "2026-11-18", 14, 75, 3) == Estimates(18, 0, 4)
    assert estimates(None, "", 14, None, 3) == Estimates()
    assert Estimates(18, 10, 4).whole == 32
