"""Signing in through the browser and with a token, on servers of every kind, and every way in which it can fail."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app.networks.mastodon.sign_in import BROAD_SCOPES, OUT_OF_BAND, SCOPES, sign_in_browser, sign_in_secret
from app.networks.network import SignedIn, SignInRequest
from app.runtime.errors import Misconfigured, Offline, Refused, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply, Request
from tests.networks.mastodon.server_of_tests import TOKEN, MastodonOfTests, recorded


class Place:
    """A server with its sign-in pages, and the user's browser before it."""

    def __init__(self, server: MastodonOfTests, clock: FakeClock) -> None:
        self.server = server
        self.clock = clock
        self.shown: list[dict[str, str]] = []
        self.answer: dict[str, str] = {"code": "made-up-code"}
        self.page = ""
        server.http.on("POST", "/api/v1/apps", Reply(200, recorded("app")))
        server.http.on("POST", "/oauth/token", self.exchange)

    def offer_metadata(self, **changes: object) -> None:
        data = {name: value.replace("https://musica.example", self.server.url) if isinstance(value, str) else value for name, value in recorded("oauth_metadata").items()}
        self.server.http.on("GET", "/.well-known/oauth-authorization-server", Reply(200, {**data, **changes}))

    async def browser(self, address: str) -> None:
        """Goes to the page, and where the page then sends it."""
        assert address.startswith(f"{self.server.url}/oauth/authorize?")
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.shown.append(query)
        back = urlsplit(query["redirect_uri"])
        reader, writer = await asyncio.open_connection(back.hostname, back.port)
        target = f"{back.path}?{urlencode({**self.answer, 'state': query['state']})}"
        writer.write(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        self.page = (await reader.read()).decode()
        writer.close()

    def exchange(self, request: Request) -> Reply:
        """As a server with PKCE checks it."""
        form, asked = request.form, self.shown[-1]
        if "code_challenge" in asked:
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
                return Reply(400, {"error": "invalid_grant"})
        if form["redirect_uri"] != asked["redirect_uri"] or form["code"] != "made-up-code":
            return Reply(400, {"error": "invalid_grant", "error_description": "The authorization grant is invalid"})
        return Reply(200, {**recorded("token"), "access_token": TOKEN})

    async def sign_in(self) -> SignedIn:
        request = SignInRequest(server=self.server.url, allowed_page="Listo.", denied_page="No se dio permiso.")
        return await sign_in_browser(request, self.browser, self.clock)

    @property
    def registered(self) -> list[dict[str, str]]:
        return [request.form for request in self.server.http.asked("POST", "/api/v1/apps")]


Placing = Callable[..., Awaitable[Place]]


@asynccontextmanager
async def place(clock: FakeClock, flavour: str = "mastodon") -> AsyncIterator[Place]:
    server = MastodonOfTests(clock, flavour)
    await server.start()
    try:
        yield Place(server, clock)
    finally:
        await server.stop()


@pytest.mark.parametrize("flavour", ["mastodon", "gotosocial", "snac"])
async def test_signing_in_through_the_browser(clock: FakeClock, flavour: str) -> None:
    async with place(clock, flavour) as here:
        signed_in = await here.sign_in()
        assert signed_in.server == here.server.url
        assert (signed_in.profile.handle, signed_in.profile.remote_id) == ("@aurora", "109")
        assert signed_in.secrets == {"access_token": TOKEN, "client_id": "made-up-client", "client_secret": "made-up-secret"}
        assert signed_in.facts.values["account_id"] == "109"
        assert signed_in.facts.software == flavour
        assert "Listo." in here.page


async def test_the_app_is_registered_for_this_sign_ins_port(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.offer_metadata()
        await here.sign_in()
        await here.sign_in()
        first, second = here.shown
        assert first["redirect_uri"].startswith("http://127.0.0.1:")
        assert [app["redirect_uris"].split("\n") for app in here.registered] == [[each["redirect_uri"], OUT_OF_BAND] for each in (first, second)]
        assert first["state"] != second["state"]
        assert first["scope"] == here.registered[0]["scopes"] == SCOPES
        assert first["code_challenge_method"] == "S256"


async def test_pkce_is_left_out_where_the_server_says_it_has_none(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.offer_metadata(code_challenge_methods_supported=["plain"])
        await here.sign_in()
        assert "code_challenge" not in here.shown[0]


async def test_a_server_without_fine_scopes_is_asked_for_broad_ones(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.offer_metadata(scopes_supported=["read", "write"])
        await here.sign_in()
        assert here.shown[0]["scope"] == BROAD_SCOPES
    async with place(clock, "gotosocial") as here:
        here.server.http.on("POST", "/api/v1/apps", Reply(422, {"error": "Scopes invalid"}), Reply(200, recorded("app")))
        await here.sign_in()
        assert [app["scopes"] for app in here.registered] == [SCOPES, BROAD_SCOPES]
        assert here.shown[0]["scope"] == BROAD_SCOPES


async def test_endpoints_elsewhere_are_not_followed(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.offer_metadata(token_endpoint="https://evil.example/token", authorization_endpoint="https://evil.example/authorize")
        assert (await here.sign_in()).profile.handle == "@aurora"


async def test_saying_no_in_the_browser(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.answer = {"error": "access_denied"}
        with pytest.raises(UserMistake) as caught:
            await here.sign_in()
        assert caught.value.message.id == "network.sign_in.denied"
        assert "No se dio permiso." in here.page


async def test_a_code_that_the_server_does_not_take(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.answer = {"code": "old"}
        with pytest.raises(Refused) as caught:
            await here.sign_in()
        assert caught.value.reason.values["words"] == "The authorization grant is invalid"


async def test_a_server_that_registers_no_apps(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.server.http.on("POST", "/api/v1/apps", Reply(403, {"error": "This method requires an authenticated user"}))
        with pytest.raises(Refused):
            await here.sign_in()


async def test_a_server_that_does_not_answer(clock: FakeClock) -> None:
    async with place(clock) as here:
        await here.server.http.stop()
        with pytest.raises(Offline):
            await here.sign_in()


async def test_signing_in_with_a_token(clock: FakeClock) -> None:
    async with place(clock) as here:
        signed_in = await sign_in_secret(SignInRequest(server=here.server.url), {"access_token": f" {TOKEN}\n"}, clock)
        assert signed_in.profile.handle == "@aurora"
        assert signed_in.secrets == {"access_token": TOKEN}
        assert signed_in.limits.text == 500


@pytest.mark.parametrize("flavour", ["mastodon", "snac"])
@pytest.mark.parametrize("token", ["wrong", "", "mañana", "a\x00b"])
async def test_a_token_the_server_does_not_know_is_said_beside_the_field(clock: FakeClock, flavour: str, token: str) -> None:
    async with place(clock, flavour) as here:
        with pytest.raises(UserMistake) as caught:
            await sign_in_secret(SignInRequest(server=here.server.url), {"access_token": token}, clock)
        assert caught.value.field == "secret"
        assert token == "" or token not in str(caught.value)


async def test_the_token_is_sent_to_nobody_but_a_server_of_this_kind(clock: FakeClock) -> None:
    async with place(clock) as here:
        here.server.http.on("GET", "/api/v2/instance", Reply(200, {"hello": 1}))
        here.server.http.on("GET", "/.well-known/nodeinfo", Reply(404))
        with pytest.raises(Misconfigured):
            await sign_in_secret(SignInRequest(server=here.server.url), {"access_token": TOKEN}, clock)
        assert all("authorization" not in request.headers for request in here.server.http.requests)


async def test_the_server_may_be_named_by_the_handle(clock: FakeClock) -> None:
    async with place(clock) as here:
        handle = f"@aurora@127.0.0.1:{here.server.http.port}"
        assert (await sign_in_secret(SignInRequest(handle=handle), {"access_token": TOKEN}, clock)).server == here.server.url
