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
    measured_since=st.dictionaries(
        st.integers(1, 3), st.sampled_from([BEFORE[0] - timedelta(days=9), BEFORE[0], BEFORE[1], DAYS[3]])
    ),
)


def comparable(measured: Measured) -> set[int]:
    """Accounts that both periods were measured whole of, told once more."""
    found = {number for number, since in measured.measured_since.items() if since <= BEFORE[0]}
    for number, *gauges in measured.followers:
        for gauge, days in zip(gauges, (DAYS, BEFORE), strict=True):
            anything = any(each.days or each.at_start is not None for each in gauges)
            if anything and not (set(days[:3]) & gauge.days.keys() and set(days[-3:]) & gauge.days.keys()):
                found.discard(number)
    return found


@settings(max_examples=80, deadline=None)
@given(MEASURED)
def test_gains_are_the_sums_of_what_was_measured_and_compared_over_the_same_accounts(measured: Measured) -> None:
    summary, same = summarize(measured), comparable(measured)
    for metric in GAINS:
        of = [(account, day, gained) for (kind, account, day), gained in measured.gains.items() if kind == metric]
        now = [gained for _, day, gained in of if day >= DAYS[0]]
        alike = [gained for account, day, gained in of if day >= DAYS[0] and account in same]
        then = [gained for account, day, gained in of if day < DAYS[0] and account in same]
        kpi = summary.kpi(metric)
        assert kpi.value == (sum(now) if now else None)
        if alike and then:
            assert kpi.before == sum(then)
            change = kpi.change
            assert (change is None) == (sum(then) == 0)
            assert change is None or math.isclose(change.amount, sum(alike) / sum(then) - 1, abs_tol=1e-9)
        else:
            assert kpi.before is None
            assert kpi.change is None
        assert sum(value for value in kpi.series if value is not None) == sum(now)
        days = {day for _, day, _ in of}
        assert [value is None for value in kpi.series] == [day not in days for day in DAYS]


@settings(max_examples=80, deadline=None)
@given(MEASURED)
def test_followers_are_compared_over_accounts_that_were_there_in_both_periods(measured: Measured) -> None:
    def last(gauge: Gauge) -> int | None:
        known = sorted(gauge.days.items())
        return known[-1][1] if known else gauge.at_start

    now = {number: last(gauge) for number, gauge, _ in measured.followers}
    then = {number: last(gauge) for number, _, gauge in measured.followers}
    there = {number: value for number, value in now.items() if value is not None}
    both = comparable(measured) & there.keys()
    kpi = summarize(measured).kpi(Metric.FOLLOWERS)
    assert kpi.value == (sum(there.values()) if there else None)
    assert kpi.samples == len(there)
    if not both:
        assert kpi.change is None
    else:
        before, alike = sum(then[number] or 0 for number in both), sum(there[number] for number in both)
        assert (kpi.before, kpi.samples_before) == (before, len(both))
        assert kpi.change is None if before == 0 else math.isclose(kpi.change.amount, alike / before - 1, abs_tol=1e-9)


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
            alike = kpi.value if kpi.alike is None else kpi.alike
            assert math.isclose(kpi.before * (1 + change.amount), alike, abs_tol=1e-6)


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
    short = summarize(Measured(PERIOD, measured_since={1: DAYS[3], 2: DAYS[9]}))
    assert short.compares_from == DAYS[3] + timedelta(days=56)
    assert not short.compares
    assert summarize(Measured(PERIOD, measured_since={1: BEFORE[0]})).compares_from is None
    assert summarize(Measured(PERIOD)).compares_from is None
    last_year = Period(date(2025, 10, 21), date(2025, 11, 17))
    assert summarize(Measured(PERIOD, measured_since={1: DAYS[3]}, beside=last_year)).compares_from is None


def test_a_new_account_is_no_growth() -> None:
    old = (1, Gauge(1, 100, dict.fromkeys(DAYS, 110)), Gauge(1, None, dict.fromkeys(BEFORE, 100)))
    new = (2, Gauge(2, None, dict.fromkeys(DAYS[10:], 5_000)), Gauge(2, None, {}))
    gains = {(Metric.CLICKS, 1, BEFORE[5]): 10, (Metric.CLICKS, 1, DAYS[5]): 11, (Metric.CLICKS, 2, DAYS[12]): 400}
    summary = summarize(
        Measured(PERIOD, followers=[old, new], gains=gains, networks={1: "x", 2: "x"}, measured_since={1: BEFORE[0], 2: DAYS[10]})
    )
    followers, clicks = summary.kpi(Metric.FOLLOWERS), summary.kpi(Metric.CLICKS)
    assert (followers.value, followers.before, followers.samples, followers.samples_before) == (5_110, 100, 2, 1)
    assert followers.change is not None
    assert math.isclose(followers.change.amount, 0.1)
    assert (clicks.value, clicks.before) == (411, 10)
    assert clicks.change is not None
    assert math.isclose(clicks.change.amount, 0.1)


def test_days_without_the_computer_about_the_turn_of_the_periods_leave_nothing_to_compare() -> None:
    """What was gained meanwhile is seen only afterwards, and would all be this period's."""
    gains = {(Metric.CLICKS, 1, BEFORE[5]): 10, (Metric.CLICKS, 1, DAYS[7]): 400}
    before, after = dict.fromkeys(BEFORE[:20], 100), dict.fromkeys(DAYS[7:], 150)
    summary = summarize(
        Measured(PERIOD, followers=[(1, Gauge(1, 100, after), Gauge(1, None, before))], gains=gains, networks={1: "x"}, measured_since={1: BEFORE[0]})
    )
    assert summary.kpi(Metric.CLICKS).change is None
    assert summary.kpi(Metric.CLICKS).value == 400


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
