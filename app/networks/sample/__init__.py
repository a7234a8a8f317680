"""The simulated network behind `--sample`: its own card, for tests and for lessons; sample accounts show their real network's card."""

from __future__ import annotations

from app.models.message import Visibility
from app.networks.network import ABILITIES, Card, Limits, SignInWay

CARD = Card(
    id="sample",
    name="Sample",
    # No brand of its own: it behaves like the network that allows the most.
    icon="mastodon",
    limits=Limits(visibilities=tuple(Visibility), warning=True),
    ways=(SignInWay.BROWSER, SignInWay.TOKEN),
    abilities=frozenset(ABILITIES),
)
"""Connects to nothing by itself: `server.SampleServer.card` gives it, or any other card, a simulated server."""
