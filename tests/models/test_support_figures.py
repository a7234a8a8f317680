"""Each figure of answering, computed a second way over random cases."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.conversation import Category
from app.models.support_figures import (
    LESS_IS_GOOD,
    NO_SUPPORT,
    CaseFacts,
    Figure,
    Measure,
    Read,
    Support,
    behind,
    heat,
    side,
    support,
)

DAY = date(2026, 11, 2)
MINUTES = st.integers(0, 900).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def a_case(draw: st.DrawFn) -> CaseFacts:
    answered = draw(st.none() | MINUTES)
    replies = draw(st.integers(1, 6)) if answered is not None else 0
    return CaseFacts(
        draw(st.integers(1, 1 << 30)),
        draw(st.integers(1, 50)),
        draw(st.sampled_from(Category)),
        DAY,
        0,
        draw(st.integers(0, 23)),
        draw(st.booleans()),
        answered,
        tuple(draw(st.lists(MINUTES, max_size=max(0, replies - 1)))),
        draw(st.none() | MINUTES),
        replies,
        draw(st.booleans()),
        answered is not None and draw(st.booleans()),
    )


CASES = st.lists(a_case(), max_size=30, unique_by=lambda case: case.id)


def second_way(cases: list[CaseFacts], measure: Measure) -> tuple[float | None, int]:
    """(value, what it rests on) by plain Python."""
    own = [case for case in cases if case.category not in (Category.SPAM, Category.TROLL)]
    minutes = lambda took: took.total_seconds() / 60  # noqa: E731
    answered = [case for case in own if case.answered_in is not None]
    solved = [case for case in own if case.solved_in is not None]
    said = [case for case in solved if case.replies]
    if measure is Measure.HANDLED:
        either = {case.id for case in answered} | {case.id for case in solved}
        return float(len(either)), len(either)
    values = {
        Measure.FIRST: [minutes(case.answered_in) for case in answered],
        Measure.NEXT: [minutes(took) for case in own for took in case.next_in],
        Measure.SOLVED_IN: [minutes(case.solved_in) for case in said],
        Measure.SOLVED: [1 if case in solved else 0 for case in own],
        Measure.POSTS: [case.replies for case in said],
        Measure.WITHOUT_EMAIL: [0 if case.by_email else 1 for case in solved],
        Measure.STANDARD: [1 if case.standard else 0 for case in answered],
    }[measure]
    if not values:
        return None, 0
    times = measure in (Measure.FIRST, Measure.NEXT, Measure.SOLVED_IN)
    return float(statistics.median(values) if times else statistics.fmean(values)), len(values)


@given(CASES, st.none() | CASES)
def test_each_figure_is_what_a_second_way_finds(cases: list[CaseFacts], before: list[CaseFacts] | None) -> None:
    found = support(Read(side(cases), None if before is None else side(before)))
    for figure in found.figures:
        value, samples = second_way(cases, figure.measure)
        assert figure.samples == samples
        assert figure.value == value or abs((figure.value or 0) - (value or 0)) < 1e-9
        then = (None, 0) if before is None else second_way(before, figure.measure)
        assert (figure.before is None, figure.samples_before) == (then[0] is None, then[1])
        assert figure.change is None or figure.before is not None
    assert found.came == sum(case.category not in NO_SUPPORT for case in cases)
    assert sum(line.came for line in found.categories) == sum(line.came for line in found.hours) == found.came
    assert Counter({line.category: line.came for line in found.categories}) == Counter(
        case.category for case in cases if case.category not in NO_SUPPORT
    )


@given(CASES)
def test_what_is_behind_a_figure_is_what_it_rests_on(cases: list[CaseFacts]) -> None:
    found = support(Read(side(cases), None))
    for figure in found.figures:
        rows = behind(figure.measure, [case for case in cases if case.category not in NO_SUPPORT])
        many = sum(len(case.next_in) for case in rows) if figure.measure is Measure.NEXT else len(rows)
        assert many == figure.samples
        assert len({case.id for case in rows}) == len(rows)


def case(number: int, minutes: int | None = None, **fields: object) -> CaseFacts:
    made = CaseFacts(number, number, Category.ORDER, DAY, 0, 10, True, None if minutes is None else timedelta(minutes=minutes))
    return made._replace(replies=0 if minutes is None else 1)._replace(**fields)


def test_nothing_came_is_no_figure_at_all() -> None:
    found = support(Read(side([]), side([])))
    assert found.figure(Measure.HANDLED).value == 0
    assert found.figure(Measure.HANDLED).change is None
    assert all(found.figure(measure).value is None for measure in Measure if measure is not Measure.HANDLED)


def test_the_slowest_stand_first_behind_the_time_to_answer() -> None:
    cases = [case(1, 5), case(2, 90), case(3), case(4, 30)]
    found: Support = support(Read(side(cases), None))
    assert [each.id for each in behind(Measure.FIRST, cases)] == [2, 4, 1]
    assert found.figure(Measure.FIRST).value == 30
    assert round(found.figure(Measure.FIRST).mean or 0, 2) == 41.67
    unsolved = [case(1, 5, solved_in=timedelta(0)), case(2, 9)]
    assert [each.id for each in behind(Measure.SOLVED, unsolved)] == [2, 1]


def test_quicker_and_shorter_is_better_and_more_work_is_neither() -> None:
    assert Figure(Measure.FIRST, 20, 30).is_better is True
    assert Figure(Measure.POSTS, 3, 2).is_better is False
    assert Figure(Measure.SOLVED, 0.9, 0.8).is_better is True
    assert Figure(Measure.HANDLED, 30, 20).is_better is None
    assert Figure(Measure.HANDLED, 30, 20).change.amount == 0.5  # type: ignore[union-attr]
    assert Figure(Measure.HANDLED, 30, 0).change is None
    assert Measure.STANDARD not in LESS_IS_GOOD


def test_heat_counts_by_weekday_and_hour() -> None:
    found = heat([(0, 9, 1), (0, 9, 1), (6, 23, 1)])
    assert (found[0][9], found[6][23], sum(map(sum, found))) == (2, 1, 3)
