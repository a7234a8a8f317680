"""Figures: 25 at once, in the order asked; what the network does not show yet is not gone."""

from __future__ import annotations

from app.networks.network import Figures
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ANA
from tests.networks.bluesky.test_publishing import a_part

POSTS = "/xrpc/app.bsky.feed.getPosts"


async def test_figures_come_in_the_order_asked(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        ids = [(await connection.publish(a_part(f"n{number}"))).remote_id for number in range(60)]
        server.say(ANA, "¡!", reply_to=ids[7])
        found = await connection.figures(ids[::-1])
        assert [each.remote_id for each in found] == ids[::-1]
        assert {each.replies for each in found if each.remote_id != ids[7]} == {0}
        assert found[60 - 1 - 7].replies == 1
        assert len(server.http.asked("GET", POSTS)) == 3


async def test_a_post_that_is_not_shown_yet_is_not_gone(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        sent = await connection.publish(a_part())
        server.blind.add(sent.remote_id.partition("#")[0])
        assert await connection.figures([sent.remote_id]) == [Figures(sent.remote_id)]
        await connection.delete(sent.remote_id)
        assert await connection.figures([sent.remote_id, "nonsense"]) == [
            Figures(sent.remote_id, gone=True),
            Figures("nonsense", gone=True),
        ]
