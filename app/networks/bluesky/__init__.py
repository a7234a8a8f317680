"""Bluesky: the card alone; signing in comes with its own issue."""

from __future__ import annotations

from app.models.message import Visibility
from app.networks.network import Card, Counting, Limits

CARD = Card(
    id="bluesky",
    name="Bluesky",
    icon="bluesky",
    limits=Limits(
        text=300,
        counting=Counting.BLUESKY,
        link_length=0,
        pictures=4,
        alt_text=2000,
        # Lexicon: 2,000,000; servers with the older one still refuse what is larger than 1,000,000.
        image_bytes=950_000,
        image_pixels=4_000_000,
        image_types=("image/jpeg", "image/png", "image/webp"),
        poll_options=0,
        visibilities=(Visibility.PUBLIC,),
    ),
    ways=(),
    abilities=frozenset({"publish", "hear", "metrics", "like", "boost"}),
)
