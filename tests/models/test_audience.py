"""Growth from gauges with gaps, and the weight of those who write, computed a second way."""

from __future__ import annotations

from datetime import date, timedelta
from math import isclose, log10

from hypothesis import given
from hypothesis import strategies as st

from app.models.audience import Reach, Writer, growth, influence, ranked, weight
from app.models.insight import Gauge, Period, last_days

PERIOD: Period = last_days(date(2026, 11, 18))
DAYS = PERIOD.each()
VALUES = st.dictionaries(st.sampled_from(DAYS), st.integers(0, 5000))
ACCOUNT = (1, "mastodon", "@aurora")


@given(VALUES, st.none() | st.integers(0, 5000))
def test_what_came_less_what_went_is_what_it_grew(days: dict[date, int], at_start: int | None) -> None:
    grown = growth(ACCOUNT, Gauge(1, at_start, days), Gauge(1, None, {}), PERIOD, PERIOD.before)
    known = [days[day] for day in sorted(days)]
    ends = bool(days) and min(days) <= PERIOD.first + timedelta(days=2) and max(days) >= PERIOD.last - timedelta(days=2)
    assert grown.days == len(days)
    assert grown.followers == (known[-1] if known else at_start)
    if not ends:
        assert (grown.won, grown.lost, grown.net) == (None, None, None)
        return
    walk = ([at_start] if at_start is not None else []) + known
    steps = [walk[place + 1] - walk[place] for place in range(len(walk) - 1)]
    assert grown.net == walk[-1] - walk[0] == grown.won - grown.lost  # type: ignore[operator]
    assert grown.won == sum(max(0, step) for step in steps)
    assert [value is None for value in grown.series] == [day not in days for day in DAYS]


@given(st.none() | st.integers(0, 10_000_000), st.integers(0, 100))
def test_ten_times_the_followers_are_ten_points_more(followers: int | None, public: int) -> None:
    points = weight(followers, public)
    assert (points is None) == (followers is None)
    if followers is not None:
        assert points == round(10 * (log10(1 + followers) + log10(1 + public)))
    assert weight(99, 0) == 20
    assert weight(999, 9) == 40


@given(st.none() | st.integers(0, 1000), st.integers(0, 50), st.tuples(*[st.none() | st.integers(0, 500)] * 3))
def test_influence_leaves_out_what_was_not_measured(followers: int | None, posts: int, reactions: tuple[int | None, ...]) -> None:
    found = influence(followers, posts, reactions)
    known = [each for each in reactions if each is not None]
    if not followers or not posts or not known:
        assert found is None
    else:
        assert found is not None
        assert isclose(found, sum(known) * 1000 / (posts * followers))


def test_more_writers_than_followers_are_no_share_of_them() -> None:
    reach = Reach(*ACCOUNT, followers=200, wrote=50, posts=10, replies=4, reposts=6, clicks=None)
    assert (reach.wrote_share, reach.repost_share, reach.click_share, reach.influence) == (0.25, 0.03, None, 5.0)
    assert reach._replace(wrote=300).wrote_share is None
    assert reach._replace(followers=0).repost_share is None
    assert reach._replace(followers=None).influence is None


def test_whose_followers_nobody_knows_come_behind() -> None:
    def writer(number: int, followers: int | None, messages: int) -> Writer:
        return Writer(number, "", "", "x", messages, messages, followers, 1)

    rows = [writer(1, None, 9), writer(2, 10, 1), writer(3, 5000, 1), writer(4, None, 12)]
    assert [each.customer_id for each in ranked(rows)] == [3, 2, 4, 1]
    assert [each.customer_id for each in ranked(rows, 1)] == [3]
