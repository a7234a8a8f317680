"""Mastodon and the servers that speak its API (GoToSocial, Pleroma, Akkoma, Pixelfed, snac2): the card."""

from __future__ import annotations

from app.networks.mastodon.connection import connect
from app.networks.mastodon.server import DEFAULTS
from app.networks.mastodon.sign_in import sign_in_browser, sign_in_secret
from app.networks.network import Card, SignInWay

CARD = Card(
    id="mastodon",
    name="Mastodon",
    icon="mastodon",
    limits=DEFAULTS,
    ways=(SignInWay.BROWSER, SignInWay.TOKEN),
    connect=connect,
    sign_in_browser=sign_in_browser,
    sign_in_secret=sign_in_secret,
    asks_server=True,
    replies_name=True,
    # Mastodon sweeps unattached media up after a day; other servers keep them for a shorter time, which none of them tells.
    uploads_keep_minutes=60,
    abilities=frozenset({"publish", "hear", "metrics", "like", "boost", "delete", "search", "hold"}),
)
