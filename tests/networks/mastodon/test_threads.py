"""Threads are climbed with as few requests as the server allows, and never beyond the allowance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.networks.client import Client
from app.networks.mastodon import threads as module
from app.networks.mastodon.server import Quirks
from app.networks.mastodon.shapes import Status, status_of
from app.networks.mastodon.threads import Threads
from app.runtime.errors import Offline
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, OURS, TOKEN, MastodonOfTests


def status(server: MastodonOfTests, identity: str) -> Status:
    found = status_of(server.statuses[identity], "musica.example")
    assert found is not None
    return found


@contextmanager
def counted(server: MastodonOfTests) -> Iterator[list[str]]:
    """Paths asked within the block."""
    start = len(server.http.requests)
    paths: list[str] = []
    yield paths
    paths += [request.path for request in server.http.requests[start:]]


def climbing(server: MastodonOfTests, clock: FakeClock, quirks: Quirks) -> tuple[Client, Threads]:
    client = Client(server.url, clock, token=TOKEN)
    return client, Threads(client, quirks, "musica.example")


async def test_many_replies_to_our_posts_cost_one_request_for_twenty_posts(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, _):
        posts = [server.say(OURS, f"<p>{number}</p>") for number in range(25)]
        replies = [status(server, server.say(ANA, "<p>x</p>", reply_to=post)) for post in posts for _ in range(3)]
        client, threads = climbing(server, clock, Quirks("id[]"))
        with counted(server) as paths:
            places = await threads.climb(replies)
            await threads.climb(replies)
        assert paths == ["/api/v1/statuses"] * 2
        assert {place.root_id for place in places.values()} == set(posts)
        await client.close()


async def test_a_deep_thread_costs_four_requests(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, _):
        root = last = server.say(OURS, "<p>raíz</p>")
        for _ in range(30):
            last = server.say(ANA, "<p>x</p>", reply_to=last)
        client, threads = climbing(server, clock, Quirks("id[]"))
        with counted(server) as paths:
            places = await threads.climb([status(server, last)])
        assert len(paths) == 4
        assert places[last].root_id == root
        assert places[last].above[0].id == root
        assert len(places[last].above) == 30
        await client.close()


async def test_a_server_that_lied_about_batches_is_asked_one_by_one(opening: Opening, clock: FakeClock) -> None:
    async with opening("gotosocial") as (server, _):
        root = server.say(OURS, "<p>raíz</p>")
        reply = status(server, server.say(ANA, "<p>x</p>", reply_to=root))
        client, threads = climbing(server, clock, Quirks("id[]"))
        assert (await threads.climb([reply]))[reply.id].root_id == root
        await client.close()


async def test_beyond_the_allowance_threads_are_known_by_the_lowest_post_reached(
    opening: Opening, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REQUESTS", 2)
    async with opening("gotosocial") as (server, _):
        replies = []
        for number in range(4):
            post = server.say(OURS, f"<p>{number}</p>")
            first = server.say(ANA, "<p>x</p>", reply_to=post)
            replies.append(status(server, server.say(ANA, "<p>y</p>", reply_to=first)))
        client, threads = climbing(server, clock, Quirks())
        with counted(server) as paths:
            places = await threads.climb(replies)
        assert len(paths) == 2
        assert [bool(places[reply.id].above) for reply in replies] == [True, True, False, False]
        assert places[replies[3].id].root_id == replies[3].in_reply_to
        threads.begin()
        assert (await threads.climb(replies[3:]))[replies[3].id].above
        await client.close()


async def test_a_thread_that_cannot_be_read_stops_nobody(opening: Opening, clock: FakeClock) -> None:
    async with opening("gotosocial") as (server, _):
        root = server.say(OURS, "<p>raíz</p>")
        reply = status(server, server.say(ANA, "<p>x</p>", reply_to=root))
        for answer in (Reply(500, {"error": "x"}), Reply(403, {"error": "x"}), Reply(200, {"ancestors": "x"}), Reply(404, body=b"")):
            server.http.on("GET", f"/api/v1/statuses/{reply.id}/context", answer)
            client, threads = climbing(server, clock, Quirks())
            assert (await threads.climb([reply]))[reply.id].root_id == root
            await client.close()
        client, threads = climbing(server, clock, Quirks())
        await server.http.stop()
        with pytest.raises(Offline):
            await threads.climb([reply])
        await client.close()


async def test_a_thread_that_bites_its_tail_ends(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, _):
        one = server.say(OURS, "<p>uno</p>")
        two = server.say(ANA, "<p>dos</p>", reply_to=one)
        server.statuses[one]["in_reply_to_id"] = two
        client, threads = climbing(server, clock, Quirks("id[]"))
        assert (await threads.climb([status(server, two)]))[two].root_id in (one, two)
        await client.close()
