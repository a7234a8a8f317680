"""What a post may hold, with Premium and without."""

from __future__ import annotations

import pytest

from app.networks.x.limits import DEFAULTS, limits_of


@pytest.mark.parametrize(
    ("subscription", "text"),
    [("", 280), ("None", 280), ("Basic", 25_000), ("Premium", 25_000), ("PremiumPlus", 25_000)],
)
def test_premium_writes_longer(subscription: str, text: int) -> None:
    assert limits_of(subscription).text == text


def test_what_x_says_of_media() -> None:
    assert (DEFAULTS.pictures, DEFAULTS.videos, DEFAULTS.image_bytes, DEFAULTS.video_bytes) == (
        4,
        1,
        5 * 1024**2,
        512 * 1024**2,
    )
    assert (DEFAULTS.video_shortest_seconds, DEFAULTS.video_seconds) == (0.5, 140.0)
    assert not DEFAULTS.quotes
