"""A sample account can do what its network's card says, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.networks.network import (
    ABILITIES,
    Access,
    Boosts,
    FindsMine,
    HearsMessages,
    Likes,
    Publishes,
    Revokes,
    TellsLimits,
    can,
)
from app.runtime.errors import SignedOut
from tests.fakes.clock import FakeClock
from tests.fakes.keeper import FakeKeeper
from tests.networks.sample.world_of_tests import MASTODON, X, open_world


def test_abilities_are_those_of_the_card(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    for card, remote_id in ((X, "x-9"), (MASTODON, "m-1")):
        connection = server.connect(card.id, remote_id, card)
        assert {name for name, ability in ABILITIES.items() if can(connection, ability)} == card.abilities
        assert can(connection, FindsMine)
        assert can(connection, TellsLimits)
        assert can(connection, Revokes)
    x = server.connect("x", "x-9", X)
    assert can(x, Publishes)
    assert can(x, HearsMessages)
    assert not can(x, Likes)
    assert not can(x, Boosts)


async def test_limits_are_those_of_the_card_and_facts_lead_back_to_the_account(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = open_world(tmp_path, clock)
    limits, facts = await server.connect("x", "x-9", X).limits()
    assert limits == X.limits
    again = server.card(X).connect
    assert again is not None
    assert (await again(Access("", FakeKeeper({}), facts)).profile()).handle == "@discosaurora"


async def test_a_revoked_token_is_worth_nothing_and_may_be_revoked_again(tmp_path: Path, clock: FakeClock) -> None:
    connection = open_world(tmp_path, clock).connect("mastodon", "m-1", MASTODON)
    await connection.revoke()
    await connection.revoke()
    with pytest.raises(SignedOut):
        await connection.profile()
    await connection.close()
