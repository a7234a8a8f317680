"""Tokens for mailboxes are renewed in time, kept whole, and their end is told in plain words without any of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.networks.email.tokens import Tokens, refreshed
from app.runtime.clock import to_ms
from app.runtime.errors import AppError, NetworkTrouble, Offline, SignedOut, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, Reply
from tests.fakes.token_server import CLIENT_ID, CLIENT_SECRET, REFRESH, TokenServer

PASTED: Mapping[str, str] = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "refresh_token": REFRESH}


def test_a_token_is_due_before_it_ends(clock: FakeClock) -> None:
    tokens = Tokens(TokenServer().authority(), clock)
    now = to_ms(clock.now())
    held = {**PASTED, "access_token": "made-up"}
    assert tokens.are_due({**held, "expires_at": str(now + 60_000)})
    assert not tokens.are_due({**held, "expires_at": str(now + 600_000)})
    assert tokens.are_due({**PASTED, "expires_at": str(now + 600_000)})
    assert tokens.are_due(held)
    assert not tokens.are_due({"access_token": "alone"})


@pytest.mark.parametrize("rotates", [True, False])
async def test_renewing_keeps_the_refresh_token_unless_there_is_another(clock: FakeClock, rotates: bool) -> None:
    async with TokenServer() as server:
        server.rotates = rotates
        found = await Tokens(server.authority(), clock).renew(PASTED)
        assert found == {
            **PASTED,
            "provider": "google",
            "access_token": "made-up-access-1",
            "refresh_token": server.refresh,
            "expires_at": str(to_ms(clock.now()) + 3_600_000),
        }


async def test_a_refresh_token_that_is_over_signs_out_without_being_told(clock: FakeClock) -> None:
    async with TokenServer() as server:
        server.refresh = "another"
        with pytest.raises(SignedOut) as raised:
            await Tokens(server.authority(), clock).renew(PASTED)
        assert raised.value.message.id == "network.email.ended.google"
        assert "invalid_grant" in raised.value.technical or "Bad Request" in raised.value.technical
        assert REFRESH not in str(raised.value)
        assert CLIENT_SECRET not in str(raised.value)


async def test_an_app_that_was_deleted_is_named(clock: FakeClock) -> None:
    async with TokenServer() as server:
        with pytest.raises(SignedOut) as raised:
            await Tokens(server.authority(), clock).renew({**PASTED, "client_secret": "changed-there"})
        assert raised.value.message.id == "network.email.app_gone"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(503, {"error": "temporarily_unavailable"}),
        Reply(400, {"error": "temporarily_unavailable"}),
        Reply(429, {}),
        Reply(cut=Cut.UNANSWERED),
    ],
)
async def test_a_mere_trouble_of_the_authority_signs_nobody_out(clock: FakeClock, reply: Reply) -> None:
    async with TokenServer() as server:
        server.refusal = reply
        with pytest.raises(NetworkTrouble) as raised:
            await Tokens(server.authority(), clock).renew(PASTED)
        assert not isinstance(raised.value, SignedOut)


async def test_pasted_tokens_are_made_good_or_refused_beside_their_field(clock: FakeClock) -> None:
    async with TokenServer() as server:
        tokens = Tokens(server.authority(), clock)
        assert (await refreshed(tokens, PASTED))["access_token"] == "made-up-access-1"
        assert await refreshed(tokens, {"access_token": "x"}) == {"access_token": "x", "provider": "google"}
        with pytest.raises(UserMistake) as raised:
            await refreshed(tokens, PASTED)
        assert raised.value.field == "secret"


async def test_revoked_are_they_where_there_is_a_way(clock: FakeClock) -> None:
    async with TokenServer() as server:
        await Tokens(server.authority(), clock).revoke(PASTED)
        await Tokens(server.authority(), clock).revoke({})
        assert server.revoked == [REFRESH]


async def test_who_cannot_be_reached_is_waited_for(clock: FakeClock) -> None:
    server = TokenServer()
    async with server:
        authority = server.authority()
    with pytest.raises(Offline) as raised:
        await Tokens(authority, clock).renew(PASTED)
    assert isinstance(raised.value, AppError)
    assert REFRESH not in str(raised.value)
