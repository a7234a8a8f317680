"""Signing in to a Mastodon-compatible server: through its pages in the browser (OAuth 2, loopback redirect, PKCE), or with a pasted token."""

from __future__ import annotations

import asyncio
import ssl
from urllib.parse import urlencode

from app.networks import fields, sign_in
from app.networks.addresses import address_of
from app.networks.client import Client, refusal, said
from app.networks.fields import Json
from app.networks.mastodon import api
from app.networks.mastodon.connection import connection_to
from app.networks.mastodon.server import Server, discover, quirks_of
from app.networks.network import Facts, OpenBrowser, Secrets, SignedIn, SignInRequest
from app.runtime.clock import Clock, SystemClock
from app.runtime.errors import Misconfiguration, Misconfigured, Refused, SignedOut, UserMistake
from app.runtime.words import Message

APP_NAME = "Tertulia"
WEBSITE = ""
SCOPES = (
    "read:accounts read:statuses read:notifications read:search "
    "write:statuses write:media write:favourites write:conversations write:notifications"
)
BROAD_SCOPES = "read write"
"""For servers that know no finer ones."""
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


class _Registered:
    """Our app at one server, and what it may ask for."""

    def __init__(self, data: Json, scopes: str) -> None:
        self.client_id = fields.text(data, "client_id")
        self.client_secret = fields.text(data, "client_secret")
        self.scopes = scopes


async def sign_in_browser(
    request: SignInRequest, open_browser: OpenBrowser, clock: Clock | None = None, trust: ssl.SSLContext | None = None
) -> SignedIn:
    """Show the server's own pages in the browser and wait until the user has allowed it, at most five minutes; may be cancelled."""
    clock = clock or SystemClock(asyncio.sleep)
    server = await find_server(request, clock, trust)
    client = Client(server.address, clock, first_contact=True, trust=trust)
    try:
        state, pair = sign_in.new_state(), sign_in.pkce() if _offers_pkce(server) else None
        async with sign_in.redirect(state, request) as back:
            app = await _register(client, server, back.address)
            client.hide(app.client_secret, pair.verifier if pair is not None else "")
            query = {
                "response_type": "code",
                "client_id": app.client_id,
                "redirect_uri": back.address,
                "scope": app.scopes,
                "state": state,
            }
            if pair is not None:
                query |= {"code_challenge": pair.challenge, "code_challenge_method": "S256"}
            await open_browser(f"{server.address}{_path(server, 'authorization_endpoint', '/oauth/authorize')}?{urlencode(query)}")
            code = await back.code()
        client.hide(code)
        form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", app.client_id),
            ("client_secret", app.client_secret),
            ("redirect_uri", back.address),
            ("scope", app.scopes),
        ]
        if pair is not None:
            form.append(("code_verifier", pair.verifier))
        answer = await api.exchange_code(client, _path(server, "token_endpoint", "/oauth/token"), form)
        token = fields.text(fields.mapping(answer.data), "access_token")
        if not token:
            raise Refused(refusal(answer.status, client.clean(said(answer.data))), technical=f"token: {answer.status}")
    finally:
        await client.close()
    secrets = {"access_token": token, "client_id": app.client_id, "client_secret": app.client_secret}
    return await _verified(server, secrets, clock, trust)


async def sign_in_secret(
    request: SignInRequest, secrets: Secrets, clock: Clock | None = None, trust: ssl.SSLContext | None = None
) -> SignedIn:
    """With an access token that the user made on the server's own pages (`access_token`)."""
    clock = clock or SystemClock(asyncio.sleep)
    token = "".join(secrets.get("access_token", "").split())
    if not token or not token.isascii() or not token.isprintable():
        raise UserMistake(Message("network.sign_in.token_invalid"), field="secret")
    server = await find_server(request, clock, trust)
    try:
        return await _verified(server, {**secrets, "access_token": token}, clock, trust)
    except SignedOut as error:
        raise UserMistake(Message("network.sign_in.token_invalid"), field="secret", technical=error.technical) from error


async def find_server(request: SignInRequest, clock: Clock, trust: ssl.SSLContext | None = None) -> Server:
    """The server that was named, by itself or in the handle. Follows one domain that keeps its API on another host."""
    address = address_of(request.server or request.handle)
    for _ in range(2):
        client = Client(address, clock, first_contact=True, trust=trust)
        try:
            server = await discover(client)
        finally:
            await client.close()
        if server.address == address or server.instance:
            return server
        address = server.address
    raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, address.partition("://")[2], technical="sent from host to host")


async def _verified(server: Server, secrets: Secrets, clock: Clock, trust: ssl.SSLContext | None) -> SignedIn:
    """Who this token belongs to, and the server's limits."""
    connection = connection_to(server.address, secrets, server.facts, clock, trust)
    try:
        profile = await connection.profile()
        limits, facts = await connection.limits()
    finally:
        await connection.close()
    facts = Facts(facts.software, facts.version, {**facts.values, "account_id": profile.remote_id})
    return SignedIn(server.address, profile, secrets, limits, facts)


async def _register(client: Client, server: Server, redirect: str) -> _Registered:
    """A new app with this sign-in's exact port: servers compare redirect addresses letter by letter, some with the port."""
    known = server.metadata.get("scopes_supported")
    fine = not isinstance(known, list) or set(SCOPES.split()) <= {scope for scope in known if isinstance(scope, str)}
    redirects = f"{redirect}\n{OUT_OF_BAND}" if quirks_of(server.facts).several_redirects else redirect
    answer = await api.register_app(client, APP_NAME, redirects, SCOPES if fine else BROAD_SCOPES, WEBSITE)
    if answer.status != 200 and fine:
        fine = False
        answer = await api.register_app(client, APP_NAME, redirects, BROAD_SCOPES, WEBSITE)
    app = _Registered(fields.mapping(answer.data), SCOPES if fine else BROAD_SCOPES)
    if answer.status != 200 or not app.client_id:
        raise Refused(refusal(answer.status, client.clean(said(answer.data))), technical=f"apps: {answer.status}")
    return app


def _offers_pkce(server: Server) -> bool:
    """Servers without metadata are sent the parameters all the same: those that know none ignore them."""
    methods = server.metadata.get("code_challenge_methods_supported")
    return "S256" in methods if isinstance(methods, list) else not server.metadata


def _path(server: Server, name: str, usual: str) -> str:
    """Path of an endpoint the server names on itself; an address elsewhere is not followed with our code."""
    named = fields.address(server.metadata, name)
    path = named.removeprefix(server.address)
    return path if named.startswith(f"{server.address}/") and "?" not in path else usual
