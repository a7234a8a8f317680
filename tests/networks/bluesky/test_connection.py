"""A connection as a whole: opened from an account's row, its facts, its end."""

from __future__ import annotations

import pytest

from app.networks.bluesky.connection import connect
from app.networks.network import Access, Facts
from app.networks.registry import by_id
from app.runtime.errors import SignedOut
from tests.fakes.keeper import FakeKeeper
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ACCESS, OURS


async def test_an_account_speaks_with_its_own_server_not_with_the_sign_in() -> None:
    facts = Facts(values={"pds": "https://pds.example", "account_id": OURS})
    connection = connect(Access("https://bsky.social", FakeKeeper({"access_token": "t"}), facts))
    assert connection._client.server == "https://pds.example"
    assert connection._me == OURS
    await connection.close()
    connection = connect(Access("https://pds.example", FakeKeeper({"access_token": "t"}), Facts()))
    assert connection._client.server == "https://pds.example"
    await connection.close()


async def test_limits_are_the_network_s_and_facts_are_kept(opening: Opening) -> None:
    async with opening() as (_, connection, _keeper):
        limits, facts = await connection.limits()
        assert limits == by_id()["bluesky"].limits
        assert facts.values == connection._facts.values


async def test_access_to_private_messages_that_came_back_is_told(opening: Opening) -> None:
    async with opening(ACCESS) as (_, connection, _keeper):
        assert "lacks.private" in (await connection.limits())[1].values
    async with opening() as (_, connection, _keeper):
        connection._facts = Facts(values={**connection._facts.values, "lacks.private": "network.bluesky.no_private"})
        assert "lacks.private" not in (await connection.limits())[1].values


async def test_after_the_end_the_app_password_is_not_used_again(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        await connection.revoke()
        with pytest.raises(SignedOut):
            await connection.profile()
        assert len(server.http.requests) == 1
