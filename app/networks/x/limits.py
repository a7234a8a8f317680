"""What a post on X may hold; and what Premium adds.

Sources: X's media and create-post pages and OpenAPI 2.167 (August 2026); twitter-text configuration 3 for lengths.
"""

from __future__ import annotations

from dataclasses import replace

from app.models.message import Visibility
from app.networks.network import Counting, Limits

PREMIUM_TEXT = 25_000
PREMIUM = ("Basic", "Premium", "PremiumPlus")

DEFAULTS = Limits(
    text=280,
    counting=Counting.X,
    link_length=23,
    pictures=4,
    alt_text=1000,
    image_bytes=5_242_880,
    image_types=("image/jpeg", "image/png", "image/gif", "image/webp"),
    poll_options=4,
    poll_option_length=25,
    poll_shortest_minutes=5,
    poll_longest_minutes=10_080,
    visibilities=(Visibility.PUBLIC,),
    videos=1,
    video_bytes=536_870_912,
    video_seconds=140.0,
    video_shortest_seconds=0.5,
    video_types=("video/mp4", "video/quicktime"),
    video_pixels=1280 * 1024,
    video_codecs=("h264",),
    video_rate=60.0,
    private_length=10_000,
)


def limits_of(subscription: str) -> Limits:
    """By `subscription_type`. Premium's longer videos are left out: X does not say how long programs may send them."""
    return replace(DEFAULTS, text=PREMIUM_TEXT) if subscription in PREMIUM else DEFAULTS
