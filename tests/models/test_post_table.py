"""Posts of the table: sums of what is known, rates where it is known how often a post was shown, order, and the curve at any age."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.post import PostFormat
from app.models.post_table import (
    DONE,
    Column,
    Curve,
    Delivered,
    PostFilter,
    PostLine,
    PostMetric,
    ages_of,
    arranged,
    figure_of,
    largest,
)

MORNING = datetime(2026, 11, 4, 9, tzinfo=UTC)
FIGURES = st.dictionaries(st.sampled_from(PostMetric), st.integers(0, 900))
DELIVERED = st.builds(
    Delivered,
    st.integers(1, 99),
    st.integers(1, 4),
    st.sampled_from(("x", "mastodon")),
    st.just("@aurora"),
    st.just(""),
    st.integers(0, 500).map(lambda hours: MORNING + timedelta(hours=hours)),
    st.booleans(),
    FIGURES,
)
LINES = st.lists(
    st.builds(
        PostLine,
        st.integers(1, 999),
        st.sampled_from(("Marea", "alud", "Ópera")),
        st.sampled_from(("", "scene", "offers")),
        st.sampled_from(PostFormat),
        st.none() | st.integers(1, 2),
        st.just(""),
        st.lists(DELIVERED, min_size=1, max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda line: line.id,
)


@given(LINES)
def test_a_figure_is_the_sum_of_those_that_are_known(lines: list[PostLine]) -> None:
    for line in lines:
        for metric in PostMetric:
            known = [each.figures.get(metric) for each in line.deliveries]
            found = [value for value in known if value is not None]
            assert line.of(metric) == (sum(found) if found else None)
        rated = [each for each in line.deliveries if each.figures.get(PostMetric.IMPRESSIONS) and any(metric in each.figures for metric in DONE)]
        done = sum(each.figures.get(metric, 0) for each in rated for metric in DONE)
        shown = sum(each.figures[PostMetric.IMPRESSIONS] for each in rated)
        assert line.rate is None if not rated else math.isclose(line.rate or 0.0, done / shown)


@given(LINES, st.sampled_from(Column), st.booleans())
def test_any_order_holds_all_posts_and_the_unmeasured_are_last(lines: list[PostLine], by: Column, descending: bool) -> None:
    found = arranged(lines, PostFilter(), by, descending=descending)
    assert {line.id for line in found} == {line.id for line in lines}
    if by not in (Column.TITLE, Column.SENT):
        values = [figure_of(line, by) for line in found]
        known = [value for value in values if value is not None]
        assert values[: len(known)] == sorted(known, reverse=descending)
    if by is Column.SENT:
        assert [line.sent_at for line in found] == sorted((line.sent_at for line in lines), reverse=descending)


@given(LINES)
def test_a_filter_leaves_out_what_is_not_like_it(lines: list[PostLine]) -> None:
    chosen = PostFilter("scene", 1, PostFormat.PROMO)
    found = arranged(lines, chosen, Column.SENT, descending=True)
    assert {line.id for line in found} == {
        line.id for line in lines if (line.pillar, line.campaign_id, line.format) == ("scene", 1, PostFormat.PROMO)
    }


@given(LINES)
def test_the_largest_of_a_column_is_the_largest_that_stands_in_it(lines: list[PostLine]) -> None:
    for column, value in largest(lines, [Column.RATE, *map(Column, PostMetric)]).items():
        assert value == max((each for line in lines if (each := figure_of(line, column)) is not None), default=None)


def test_a_post_that_was_never_shown_has_no_rate() -> None:
    never = Delivered(1, 1, "x", "@a", "", MORNING, False, {PostMetric.IMPRESSIONS: 0, PostMetric.LIKES: 0})
    untold = Delivered(2, 2, "mastodon", "@a", "", MORNING, False, {PostMetric.LIKES: 5})
    assert (never.rate, untold.rate) == (None, None)
    assert PostLine(1, "", "", PostFormat.POLL, None, "", (never, untold)).rate is None


def test_a_post_is_gone_when_it_is_nowhere() -> None:
    here = Delivered(1, 1, "x", "@a", "", MORNING, False, {})
    assert not PostLine(1, "", "", PostFormat.POLL, None, "", (here, here._replace(gone=True))).gone
    assert PostLine(1, "", "", PostFormat.POLL, None, "", (here._replace(gone=True),)).gone


def test_a_curve_says_the_last_total_known_at_an_age() -> None:
    hour = timedelta(hours=1)
    curve = Curve("x", "@a", PostMetric.LIKES, ((hour, 3), (6 * hour, 9)))
    assert [curve.at(age * hour) for age in (0, 1, 5, 6, 99)] == [None, 3, 3, 9, 9]
    assert ages_of([curve, curve._replace(points=((2 * hour, 1),))]) == [hour, 2 * hour, 6 * hour]
