"""All networks, one line each, in the order in which the program lists them. Nothing registers itself."""

from __future__ import annotations

from collections.abc import Mapping

from app.networks import bluesky, email, instagram, mastodon, x
from app.networks.network import Card

CARDS: tuple[Card, ...] = (
    x.CARD,
    mastodon.CARD,
    bluesky.CARD,
    instagram.CARD,
    email.CARD,
)


def by_id() -> Mapping[str, Card]:
    """Network id -> card."""
    return {card.id: card for card in CARDS}


def offered() -> tuple[Card, ...]:
    """Those to which an account can be added now."""
    return tuple(card for card in CARDS if card.ways)
