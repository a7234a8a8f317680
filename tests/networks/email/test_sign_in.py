"""A mailbox is signed in through the browser: PKCE, the state, any free port, and every way in which it may fail."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from app.networks.email.sign_in import sign_in_browser
from app.networks.email.tokens import Tokens
from app.networks.network import Secrets, SignInRequest
from app.runtime.clock import to_ms
from app.runtime.errors import Offline, Refused, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.token_server import CLIENT_ID, CLIENT_SECRET, CODE, Browser, TokenServer


async def sign_in(
    server: TokenServer,
    clock: FakeClock,
    browser: Browser,
    client_id: str = CLIENT_ID,
    client_secret: str = CLIENT_SECRET,
    name: str = "127.0.0.1",
) -> Secrets:
    request = SignInRequest(handle="lucia@gmail.com", client_id=client_id, allowed_page="Listo.", denied_page="No.")
    identity = "google" if server.wants_secret else "microsoft"
    tokens = Tokens(server.authority(name=name, identity=identity), clock)
    return await sign_in_browser(tokens, request, client_secret, browser.show)


async def test_a_desktop_app_with_a_secret_gets_what_renewing_needs(clock: FakeClock) -> None:
    async with TokenServer() as server:
        browser = Browser(server)
        found = await sign_in(server, clock, browser)
        assert found == {
            "provider": "google",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "access_token": "made-up-access-1",
            "refresh_token": "made-up-refresh-1",
            "expires_at": str(to_ms(clock.now()) + 3_600_000),
        }
        assert browser.shown["code_challenge_method"] == "S256"
        assert browser.shown["login_hint"] == "lucia@gmail.com"
        assert (browser.shown["access_type"], browser.shown["prompt"]) == ("offline", "consent")
        assert CLIENT_SECRET not in str(browser.shown)
        assert "Listo." in browser.pages[0]


async def test_a_public_app_has_no_secret_and_comes_back_to_localhost(clock: FakeClock) -> None:
    async with TokenServer(wants_secret=False) as server:
        browser = Browser(server)
        found = await sign_in(server, clock, browser, client_secret="ignored", name="localhost")
        assert "client_secret" not in found
        back = urlsplit(browser.shown["redirect_uri"])
        assert (back.hostname, back.path) == ("localhost", "")
        assert back.port
        assert "client_secret" not in server.http.requests[0].form


async def test_whoever_comes_with_another_state_changes_nothing(clock: FakeClock) -> None:
    async with TokenServer() as server:
        browser = Browser(server)
        browser.wrong_first = True
        assert (await sign_in(server, clock, browser))["access_token"] == "made-up-access-1"
        assert browser.pages[0].startswith("HTTP/1.1 404")
        assert [each.form["code"] for each in server.http.requests] == [CODE]


@pytest.mark.parametrize(
    ("client_id", "client_secret", "field"),
    [
        ("", CLIENT_SECRET, "client_id"),
        ("two words", CLIENT_SECRET, "client_id"),
        ("x" * 400, CLIENT_SECRET, "client_id"),
        (CLIENT_ID, " ", "client_secret"),
        (CLIENT_ID, "ñ", "client_secret"),
    ],
)
async def test_nobody_is_sent_to_a_browser_without_an_app(
    clock: FakeClock, client_id: str, client_secret: str, field: str
) -> None:
    async with TokenServer() as server:
        browser = Browser(server)
        with pytest.raises(UserMistake) as raised:
            await sign_in(server, clock, browser, client_id, client_secret)
        assert raised.value.field == field
        assert browser.shown == {}


@pytest.mark.parametrize("wants_secret", [True, False])
async def test_an_app_that_is_not_taken_is_said_beside_its_field(clock: FakeClock, wants_secret: bool) -> None:
    async with TokenServer(wants_secret=wants_secret) as server:
        with pytest.raises(UserMistake) as raised:
            await sign_in(server, clock, Browser(server), client_id="another-app")
        assert raised.value.message.id == "network.email.app_refused"
        assert raised.value.field == ("client_secret" if wants_secret else "client_id")
        assert CLIENT_SECRET not in str(raised.value)


async def test_a_code_that_is_not_taken_and_access_for_an_hour_are_refused(clock: FakeClock) -> None:
    async with TokenServer() as server:
        with pytest.raises(Refused) as raised:
            await sign_in(server, clock, Browser(server, code="too-late"))
        assert raised.value.reason.id == "network.email.code_refused"
        assert "too-late" not in str(raised.value)
        server.gives_refresh = False
        with pytest.raises(Refused) as raised:
            await sign_in(server, clock, Browser(server))
        assert raised.value.reason.id == "network.email.no_refresh"


async def test_the_user_may_say_no_and_the_authority_may_be_down(clock: FakeClock) -> None:
    async with TokenServer() as server:
        with pytest.raises(UserMistake):
            await sign_in(server, clock, Browser(server, error="access_denied"))
        assert server.http.requests == []
        server.refusal = Reply(503, {})
        with pytest.raises(Offline):
            await sign_in(server, clock, Browser(server))
