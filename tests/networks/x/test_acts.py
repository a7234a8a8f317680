"""Reposts, repeated and refused; likes are not for programs."""

from __future__ import annotations

import pytest

from app.networks.network import Boosts, Likes, can
from app.runtime.errors import Refused
from tests.fakes.http_server import Reply
from tests.networks.x.conftest import Opening
from tests.networks.x.server import ANA, ME, recorded


async def test_reposting_and_taking_it_back(opening: Opening) -> None:
    async with opening() as (server, connection):
        post = server.say(ANA, "Me encanta")
        await connection.boost(post)
        await connection.boost(post)
        assert server.reposts == {post}
        await connection.unboost(post)
        await connection.unboost(post)
        assert server.reposts == set()
        assert server.charged["repost"] == 1


async def test_another_refusal_is_one(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("POST", f"/2/users/{ME}/retweets", Reply(403, recorded("not_permitted")))
        with pytest.raises(Refused):
            await connection.boost("5")


async def test_likes_are_not_for_programs(opening: Opening) -> None:
    async with opening() as (_, connection):
        assert can(connection, Boosts)
        assert not can(connection, Likes)
