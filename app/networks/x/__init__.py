"""X: the card alone; signing in with the user's own developer app comes with its own issue."""

from __future__ import annotations

from app.models.message import Visibility
from app.networks.network import Card, Counting, Limits
from app.runtime.words import Message

CARD = Card(
    id="x",
    name="X",
    icon="x-twitter",
    limits=Limits(
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
    ),
    ways=(),
    refusals={"like": Message("network.x.no_likes")},
    abilities=frozenset({"publish", "hear", "metrics", "boost"}),
)
