"""Figures: from the own timeline as long as that is cheaper, by id for the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.networks.network import Figures
from app.networks.x.connection import XConnection
from tests.fakes.clock import FakeClock
from tests.networks.x.conftest import Opening
from tests.networks.x.server import ME


async def test_recent_posts_are_read_from_the_own_timeline(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        ids = [
            server.say(ME, f"Publicación {number}", at=clock.now() + timedelta(seconds=number)) for number in range(12)
        ]
        found = await connection.figures(ids)
        assert found == [Figures(each, likes=3, reposts=2, replies=1, quotes=0, impressions=40) for each in ids]
        assert +server.charged == {"own_read": 12}


async def test_a_few_posts_far_apart_come_cheaper_by_their_ids(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        ids = [
            server.say(ME, f"Publicación {number}", at=clock.now() + timedelta(seconds=number)) for number in range(300)
        ]
        wanted = [ids[0], ids[150]]
        assert [each.likes for each in await connection.figures(wanted)] == [3, 3]
        assert server.charged["post_read"] <= 2
        assert server.charged["own_read"] <= 10


async def test_what_is_gone_is_told_and_what_is_only_hidden_is_not(opening: Opening) -> None:
    async with opening() as (server, connection):
        there, gone = server.say(ME, "Una"), server.say(ME, "Dos")
        server.remove(gone)
        assert [each.gone for each in await connection.figures([gone, there])] == [True, False]


async def test_private_messages_have_no_figures(opening: Opening) -> None:
    async with opening() as (server, connection):
        assert await connection.figures(["dm.1-2.3"]) == [Figures("dm.1-2.3")]
        assert await connection.figures([]) == []
        assert server.http.requests == []


async def test_many_posts_take_few_calls(opening: Opening, clock: FakeClock) -> None:
    async with opening("old") as (server, connection):
        ids = [
            server.say(ME, f"Publicación {number}", at=clock.now() + timedelta(seconds=number)) for number in range(250)
        ]
        assert all(each.reposts == 2 for each in await connection.figures(ids))
        assert len(server.http.requests) <= 5


async def read_before(connection: XConnection) -> None:
    """As it is: messages are read before figures, and with them it is known which spelling X takes."""
    async for _ in connection.messages(""):
        pass


@pytest.mark.parametrize("spelling", ["new", "old"])
async def test_what_only_the_author_is_told_is_asked_of_young_posts_alone(opening: Opening, clock: FakeClock, spelling: str) -> None:
    async with opening(spelling) as (server, connection):
        old = server.say(ME, "De hace meses", at=clock.now() - timedelta(days=60))
        young = server.say(ME, "De ayer", at=clock.now() - timedelta(days=1))
        await read_before(connection)
        before = len(server.http.requests)
        found = await connection.figures([old, young])
        assert [each.profile_visits for each in found] == [None, 4]
        assert [each.impressions for each in found] == [40, 40]
        asked = [request.first("post.fields") or request.first("tweet.fields") for request in server.http.requests[before:]]
        assert ["non_public_metrics" in fields for fields in asked] == [True, False]


async def test_where_x_does_not_tell_it_the_other_figures_are_read_and_it_is_not_asked_again(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.tells_private = False
        post = server.say(ME, "De ayer")
        await read_before(connection)
        assert (await connection.figures([post]))[0] == Figures(post, 3, 2, 1, 0, 40)
        before = len(server.http.requests)
        assert (await connection.figures([post]))[0].likes == 3
        assert len(server.http.requests) == before + 1
