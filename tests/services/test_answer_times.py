"""Answer-by times: which promise holds for whom, and that they follow the settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.case import Asked
from app.models.conversation import Category
from app.runtime.clock import to_ms
from app.runtime.settings import Answer, Settings, Shop
from app.services.answer_times import AnswerTimes, Promised, answer_by, promised_for
from app.services.public_holidays import PublicHolidays

MADRID = ZoneInfo("Europe/Madrid")
NINE_TO_FIVE = (*(((9 * 60, 17 * 60),),) * 5, (), ())
FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=MADRID)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=MADRID)  # type: ignore[misc, arg-type]


@pytest.fixture
def settings() -> Settings:
    made = Settings(dict, lambda _name, _value: None)
    made.change(Shop, zone="Europe/Madrid")
    made.change(Answer, hours=NINE_TO_FIVE)
    return made


@pytest.fixture
def times(settings: Settings) -> AnswerTimes:
    return AnswerTimes(settings, PublicHolidays())


def asked(
    at: datetime,
    *,
    first: bool = True,
    opened_at: datetime | None = None,
    category: Category = Category.OTHER,
    **more: object,
) -> Asked:
    return Asked(at, 1, category, first, opened_at or at, **more)  # type: ignore[arg-type]


def test_friday_half_past_four_plus_an_hour_is_monday_half_past_nine() -> None:
    assert answer_by(FRIDAY, 60, NINE_TO_FIVE, MADRID) == local(2026, 11, 23, 9, 30)


def test_the_answer_is_in_utc() -> None:
    assert answer_by(FRIDAY, 60, NINE_TO_FIVE, MADRID).tzinfo is UTC


def test_a_holiday_of_the_chosen_country_is_no_working_day(settings: Settings, times: AnswerTimes) -> None:
    """16 November 2026 is a holiday in Mexico, a Monday."""
    settings.change(Shop, zone="America/Mexico_City")
    mexico = ZoneInfo("America/Mexico_City")
    friday = datetime(2026, 11, 13, 16, 30, tzinfo=mexico)
    assert times.promise(asked(friday)) == datetime(2026, 11, 16, 9, 30, tzinfo=mexico)
    settings.change(Answer, holiday_country="MX")
    assert times.promise(asked(friday)) == datetime(2026, 11, 17, 9, 30, tzinfo=mexico)


def test_a_holiday_of_the_region_counts_too(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, holiday_country="ES", holiday_region="MD")
    may_first = local(2026, 4, 30, 16, 30)
    assert times.promise(asked(may_first)) == local(2026, 5, 4, 9, 30)
    before_the_diada = local(2026, 9, 10, 16, 30)
    assert times.promise(asked(before_the_diada)) == local(2026, 9, 11, 9, 30)
    settings.change(Answer, holiday_region="CT")
    assert times.promise(asked(before_the_diada)) == local(2026, 9, 14, 9, 30)


def test_closed_days_and_open_days_are_the_shops_own(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, closed_days=(("Inventory", "2026-11-23", "2026-11-24"),))
    assert times.promise(asked(FRIDAY)) == local(2026, 11, 25, 9, 30)
    settings.change(Answer, open_days=(("2026-11-24", ((600, 660),)),))
    assert times.promise(asked(FRIDAY)) == local(2026, 11, 24, 10, 30)


def test_a_changed_zone_holds_at_once(settings: Settings, times: AnswerTimes) -> None:
    before = times.promise(asked(FRIDAY))
    settings.change(Shop, zone="Asia/Tokyo")
    assert times.promise(asked(FRIDAY)) != before


def test_the_next_answer_has_a_promise_of_its_own(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, minutes=60, next_minutes=120)
    monday = local(2026, 11, 23, 10, 0)
    assert times.promise(asked(monday)) == monday + timedelta(hours=1)
    assert times.promise(asked(monday, first=False)) == monday + timedelta(hours=2)


def test_what_is_due_first_counts_the_answer_or_the_solution(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, next_minutes=120, solved_minutes=180)
    opened, now = local(2026, 11, 23, 10, 0), local(2026, 11, 23, 12, 0)
    assert times.promise(asked(now, first=False, opened_at=opened)) == opened + timedelta(hours=3)
    assert times.solved_by(asked(now, first=False, opened_at=opened)) == opened + timedelta(hours=3)


def test_waiting_for_the_customer_does_not_count_against_the_solution(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, next_minutes=120, solved_minutes=180)
    opened, back = local(2026, 11, 23, 10, 0), local(2026, 11, 27, 10, 0)
    paused = ((to_ms(local(2026, 11, 23, 11, 0)), to_ms(back)),)
    assert times.solved_by(asked(back, first=False, opened_at=opened, paused=paused)) == back + timedelta(hours=2)


def test_where_nothing_is_promised_nothing_is_due(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, targets=((0, "spam", 0, 0, 0),))
    assert times.promise(asked(FRIDAY, category=Category.SPAM)) is None
    assert times.solved_by(asked(FRIDAY, category=Category.SPAM)) is None


def test_the_closest_rule_wins_each_promise_by_itself() -> None:
    general = Promised(60, 60, 0)
    targets = (
        (7, "complaint", 15, None, None),
        (0, "complaint", 30, 45, None),
        (7, "", 240, 240, 1440),
    )
    assert promised_for(general, targets, 7, "complaint") == (15, 45, 1440)
    assert promised_for(general, targets, 8, "complaint") == (30, 45, 0)
    assert promised_for(general, targets, 7, "praise") == (240, 240, 1440)
    assert promised_for(general, targets, 8, "praise") == general


def test_what_is_asked_now_is_promised_for_its_category(settings: Settings, times: AnswerTimes) -> None:
    settings.change(Answer, targets=((0, "complaint", 30, None, None),))
    monday = local(2026, 11, 23, 10, 0)
    assert times.promised(monday, 1, Category.COMPLAINT, first=True) == monday + timedelta(minutes=30)
    assert times.promised(monday, 1, Category.COMPLAINT, first=False) == monday + timedelta(hours=1)


def test_working_time_is_measured_by_the_same_hours(times: AnswerTimes) -> None:
    assert times.worked(to_ms(FRIDAY), to_ms(local(2026, 11, 23, 9, 30))) == 3_600_000
