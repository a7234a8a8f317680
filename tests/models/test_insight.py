"""Each figure of the summary, computed a second way over random measurements with gaps, new accounts and unmeasured posts."""

from __future__ import annotations

import math
import statistics
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.insight import (
    BINS,
    GAINS,
    Answered,
    Gauge,
    Kpi,
    Measured,
    Metric,
    Period,
    PostFigures,
    last_days,
    summarize,
    top_by,
)
from app.models.post import PostFormat

TODAY = date(2026, 11, 18)
PERIOD = last_days(TODAY)
DAYS, BEFORE = PERIOD.each(), PERIOD.before.each()
COUNTS = st.integers(0, 5_000)


def gauges(days: list[date]) -> st.SearchStrategy[Gauge]:
    return st.builds(
        Gauge, st.just(0), st.none() | COUNTS, st.dictionaries(st.sampled_from(days), COUNTS, max_size=len(days))
    )


CASES = st.lists(
    st.builds(
        Answered,
        st.sampled_from(DAYS),
        st.none() | st.integers(0, 900).map(lambda minutes: timedelta(minutes=minutes)),
        st.booleans(),
        st.booleans(),
    ),
    max_size=30,
)
FIGURES = st.dictionaries(st.sampled_from(GAINS), COUNTS)
POSTS = st.lists(
    st.builds(PostFigures, st.integers(1, 10_000), st.just("x"), st.just(""), st.sampled_from(PostFormat), st.just(()), FIGURES),
    max_size=20,
    unique_by=lambda post: post.post_id,
)
MEASURED = st.builds(
    Measured,
    period=st.just(PERIOD),
    followers=st.lists(st.tuples(st.integers(1, 3), gauges(DAYS), gauges(BEFORE)), max_size=4, unique_by=lambda each: each[0]),
    gains=st.dictionaries(st.tuples(st.sampled_from(GAINS), st.integers(1, 3), st.sampled_from([*BEFORE, *DAYS])), COUNTS, max_size=60),
    cases=CASES,
    cases_before=CASES,
    posts=POSTS,
    posts_before=st.integers(0, 50),
    networks=st.just({1: "x", 2: "mastodon", 3: "mastodon"}),
    measured_since=st.none() | st.sampled_from([BEFORE[0] - timedelta(days=9), BEFORE[0], BEFORE[1], DAYS[3]]),
)


@settings(max_examples=80, deadline=None)
@given(MEASURED)
def test_gains_are_the_sums_of_what_was_measured(measured: Measured) -> None:
    summary = summarize(measured)
    for metric in GAINS:
        now = [gained for (kind, _, day), gained in measured.gains.items() if kind == metric and day >= DAYS[0]]
        then = [gained for (kind, _, day), gained in measured.gains.items() if kind == metric and day < DAYS[0]]
        kpi = summary.kpi(metric)
        assert kpi.value == (sum(now) if now else None)
        if measured.measured_since is not None and measured.measured_since <= BEFORE[0]:
            assert kpi.before == (sum(then) if then else None)
        else:
            assert kpi.before is None
        assert sum(value for value in kpi.series if value is not None) == sum(now)
        days = {day for kind, _, day in measured.gains if kind == metric}
        assert [value is None for value in kpi.series] == [day not in days for day in DAYS]


@settings(max_examples=80, deadline=None)
@given(MEASURED)
def test_followers_are_compared_over_accounts_that_were_there_in_both_periods(measured: Measured) -> None:
    def last(gauge: Gauge) -> int | None:
        known = sorted(gauge.days.items())
        return known[-1][1] if known else gauge.at_start

    now = {number: last(gauge) for number, gauge, _ in measured.followers}
    then = {number: last(gauge) for number, _, gauge in measured.followers}
    there = {number for number, value in now.items() if value is not None}
    both = {number for number in there if then[number] is not None}
    kpi = summarize(measured).kpi(Metric.FOLLOWERS)
    if not there:
        assert kpi.value is None
    elif not both:
        assert kpi.value == sum(now[number] or 0 for number in there)
        assert kpi.change is None
    else:
        assert kpi.value == sum(now[number] or 0 for number in both)
        if measured.measured_since is not None and measured.measured_since <= BEFORE[0]:
            assert kpi.before == sum(then[number] or 0 for number in both)


@settings(max_examples=80, deadline=None)
@given(MEASURED)
def test_answers_are_medians_and_shares_of_the_cases(measured: Measured) -> None:
    summary = summarize(measured)
    for cases, which in ((measured.cases, "value"), (measured.cases_before, "before")):
        took = [case.answered_in.total_seconds() / 60 for case in cases if case.answered_in is not None]
        found = getattr(summary.kpi(Metric.ANSWER_MINUTES), which)
        assert found is None if not took else math.isclose(found, statistics.median(took))
        solved = [case for case in cases if case.solved]
        share = getattr(summary.kpi(Metric.WITHOUT_EMAIL), which)
        assert share is None if not solved else math.isclose(share, statistics.mean(not case.by_email for case in solved))
    assert sum(each.cases for each in summary.bins) == sum(case.answered_in is not None for case in measured.cases)
    assert len(summary.bins) == len(BINS) + 1


@settings(max_examples=60, deadline=None)
@given(MEASURED)
def test_what_informs_and_what_sells_are_averages_over_posts_that_were_measured(measured: Measured) -> None:
    summary = summarize(measured)
    assert summary.informs + summary.sells == len(measured.posts)
    for average in summary.averages:
        for found, sells in ((average.informs, False), (average.sells, True)):
            figures = [
                post.figures[average.metric]
                for post in measured.posts
                if average.metric in post.figures and (post.format is PostFormat.PROMO) == sells
            ]
            assert found is None if not figures else math.isclose(found, statistics.mean(figures))


@settings(max_examples=60, deadline=None)
@given(MEASURED)
def test_no_figure_is_made_up(measured: Measured) -> None:
    """No change without two figures, none from nothing, and nothing divided by nothing."""
    for kpi in summarize(measured).kpis:
        change = kpi.change
        if kpi.value is None or kpi.before is None:
            assert change is None
        elif change is not None and change.relative:
            assert kpi.before > 0
            assert math.isclose(kpi.before * (1 + change.amount), kpi.value, abs_tol=1e-6)


@pytest.mark.parametrize(
    ("metric", "value", "before", "better"),
    [
        (Metric.CLICKS, 12, 10, True),
        (Metric.CLICKS, 9, 10, False),
        (Metric.ANSWER_MINUTES, 20, 30, True),
        (Metric.WITHOUT_EMAIL, 0.9, 0.95, False),
        (Metric.CLICKS, 10, 10, None),
        (Metric.CLICKS, 10, None, None),
        (Metric.CLICKS, 10, 0, None),
    ],
)
def test_fewer_minutes_are_better_and_fewer_clicks_are_not(metric: Metric, value: float, before: float | None, better: bool | None) -> None:
    assert Kpi(metric, value, before).is_better is better


def test_today_is_in_no_period() -> None:
    assert last_days(date(2026, 11, 18)) == Period(date(2026, 10, 21), date(2026, 11, 17))
    assert PERIOD.before == Period(date(2026, 9, 23), date(2026, 10, 20))
    assert PERIOD.before.moved(1) == PERIOD


def test_fewer_days_than_two_periods_say_when_the_comparison_starts() -> None:
    short = summarize(Measured(PERIOD, measured_since=DAYS[3]))
    assert short.compares_from == DAYS[3] + timedelta(days=56)
    assert summarize(Measured(PERIOD, measured_since=BEFORE[0])).compares_from is None
    assert summarize(Measured(PERIOD)).compares_from is None


def test_a_day_without_one_of_the_accounts_is_a_gap_and_no_loss() -> None:
    one = Gauge(1, 100, {DAYS[0]: 100, DAYS[1]: 103})
    other = Gauge(2, 50, {DAYS[0]: 51})
    nothing = Gauge(0, None, {})
    measured = Measured(PERIOD, followers=[(1, one, nothing), (2, other, nothing)], networks={1: "x", 2: "x"})
    summary = summarize(measured)
    assert summary.kpi(Metric.FOLLOWERS).series[:3] == (151, None, None)
    (line,) = summary.followers
    assert line.values[:3] == (1, None, None)


def test_the_furthest_travelled_are_first_and_the_unmeasured_are_left_out() -> None:
    posts = [PostFigures(number, "", "", PostFormat.INFORMS, (), figures) for number, figures in enumerate(({Metric.CLICKS: 3}, {}, {Metric.CLICKS: 9}), 1)]
    assert [post.post_id for post in top_by(posts, Metric.CLICKS, 5)] == [3, 1]
