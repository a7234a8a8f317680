"""Signing in with the user's own developer app: in the browser on the fixed address, and with four keys; and how either can fail."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app.networks.network import SignedIn, SignInRequest
from app.networks.registry import by_id
from app.networks.x.sign_in import CALLBACK, PORT, SCOPES, sign_in_browser, sign_in_secret
from app.runtime.errors import Offline, PaymentNeeded, Refused, UserMistake
from tests.fakes.clock import FakeClock
from tests.networks.x.server import CLIENT_ID, KEYS, ME, XOfTests


def free_port() -> int:
    """A port of this test alone: two test runs at once must not meet on the fixed one."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Browser:
    """The user's browser: is shown X's page, and goes where X then sends it."""

    def __init__(self, **answer: str) -> None:
        self.answer = answer or {"code": "made-up-code"}
        self.shown: dict[str, str] = {}

    async def show(self, address: str) -> None:
        assert urlsplit(address).path == "/i/oauth2/authorize"
        self.shown = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        back = urlsplit(self.shown["redirect_uri"])
        reader, writer = await asyncio.open_connection(back.hostname, back.port)
        target = f"{back.path}?{urlencode({**self.answer, 'state': self.shown['state']})}"
        writer.write(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await reader.read()
        writer.close()


@asynccontextmanager
async def serving(clock: FakeClock) -> AsyncIterator[XOfTests]:
    server = XOfTests(clock)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def sign_in(
    server: XOfTests, clock: FakeClock, browser: Browser, client_id: str = CLIENT_ID, port: int = 0
) -> SignedIn:
    request = SignInRequest(server=server.url, client_id=client_id, allowed_page="Listo.", denied_page="No.")
    return await sign_in_browser(request, browser.show, clock, port=port or free_port())


async def test_a_sign_in_keeps_what_renewing_needs_and_says_who_it_is(clock: FakeClock) -> None:
    async with serving(clock) as server:
        browser = Browser()
        found = await sign_in(server, clock, browser)
        assert (found.profile.remote_id, found.profile.handle, found.profile.posts) == (ME, "@discosaurora", 3120)
        assert set(found.secrets) == {"client_id", "access_token", "refresh_token", "expires_at"}
        assert found.secrets["client_id"] == CLIENT_ID
        assert found.facts.values == {
            "account_id": ME,
            "username": "discosaurora",
            "subscription": "",
            "client_id": CLIENT_ID,
        }
        assert found.limits.text == 280
        assert browser.shown["scope"] == SCOPES
        assert browser.shown["code_challenge_method"] == "S256"
        form = server.http.asked("POST", "/2/oauth2/token")[0].form
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == browser.shown["code_challenge"]
        assert form["redirect_uri"] == browser.shown["redirect_uri"]
        assert "client_secret" not in form


async def test_premium_may_write_longer(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.subscription = "Premium"
        assert (await sign_in(server, clock, Browser())).limits.text == 25_000


def test_the_address_to_register_is_one_for_all_and_no_localhost() -> None:
    assert f"http://127.0.0.1:{PORT}/callback" == CALLBACK
    assert by_id()["x"].callback == CALLBACK
    assert PORT < 32_768


async def test_the_address_is_the_registered_one_and_free_again_afterwards(clock: FakeClock) -> None:
    async with serving(clock) as server:
        port = free_port()
        for _ in range(2):
            browser = Browser()
            await sign_in(server, clock, browser, port=port)
            assert browser.shown["redirect_uri"] == f"http://127.0.0.1:{port}/callback"


async def test_another_program_on_the_port_is_named(clock: FakeClock) -> None:
    async with serving(clock) as server:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = int(other.getsockname()[1])
            with pytest.raises(Offline) as caught:
                await sign_in(server, clock, Browser(), port=port)
        assert caught.value.message.id == "network.sign_in.port_taken"
        assert caught.value.message.values == {"port": port}


@pytest.mark.parametrize("client_id", ["", "  ", "two words", "ñ", "x" * 300])
async def test_without_a_client_id_nobody_is_sent_to_a_browser(client_id: str, clock: FakeClock) -> None:
    async with serving(clock) as server:
        browser = Browser()
        with pytest.raises(UserMistake) as caught:
            await sign_in(server, clock, browser, client_id)
        assert caught.value.field == "client_id"
        assert browser.shown == {}


async def test_a_code_that_x_takes_no_more_names_what_to_check(clock: FakeClock) -> None:
    async with serving(clock) as server:
        for browser, client_id in ((Browser(code="too-late"), CLIENT_ID), (Browser(), "another-app")):
            with pytest.raises(Refused) as caught:
                await sign_in(server, clock, browser, client_id)
            assert caught.value.reason.id == "network.x.code_refused"
            assert str(caught.value.reason.values["address"]).startswith("http://127.0.0.1:")


async def test_the_user_may_say_no(clock: FakeClock) -> None:
    async with serving(clock) as server:
        with pytest.raises(UserMistake):
            await sign_in(server, clock, Browser(error="access_denied"))
        assert server.http.requests == []


async def test_four_keys_are_checked_before_they_are_kept(clock: FakeClock) -> None:
    async with serving(clock) as server:
        request = SignInRequest(server=server.url)
        pasted = {name: f" {value}\n" for name, value in KEYS.items()}
        found = await sign_in_secret(request, pasted, clock)
        assert found.secrets == KEYS
        assert found.profile.remote_id == ME
        with pytest.raises(UserMistake) as caught:
            await sign_in_secret(request, {**KEYS, "access_token_secret": "another"}, clock)
        assert caught.value.message.id == "network.x.keys_invalid"
        with pytest.raises(UserMistake) as caught:
            await sign_in_secret(request, {**KEYS, "api_key_secret": ""}, clock)
        assert caught.value.field == "api_key_secret"


async def test_an_app_without_credit_says_so(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.credit = False
        with pytest.raises(PaymentNeeded):
            await sign_in(server, clock, Browser())
