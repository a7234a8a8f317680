"""Own best times: told from enough figures, with how many they come from; general ones otherwise, which say so."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.best_time import ENOUGH, GENERAL, OFFERED, BestTime, Result, Strength, best_times, counts, strength
from app.runtime.zones import ZoneInfo
from tests.models.test_rhythm import at

MEXICO = ZoneInfo("America/Mexico_City")
WEEK = timedelta(weeks=1)


def results(*those: tuple[datetime, int], weeks: int = 4) -> list[Result]:
    """Each again in the weeks before."""
    return [Result(1, when - number * WEEK, value) for when, value in those for number in range(weeks)]


def test_hours_that_brought_more_than_the_average_are_offered_the_best_first() -> None:
    known = results((at(17, 10, 5), 10), (at(18, 19, 30), 80), (at(19, 13), 40), (at(20, 9), 12))
    found = best_times(known, MEXICO)
    assert [(each.weekday, each.minute, each.samples) for each in found] == [(2, 19 * 60 + 30, 4), (3, 13 * 60, 4)]
    assert found[0].gain > found[1].gain > 0
    assert not any(each.general for each in found)


def test_what_is_a_good_time_already_is_not_offered() -> None:
    known = results((at(17, 10), 10), (at(18, 19, 30), 80), (at(19, 13), 40), (at(20, 9), 12))
    assert [each.weekday for each in best_times(known, MEXICO, [(2, 19 * 60)])] == [3]


def test_one_lucky_post_is_no_habit() -> None:
    known = [*results((at(17, 10), 10), (at(18, 19), 14), (at(19, 13), 11)), Result(1, at(21, 23), 5_000)]
    assert (5, 23 * 60) not in [(each.weekday, each.minute) for each in best_times(known, MEXICO)]


def test_with_too_few_posts_the_general_ones_say_that_they_are_general() -> None:
    found = best_times(results((at(17, 10), 10), weeks=ENOUGH - 1), MEXICO)
    assert len(found) == OFFERED
    assert all(each.general and each.strength is Strength.NONE for each in found)
    assert best_times([], MEXICO, list(GENERAL)) == []


def test_the_hour_is_the_shops_hour() -> None:
    late = results((at(18, 23), 1))  # the next day in Greenwich
    assert counts(late, MEXICO) == {(1, 2, 23): 4}


def test_how_much_is_known_is_none_thin_or_ok() -> None:
    assert [str(strength(many)) for many in (0, 1, 2, 4, 5, 50)] == ["none", "none", "thin", "thin", "ok", "ok"]
    assert BestTime(0, 600, 3).strength is Strength.THIN


@given(st.lists(st.tuples(st.integers(0, 7 * 24 * 4 - 1), st.integers(0, 500)), max_size=80))
def test_never_more_than_three_and_only_what_was_better_than_usual(those: list[tuple[int, int]]) -> None:
    known = [Result(1, at(16, 0) + quarters * timedelta(minutes=15), value) for quarters, value in those]
    found = best_times(known, MEXICO)
    assert len(found) <= OFFERED
    assert len({(each.weekday, each.minute) for each in found}) == len(found)
    assert all(each.general or (each.gain > 0 and each.samples >= 2) for each in found)
