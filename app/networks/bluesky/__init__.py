"""Bluesky and the servers that speak the AT Protocol: the card."""

from __future__ import annotations

from app.networks.bluesky.connection import connect
from app.networks.bluesky.server import LIMITS
from app.networks.bluesky.sign_in import SECRET, sign_in_secret
from app.networks.network import Card, SignInWay
from app.runtime.words import Message

CARD = Card(
    id="bluesky",
    name="Bluesky",
    icon="bluesky",
    limits=LIMITS,
    ways=(SignInWay.APP_PASSWORD,),
    connect=connect,
    sign_in_secret=sign_in_secret,
    may_name_server=True,
    secret_fields=(SECRET,),
    secret_page="https://bsky.app/settings/app-passwords",  # noqa: S106 (an address)
    refusals={"poll": Message("network.bluesky.no_polls"), "hold": Message("network.bluesky.no_hold")},
    abilities=frozenset({"publish", "hear", "metrics", "like", "boost", "delete", "search"}),
)
