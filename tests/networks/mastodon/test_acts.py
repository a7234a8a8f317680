"""Likes and boosts reach the post and may be repeated; without an answer they are simply tried again later."""

from __future__ import annotations

import pytest

from app.networks.outgoing import Outgoing
from app.runtime.errors import Offline, Refused
from tests.fakes.http_server import Reply, Request
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, LOST


async def test_acts_reach_the_post(opening: Opening) -> None:
    async with opening() as (server, connection):
        message = server.say(ANA, "<p>x</p>")
        await connection.like(message)
        await connection.boost(message)
        assert (server.statuses[message]["favourited"], server.statuses[message]["reblogged"]) == (True, True)
        await connection.unlike(message)
        await connection.unboost(message)
        assert (server.statuses[message]["favourited"], server.statuses[message]["reblogged"]) == (False, False)


async def test_an_act_without_an_answer_is_never_unsure(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("POST", "/api/v1/statuses/*", LOST)
        with pytest.raises(Offline):
            await connection.like("1")


async def test_an_act_on_what_is_gone_is_refused(opening: Opening) -> None:
    async with opening("snac") as (_, connection):
        with pytest.raises(Refused) as caught:
            await connection.boost("nothing")
        assert caught.value.reason.id == "network.refused.gone"


async def test_a_status_of_ours_is_deleted_and_may_be_deleted_again(opening: Opening) -> None:
    async with opening() as (server, connection):
        sent = await connection.publish(Outgoing("k", "con falta"))

        def delete(request: Request) -> Reply:
            there = server.statuses.pop(request.path.rpartition("/")[2], None)
            return Reply(200, {**there, "text": "con falta"}) if there else Reply(404, {"error": "Record not found"})

        server.http.on("DELETE", "/api/v1/statuses/*", delete)
        await connection.delete(sent.remote_id)
        assert server.statuses == {}
        await connection.delete(sent.remote_id)
