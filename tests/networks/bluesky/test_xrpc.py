"""Tokens that end: renewed once, then the app password, then signed out; and what the server's errors mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.networks.bluesky.xrpc import claims
from app.runtime.errors import Misconfigured, Offline, RateLimited, Refused, SignedOut
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ACCESS, OURS
from tests.networks.bluesky.wire import error

REFRESH, LOGIN = "/xrpc/com.atproto.server.refreshSession", "/xrpc/com.atproto.server.createSession"
PROFILE = "/xrpc/app.bsky.actor.getProfile"


async def test_an_expired_token_is_renewed_once_and_the_call_repeated(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        server.expire()
        assert (await connection.profile()).remote_id == OURS
        assert keeper.renewals == 1
        assert len(server.http.asked("POST", REFRESH)) == 1
        assert len(server.http.asked("GET", PROFILE)) == 2
        assert server.http.asked("POST", LOGIN) == []


async def test_a_token_that_says_it_is_over_is_not_even_tried(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, keeper):
        clock.advance(timedelta(hours=2))
        await connection.profile()
        assert keeper.renewals == 1
        assert len(server.http.asked("GET", PROFILE)) == 1


async def test_a_clock_that_is_wrong_renews_once_and_not_at_each_call(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, keeper):
        server.life = timedelta(seconds=-5)  # as it looks to a clock that is hours ahead
        clock.advance(timedelta(hours=2))
        for _ in range(3):
            await connection.profile()
        assert keeper.renewals == 1


async def test_where_refreshing_is_refused_the_app_password_signs_in_once(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        server.forget_sessions()
        await connection.profile()
        assert len(server.http.asked("POST", LOGIN)) == 1
        assert server.http.asked("POST", LOGIN)[0].json["identifier"] == OURS
        assert keeper.renewals == 1


async def test_when_that_is_refused_too_the_account_is_signed_out(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        server.forget_sessions()
        server.password_ok = False
        before = dict(keeper.secrets)
        with pytest.raises(SignedOut):
            await connection.profile()
        assert len(server.http.asked("POST", REFRESH)) == len(server.http.asked("POST", LOGIN)) == 1
        assert keeper.secrets == before


async def test_new_tokens_that_are_refused_as_well_end_it(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.access_ok = False
        with pytest.raises(SignedOut):
            await connection.profile()
        assert len(server.http.asked("GET", PROFILE)) == 2


async def test_a_renewal_without_a_line_changes_nothing(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        server.expire()
        server.http.on("POST", REFRESH, error(502, "UpstreamFailure", "Bad Gateway"))
        before = dict(keeper.secrets)
        with pytest.raises(Offline):
            await connection.profile()
        assert keeper.secrets == before
        assert server.http.asked("POST", LOGIN) == []


async def test_a_limit_on_signing_in_is_waited_for(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.forget_sessions()
        server.limit(3600)
        with pytest.raises(RateLimited):
            await connection.profile()


async def test_an_app_password_without_private_messages_is_never_renewed_for_them(opening: Opening) -> None:
    async with opening(ACCESS) as (server, connection, keeper):
        server.chats["c"] = []
        connection._hears_private = True
        async for _ in connection.messages(""):
            pass
        assert keeper.renewals == 0
        assert not connection.hears_private


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error(401, "AccountTakedown", "Account has been taken down"), SignedOut),
        (error(400, "AccountDeactivated", "Account is deactivated"), SignedOut),
        (error(400, "InvalidRequest", "Profile not found"), Refused),
        (error(403, "ScopeMissing", "Missing scope"), Refused),
        (error(403, "Forbidden", "No"), Refused),
        (Reply(401, body=b"<h1>Hotel</h1>"), Offline),
        (Reply(403, body=b"<h1>Hotel</h1>"), Offline),
        (Reply(404, {}), Refused),
        (error(500, "InternalServerError", "Internal Server Error"), Offline),
        (error(502, "UpstreamFailure", "Upstream"), Offline),
        (Reply(200, body=b"<h1>Hotel</h1>"), Offline),
        (Reply(302, {}, headers={"location": "https://elsewhere.example/"}), Offline),
        (Reply(301, {}, headers={"location": "https://elsewhere.example/"}), Misconfigured),
    ],
)
async def test_errors_mean_what_their_names_say(opening: Opening, reply: Reply, kind: type[Exception]) -> None:
    async with opening() as (server, connection, keeper):
        server.http.on("GET", PROFILE, reply)
        with pytest.raises(kind):
            await connection.profile()
        assert keeper.renewals == 0


async def test_no_secret_comes_back_in_an_error(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        secrets = " ".join(keeper.secrets.values())
        server.http.on("GET", PROFILE, error(400, "InvalidRequest", f"you sent {secrets}"))
        with pytest.raises(Refused) as caught:
            await connection.profile()
        told = f"{caught.value} {caught.value.reason.values}"
        assert not any(secret in told for secret in keeper.secrets.values())
        assert "<secret>" in told


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "a.!!!.c", "a.bnVsbA.c"])
def test_what_is_no_token_says_nothing(token: str) -> None:
    assert claims(token) == {}
