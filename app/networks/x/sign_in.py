"""Signing in to X with the user's own developer app: in the browser (OAuth 2.0, PKCE, a fixed loopback address), or with its four keys."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import urlencode

from app.networks import sign_in
from app.networks.client import Client
from app.networks.network import Facts, OpenBrowser, Secrets, SignedIn, SignInRequest
from app.networks.x.connection import SERVER, connection_to
from app.networks.x.shapes import SITE
from app.networks.x.wire import OAUTH1, exchange, rates
from app.runtime.clock import Clock, SystemClock
from app.runtime.errors import Refused, SignedOut, UserMistake
from app.runtime.words import Message

PORT = 28617
"""X compares the registered address letter by letter, port included. Below the ports that systems give to outgoing connections, so that
none of these is in the way."""
CALLBACK = f"http://127.0.0.1:{PORT}{sign_in.PATH}"
"""`127.0.0.1`: X takes no `localhost`."""
SCOPES = "tweet.read tweet.write users.read media.write offline.access dm.read dm.write"
LONGEST_CLIENT_ID = 200


class _Keeper:
    """The secrets of a sign-in that is not finished: they are minutes old, nothing has to be renewed."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets

    async def renew(self, spent: Secrets, exchange: object) -> Secrets:  # noqa: ARG002
        raise SignedOut(technical="a fresh token was refused")


async def sign_in_browser(
    request: SignInRequest,
    open_browser: OpenBrowser,
    clock: Clock | None = None,
    trust: ssl.SSLContext | None = None,
    port: int = PORT,
) -> SignedIn:
    """Show X's own page in the browser and wait until the user has allowed it, at most five minutes; may be cancelled.

    `request.server` is empty but in tests, which serve X's pages and its API at one address.
    """
    client_id = request.client_id.strip()
    if (
        not client_id
        or not client_id.isascii()
        or not client_id.isprintable()
        or " " in client_id
        or len(client_id) > LONGEST_CLIENT_ID
    ):
        raise UserMistake(Message("network.x.client_id_missing", {"address": CALLBACK}), field="client_id")
    clock = clock or SystemClock(asyncio.sleep)
    server, site = request.server or SERVER, request.server or SITE
    client = Client(server, clock, trust=trust, rates=rates(clock))
    try:
        state, pair = sign_in.new_state(), sign_in.pkce()
        async with sign_in.redirect(state, request, port) as back:
            query = {
                "response_type": "code",
                "client_id": client_id,
                "redirect_uri": back.address,
                "scope": SCOPES,
                "state": state,
                "code_challenge": pair.challenge,
                "code_challenge_method": "S256",
            }
            await open_browser(f"{site}/i/oauth2/authorize?{urlencode(query)}")
            # The code lives for 30 seconds: it is exchanged before anything else happens.
            form = [
                ("grant_type", "authorization_code"),
                ("code", await back.code()),
                ("redirect_uri", back.address),
                ("code_verifier", pair.verifier),
                ("client_id", client_id),
            ]
            client.hide(pair.verifier, form[1][1])
            secrets = await _exchanged(client, form, client_id)
    finally:
        await client.close()
    return await _verified(server, secrets, clock, trust)


async def sign_in_secret(
    request: SignInRequest, secrets: Secrets, clock: Clock | None = None, trust: ssl.SSLContext | None = None
) -> SignedIn:
    """With the four keys that the user copied from X's console."""
    clock = clock or SystemClock(asyncio.sleep)
    keys = {name: "".join(secrets.get(name, "").split()) for name in OAUTH1}
    for name, value in keys.items():
        if not value or not value.isascii() or not value.isprintable():
            raise UserMistake(Message("network.x.key_missing"), field=name)
    try:
        return await _verified(request.server or SERVER, keys, clock, trust)
    except SignedOut as error:
        raise UserMistake(Message("network.x.keys_invalid"), field=OAUTH1[0], technical=error.technical) from error


async def _exchanged(client: Client, form: list[tuple[str, str]], client_id: str) -> Mapping[str, str]:
    try:
        return await exchange(client, form, {"client_id": client_id})
    except SignedOut as error:
        raise Refused(
            Message("network.x.code_refused", {"address": dict(form)["redirect_uri"]}), technical=error.technical
        ) from error


async def _verified(server: str, secrets: Secrets, clock: Clock, trust: ssl.SSLContext | None) -> SignedIn:
    """Who this is, and what Premium allows."""
    connection = connection_to(server, _Keeper(secrets), Facts("x"), clock=clock, trust=trust)
    try:
        profile = await connection.profile()
        limits, facts = connection.known_limits()
    finally:
        await connection.close()
    if client_id := secrets.get("client_id"):
        facts = Facts(facts.software, facts.version, {**facts.values, "client_id": client_id})
    return SignedIn(server, profile, secrets, limits, facts)
