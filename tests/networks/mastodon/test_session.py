"""Who we are is known from the account's facts, or asked for once."""

from __future__ import annotations

import pytest

from app.networks.mastodon.connection import connection_to
from app.networks.network import Facts
from app.runtime.errors import Offline, SignedOut
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import OURS, TOKEN, recorded


async def test_an_account_without_facts_asks_who_it_is_once(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, _):
        connection = connection_to(server.url, {"access_token": TOKEN}, Facts("mastodon", "4.6.1"), clock)
        for _ in range(2):
            async for _page in connection.messages(""):
                pass
        assert len(server.http.asked("GET", "/api/v1/accounts/verify_credentials")) == 1
        await connection.close()


async def test_a_token_that_snac_does_not_know_means_signed_out(opening: Opening) -> None:
    async with opening("snac") as (server, connection):
        server.token_ok = False
        with pytest.raises(SignedOut):
            await connection.profile()


async def test_an_answer_that_is_no_account_is_the_servers_trouble(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/api/v1/accounts/verify_credentials", Reply(200, {"id": 5}))
        with pytest.raises(Offline):
            await connection.profile()


@pytest.mark.parametrize(("flavour", "expected"), [("mastodon", (0, 7, 0)), ("snac", (None, 7, None))])
async def test_a_nought_that_snac_tells_of_everybody_is_no_count(
    opening: Opening, flavour: str, expected: tuple[int | None, ...]
) -> None:
    """Asked of snac2 2.75 by an account with a follower and 17 posts."""
    async with opening(flavour) as (server, connection):
        told = {**recorded(OURS), "followers_count": 0, "following_count": 7, "statuses_count": 0}
        server.http.on("GET", "/api/v1/accounts/verify_credentials", Reply(200, told))
        profile = await connection.profile()
        assert (profile.followers, profile.following, profile.posts) == expected
