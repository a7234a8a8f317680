"""The networks of three simulated days: servers of tests on loopback, reached through the program's own connections on the simulated clock."""

from __future__ import annotations

import dataclasses
import socket
from collections.abc import Callable
from random import Random

from app.networks import registry
from app.networks.bluesky import connection as bluesky
from app.networks.mastodon import connection as mastodon
from app.networks.network import Access, Card, Connection
from app.networks.x import connection as x
from app.runtime.clock import Clock
from app.services.checks import cannot_tell
from app.services.link_cards import no_page
from app.services.pictures import fetch_nothing
from app.services.product_feeds import fetch_no_file
from app.services.surroundings import Surroundings

NETWORKS = ("mastodon", "bluesky", "x")


def free_port() -> int:
    """On loopback."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


async def no_browser(_url: str) -> None:
    """Nobody signs in through one here."""


def in_this_world(surroundings: Surroundings, clock: Clock, seed: str) -> Surroundings:
    """The same with the networks of this world, and nothing that leads out of it; retries are spread as the `seed` says."""
    cards = {
        name: dataclasses.replace(card, connect=_connecting(card, clock)) if name in NETWORKS else card
        for name, card in registry.by_id().items()
    }
    return dataclasses.replace(
        surroundings,
        cards=cards,
        link_answers=cannot_tell,
        read_page=no_page,
        fetch_picture=fetch_nothing,
        fetch_file=fetch_no_file,
        chance=Random(seed),
    )


def _connecting(card: Card, clock: Clock) -> Callable[[Access], Connection]:
    """As the card would, on this clock."""

    def connect(access: Access) -> Connection:
        if card.id == "x":
            return x.connection_to(access.server, access.keeper, access.facts, access.purse, clock)
        if card.id == "bluesky":
            return bluesky.connection_to(access.server, access.keeper, access.facts, clock)
        return mastodon.connection_to(access.server, access.keeper.secrets, access.facts, clock)

    return connect
