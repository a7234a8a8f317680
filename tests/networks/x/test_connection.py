"""Opening, limits and revoking."""

from __future__ import annotations

import pytest

from app.networks.network import Access, Facts
from app.networks.x.connection import SERVER, connect
from app.runtime.errors import Refused, SignedOut
from tests.fakes.keeper import FakeKeeper
from tests.networks.x.conftest import Opening
from tests.networks.x.rig import FACTS, TOKENS
from tests.networks.x.server import KEYS, USERNAME


async def test_opening_sends_nothing_and_goes_to_x() -> None:
    connection = connect(Access("", FakeKeeper(TOKENS), FACTS))
    assert connection._wire.client.server == SERVER
    await connection.close()
    elsewhere = connect(Access("https://proxy.example", FakeKeeper(TOKENS), Facts()))
    assert elsewhere._wire.client.host == "proxy.example"
    await elsewhere.close()


async def test_limits_follow_the_subscription_and_the_app_is_remembered(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.subscription = "PremiumPlus"
        limits, facts = await connection.limits()
        assert limits.text == 25_000
        assert (facts.values["username"], facts.values["subscription"]) == (USERNAME, "PremiumPlus")
        server.subscription = "None"
        assert (await connection.limits())[0].text == 280


async def test_both_tokens_are_revoked(opening: Opening) -> None:
    async with opening() as (server, connection):
        await connection.revoke()
        assert server.revoked == ["made-up-refresh", "made-up-access"]
        with pytest.raises(SignedOut):
            await connection.profile()


async def test_four_keys_are_ended_by_their_owner(opening: Opening) -> None:
    async with opening(secrets=KEYS) as (_, connection):
        with pytest.raises(Refused) as caught:
            await connection.revoke()
        assert caught.value.reason.id == "network.x.revoke_by_hand"
