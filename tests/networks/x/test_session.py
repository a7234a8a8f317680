"""Who we are, and finding out how the server spells its fields."""

from __future__ import annotations

import pytest

from app.networks.network import Facts
from app.runtime.errors import Offline, Refused
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.x.conftest import Opening
from tests.networks.x.rig import TOKENS, open_connection
from tests.networks.x.server import ME, XOfTests


async def test_the_old_spelling_is_tried_once_and_kept(opening: Opening) -> None:
    async with opening("old") as (server, connection):
        post = server.say(ME, "Hola")
        for _ in range(3):
            assert (await connection.figures([post]))[0].likes == 3
        asked = [name for request in server.http.requests for name, _ in request.query if name.endswith(".fields")]
        assert asked == ["post.fields", "tweet.fields", "tweet.fields", "tweet.fields"]


async def test_another_mistake_is_not_taken_for_a_spelling(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on(
            "GET", f"/2/users/{ME}/tweets", Reply(400, {"title": "Invalid Request", "detail": "since_id is too old"})
        )
        with pytest.raises(Refused):
            await connection.figures(["5"])
        assert len(server.http.requests) == 1


async def test_an_account_whose_id_was_not_kept_is_asked_for_it(clock: FakeClock) -> None:
    server = XOfTests(clock)
    await server.start()
    connection, _ = open_connection(server, TOKENS, Facts())
    post = server.say(ME, "Hola")
    assert (await connection.figures([post]))[0].likes == 3
    assert len(server.http.asked("GET", "/2/users/me")) == 1
    await connection.close()
    await server.stop()


async def test_an_answer_that_names_no_account_is_the_servers_trouble(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/2/users/me", Reply(200, {"data": {"id": "1"}}))
        with pytest.raises(Offline):
            await connection.profile()
