"""A connection tells its server's limits and can end its own token."""

from __future__ import annotations

import pytest

from app.networks.mastodon.connection import connection_to
from app.networks.network import Facts
from app.runtime.errors import Misconfigured, Refused, SignedOut
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import TOKEN


@pytest.mark.parametrize("flavour", ["mastodon", "gotosocial", "snac"])
async def test_limits_and_facts_come_from_the_server(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (_, connection):
        limits, facts = await connection.limits()
        assert limits.text == {"mastodon": 500, "gotosocial": 5000, "snac": 100_000}[flavour]
        assert (facts.software, facts.values["account_id"]) == (flavour, "109")


async def test_a_server_that_became_something_else_is_said(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/api/v2/instance", Reply(404))
        with pytest.raises(Misconfigured):
            await connection.limits()


async def test_revoking_sends_what_the_server_wants(opening: Opening) -> None:
    async with opening() as (server, connection):
        await connection.revoke()
        (request,) = server.http.asked("POST", "/oauth/revoke")
        assert request.form == {"client_id": "c", "client_secret": "s", "token": TOKEN}
        with pytest.raises(SignedOut):
            await connection.profile()


async def test_a_pasted_token_can_only_be_ended_by_hand(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, _):
        connection = connection_to(server.url, {"access_token": TOKEN}, Facts(), clock)
        with pytest.raises(Refused) as caught:
            await connection.revoke()
        assert caught.value.reason.id == "network.mastodon.revoke_by_hand"
        await connection.close()
