"""Figures grow with the clock, plausibly, and never shrink."""

from __future__ import annotations

from app.networks.sample.growth import figures_of, followers_of, impressions_of
from app.networks.sample.state import ServedAccount, ServedPost

HOUR = 3_600_000
AURORA = ServedAccount("x", "9", "@aurora", "Aurora", 12_000, 24.0, 0)


def test_a_new_post_begins_at_nothing_and_grows() -> None:
    post = ServedPost("x:9", "1", "key", "Hola", 0)
    grown = [figures_of(post, AURORA, 0, "s", hours * HOUR) for hours in (0, 1, 5, 24, 200, 201)]
    assert grown[0] == (0, 0, 0, 0)
    assert grown == sorted(grown)
    assert 24 <= grown[-1][0] <= 108
    assert grown[-1] == grown[-2]


def test_a_post_of_before_stands_where_it_was_measured_and_hardly_grows_when_old() -> None:
    post = ServedPost("x:9", "1", "key", "Hola", 0, figures=(40, 10, 3, 1), measured_at=100 * HOUR)
    assert figures_of(post, AURORA, 0, "s", 100 * HOUR) == (40, 10, 3, 1)
    assert figures_of(post, AURORA, 0, "s", 400 * HOUR) == (40, 10, 3, 1)


def test_a_young_post_of_before_goes_on_growing() -> None:
    post = ServedPost("x:9", "1", "key", "Hola", 0, figures=(10, 2, 0, 0), measured_at=2 * HOUR)
    assert figures_of(post, AURORA, 0, "s", 1 * HOUR) == (10, 2, 0, 0)
    assert figures_of(post, AURORA, 0, "s", 20 * HOUR)[0] > 20


def test_replies_are_at_least_those_that_came() -> None:
    post = ServedPost("x:9", "1", "key", "Hola", 0, figures=(10, 2, 1, 0), measured_at=2 * HOUR)
    assert figures_of(post, AURORA, 4, "s", 2 * HOUR)[2] == 4


def test_followers_come_day_by_day() -> None:
    assert followers_of(AURORA, 0) == 12_000
    assert followers_of(AURORA, 24 * HOUR) == 12_024
    assert followers_of(AURORA, 36 * HOUR) == 12_036


def test_x_alone_tells_how_often_a_post_was_shown() -> None:
    assert impressions_of("mastodon", 100, 10) is None
    shown = [impressions_of("x", likes, likes // 5) or 0 for likes in range(50)]
    assert shown == sorted(shown)
    assert all(count >= 50 * likes for likes, count in enumerate(shown))
