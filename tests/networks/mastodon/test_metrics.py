"""Figures come for many posts at once where the server can, and a post that is gone says so."""

from __future__ import annotations

import pytest

from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import OURS


@pytest.mark.parametrize("flavour", ["mastodon", "gotosocial", "snac"])
async def test_figures_are_read_in_the_order_asked(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        ids = [server.say(OURS, "<p>x</p>", favourites_count=number, reblogs_count=2, replies_count=3, quotes_count=4) for number in range(45)]
        del server.statuses[ids[7]]
        figures = await connection.figures([*reversed(ids), ids[0]])
        assert [each.remote_id for each in figures] == ids[::-1]
        assert [each.likes for each in figures[:3]] == [44, 43, 42]
        assert (figures[0].reposts, figures[0].replies, figures[0].quotes) == (2, 3, 4)
        assert [each.remote_id for each in figures if each.gone] == [ids[7]]


async def test_many_figures_cost_few_requests(opening: Opening) -> None:
    async with opening() as (server, connection):
        await connection.figures([server.say(OURS, "<p>x</p>") for _ in range(45)])
        assert len(server.http.requests) == 3


async def test_a_count_that_is_no_number_is_a_gap(opening: Opening) -> None:
    async with opening() as (server, connection):
        status_id = server.say(OURS, "<p>x</p>", favourites_count="many")
        (figures,) = await connection.figures([status_id])
        assert (figures.likes, figures.gone) == (None, False)


async def test_a_batch_that_fails_is_asked_one_by_one(opening: Opening) -> None:
    async with opening() as (server, connection):
        status_id = server.say(OURS, "<p>x</p>")
        server.http.on("GET", "/api/v1/statuses", Reply(422, {"error": "x"}))
        (figures,) = await connection.figures([status_id])
        assert figures.likes == 0
