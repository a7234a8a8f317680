"""What an answer-by time is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.services.answer_times import answer_by

MADRID = ZoneInfo("Europe/Madrid")
NINE_TO_FIVE = [[(9 * 60, 17 * 60)]] * 5 + [[], []]


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=MADRID)


def test_within_working_hours_the_promise_is_plain_addition() -> None:
    assert answer_by(local(2026, 11, 18, 10, 0), 60, NINE_TO_FIVE, MADRID) == local(2026, 11, 18, 11, 0)


def test_friday_half_past_four_plus_an_hour_is_monday_half_past_nine() -> None:
    assert answer_by(local(2026, 11, 20, 16, 30), 60, NINE_TO_FIVE, MADRID) == local(2026, 11, 23, 9, 30)


def test_what_arrives_at_night_counts_from_the_morning() -> None:
    assert answer_by(local(2026, 11, 18, 3, 0), 60, NINE_TO_FIVE, MADRID) == local(2026, 11, 18, 10, 0)


def test_a_pause_at_noon_is_not_counted() -> None:
    hours = [[(9 * 60, 13 * 60), (15 * 60, 19 * 60)]] * 7
    assert answer_by(local(2026, 11, 18, 12, 30), 60, hours, MADRID) == local(2026, 11, 18, 15, 30)


def test_a_block_may_last_until_midnight() -> None:
    hours = [[(20 * 60, 24 * 60)]] * 7
    assert answer_by(local(2026, 11, 18, 23, 30), 60, hours, MADRID) == local(2026, 11, 19, 20, 30)


def test_the_night_the_clock_goes_back_has_an_hour_more() -> None:
    round_the_clock = [[(0, 24 * 60)]] * 7
    due = answer_by(local(2026, 10, 25, 1, 0), 180, round_the_clock, MADRID)
    assert due == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


def test_without_any_working_hour_the_promise_counts_round_the_clock() -> None:
    assert answer_by(local(2026, 11, 18, 10, 0), 60, [[]] * 7, MADRID) == local(2026, 11, 18, 11, 0)


def test_the_answer_is_in_utc() -> None:
    assert answer_by(local(2026, 11, 18, 10, 0), 60, NINE_TO_FIVE, MADRID).tzinfo is UTC
