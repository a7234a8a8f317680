"""Signing in to Bluesky with a handle and an app password, at Bluesky's own sign-in or at the server an account lives on."""

from __future__ import annotations

import asyncio
import re
import ssl
from urllib.parse import urlsplit

from app.networks import fields
from app.networks.addresses import address_of
from app.networks.bluesky.connection import DID, PDS, connection_to, version_of
from app.networks.bluesky.server import ENTRYWAY, identifier_of, login_server, pds_of
from app.networks.bluesky.xrpc import GONE, claims, create_session, end_session, error_name, tokens
from app.networks.client import Client, refusal, said
from app.networks.fields import Json
from app.networks.network import Facts, SecretKeeper, Secrets, SignedIn, SignInRequest
from app.runtime.clock import Clock, SystemClock
from app.runtime.errors import Misconfiguration, Misconfigured, Refused, UserMistake
from app.runtime.words import Message

APP_PASSWORD = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}")
"""As Bluesky makes them; other servers may make them otherwise."""
MAIN_PASSWORD = "com.atproto.access"  # noqa: S105 (what a token says of the password it was given for)
SECRET = "app_password"  # noqa: S105 (a field's name)


class _Fresh:
    """The keeper of a sign-in under way: its tokens are minutes old, so nothing is renewed."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets

    async def renew(self, spent: Secrets, exchange: object) -> Secrets:  # noqa: ARG002
        return spent


async def sign_in_secret(
    request: SignInRequest, secrets: Secrets, clock: Clock | None = None, trust: ssl.SSLContext | None = None
) -> SignedIn:
    """With a handle (or DID, or e-mail address) and an app password. A server is named only where the account lives on one of its own."""
    clock = clock or SystemClock(asyncio.sleep)
    password = "".join(secrets.get(SECRET, "").split())
    if not request.handle.strip():
        raise UserMistake(Message("network.bluesky.handle_missing"), field="handle")
    identifier = identifier_of(request.handle)
    server = address_of(request.server) if request.server else await login_server(identifier, clock, trust)
    if not password or (server == ENTRYWAY and not APP_PASSWORD.fullmatch(password.lower())):
        raise _no_app_password("not of its form")
    client = Client(server, clock, first_contact=True, trust=trust)
    client.hide(password)
    try:
        session = await _session(client, identifier, password)
        if claims(fields.text(session, "accessJwt")).get("scope") == MAIN_PASSWORD:
            await end_session(client, session)
            raise _no_app_password("the main password")
        version = await version_of(client)
    finally:
        await client.close()
    own = pds_of(fields.inner(session, "didDoc"), than=server) or server
    kept = tokens({SECRET: password}, session)
    facts = Facts("pds", version, {PDS: own, DID: fields.text(session, "did")})
    return await _verified(server, own, _Fresh(kept), facts, clock, trust)


async def _session(client: Client, identifier: str, password: str) -> Json:
    """Tokens for the app password. Raises `UserMistake` beside the field that is wrong."""
    answer = await create_session(client, identifier, password)
    session, name = fields.mapping(answer.data), error_name(answer)
    if answer.status < 400 and fields.text(session, "did"):
        if session.get("active") is False:
            raise Refused(
                Message("network.bluesky.account_closed"), technical=f"createSession: {fields.text(session, 'status')}"
            )
        return session
    words = client.clean(said(answer.data))
    technical = f"createSession: {answer.status} {name} {words}"
    if name in GONE:
        raise Refused(Message("network.bluesky.account_closed"), technical=technical)
    if name == "AuthFactorTokenRequired":
        raise _no_app_password(technical)
    if name == "AuthenticationRequired" or (name and answer.status == 401):
        raise UserMistake(Message("network.bluesky.wrong_password"), field="secret", technical=technical)
    if not name:
        raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, urlsplit(client.server).netloc, technical=technical)
    raise Refused(refusal(answer.status, words or name), technical=technical)


def _no_app_password(technical: str) -> UserMistake:
    """The main password does far more than is needed here, and must not lie in a keyring for it."""
    return UserMistake(Message("network.bluesky.no_app_password"), field="secret", technical=technical)


async def _verified(
    server: str, own: str, keeper: SecretKeeper, facts: Facts, clock: Clock, trust: ssl.SSLContext | None
) -> SignedIn:
    """Who it is, as the network shows them."""
    connection = connection_to(own, keeper, facts, clock, trust)
    try:
        profile = await connection.profile()
        limits, facts = await connection.limits()
    finally:
        await connection.close()
    return SignedIn(server, profile, keeper.secrets, limits, facts)
