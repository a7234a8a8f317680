"""Signing in with handle and app password: at Bluesky's own sign-in, at a server of one's own, and every way in which it goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.networks.bluesky import sign_in
from app.networks.bluesky.sign_in import sign_in_secret
from app.networks.network import SignedIn, SignInRequest
from app.runtime.errors import Misconfigured, RateLimited, Refused, SignedOut, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.bluesky.pds import ACCESS, APP_PASSWORD, MAIN, OURS, PdsOfTests
from tests.networks.bluesky.wire import error

LOGIN = "/xrpc/com.atproto.server.createSession"


@asynccontextmanager
async def serving(clock: FakeClock) -> AsyncIterator[PdsOfTests]:
    server = PdsOfTests(clock)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def signed_in(server: PdsOfTests, handle: str = "aurora.test", password: str = APP_PASSWORD) -> SignedIn:
    return await sign_in_secret(
        SignInRequest(server=server.url, handle=handle), {"app_password": password}, server.clock
    )  # type: ignore[arg-type]


async def test_a_handle_and_an_app_password_are_enough_at_ones_own_server(clock: FakeClock) -> None:
    async with serving(clock) as server:
        found = await signed_in(server, "@Aurora.test ", f" {APP_PASSWORD}\n")
        assert (found.server, found.profile.remote_id, found.profile.handle) == (server.url, OURS, "@aurora.test")
        assert set(found.secrets) == {"app_password", "access_token", "refresh_token"}
        assert (found.facts.software, found.facts.version) == ("pds", "0.4.999")
        assert found.facts.values == {"pds": server.url, "account_id": OURS}
        assert found.limits.text == 300


async def test_an_app_password_without_private_messages_says_so_in_the_facts(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.scope = ACCESS
        found = await signed_in(server)
        assert found.facts.values["lacks.private"] == "network.bluesky.no_private"


async def test_the_main_password_is_given_back(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.scope = MAIN
        with pytest.raises(UserMistake) as caught:
            await signed_in(server)
        assert (caught.value.field, caught.value.message.id) == ("secret", "network.bluesky.no_app_password")
        assert len(server.http.asked("POST", "/xrpc/com.atproto.server.deleteSession")) == 1


@pytest.mark.parametrize("password", ["", "hunter2", "my-main-pass-word", "xxxx-xxxx-xxxx"])
async def test_what_looks_like_no_app_password_is_never_sent_to_bluesky(
    clock: FakeClock, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(clock) as server:
        monkeypatch.setattr(sign_in, "ENTRYWAY", server.url)
        with pytest.raises(UserMistake) as caught:
            await signed_in(server, password=password)
        assert caught.value.field == "secret"
        assert server.http.requests == []


@pytest.mark.parametrize(
    ("reply", "kind", "field"),
    [
        (error(401, "AuthenticationRequired", "Invalid identifier or password"), UserMistake, "secret"),
        (error(401, "AuthFactorTokenRequired", "A sign in code has been sent"), UserMistake, "secret"),
        (error(401, "AccountTakedown", "Account has been taken down"), Refused, ""),
        (error(400, "InvalidRequest", "Input/identifier"), Refused, ""),
        (Reply(404, {}), Misconfigured, ""),
        (Reply(200, body=b"<h1>A web page</h1>"), Misconfigured, ""),
    ],
)
async def test_a_sign_in_that_fails_says_why(clock: FakeClock, reply: Reply, kind: type[Exception], field: str) -> None:
    async with serving(clock) as server:
        server.http.on("POST", LOGIN, reply)
        with pytest.raises(kind) as caught:
            await signed_in(server)
        assert getattr(caught.value, "field", "") == field


async def test_a_deactivated_account_is_refused(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.http.on(
            "POST", LOGIN, lambda _: Reply(200, {**server.session(), "active": False, "status": "deactivated"})
        )
        with pytest.raises(Refused) as caught:
            await signed_in(server)
        assert caught.value.reason.id == "network.bluesky.account_closed"


async def test_too_many_sign_ins_are_waited_for(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.limit(300)
        with pytest.raises(RateLimited):
            await signed_in(server)


async def test_a_session_that_works_for_nothing_is_signed_out_at_once(clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.access_ok = False
        with pytest.raises(SignedOut):
            await signed_in(server)


@pytest.mark.parametrize("handle", ["", "  ", "@"])
async def test_without_a_handle_nothing_is_asked(clock: FakeClock, handle: str) -> None:
    async with serving(clock) as server:
        with pytest.raises(UserMistake) as caught:
            await signed_in(server, handle)
        assert caught.value.field == "handle"
        assert server.http.requests == []
