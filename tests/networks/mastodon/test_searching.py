"""Public posts found by words or by hashtag come once, in order, as messages of those who wrote them."""

from __future__ import annotations

from app.models.message import MessageKind
from app.networks.mastodon.connection import MastodonConnection
from app.networks.network import Incoming
from tests.fakes.http_server import Reply, Request
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, OURS, MastodonOfTests


def searchable(server: MastodonOfTests) -> list[Request]:
    asked: list[Request] = []

    def search(request: Request) -> Reply:
        asked.append(request)
        words = request.first("q").casefold()
        hits = [status for status in server._newest_first() if words in status["content"].casefold()]
        start = int(request.first("offset") or 0)
        return Reply(200, {"accounts": [], "hashtags": [], "statuses": hits[start : start + 40]})

    def tag(request: Request) -> Reply:
        asked.append(request)
        return Reply(200, server._paged(server._newest_first(), request))

    server.http.on("GET", "/api/v2/search", search)
    server.http.on("GET", "/api/v1/timelines/tag/*", tag)
    return asked


async def found(connection: MastodonConnection, words: str, cursor: str = "") -> tuple[list[Incoming], str]:
    messages: list[Incoming] = []
    async for page in connection.search(words, cursor):
        messages += page.messages
        cursor = page.cursor
    return messages, cursor


async def test_words_are_found_once_and_never_our_own(opening: Opening) -> None:
    async with opening() as (server, connection):
        searchable(server)
        server.say(ANA, "<p>¿Alguien conoce Discos Aurora?</p>", notifies="")
        server.clock.advance(1)
        server.say(OURS, "<p>Discos Aurora abre a las diez</p>")
        server.clock.advance(1)
        second = server.say(ANA, "<p>Discos Aurora, qué bien</p>", notifies="")
        messages, cursor = await found(connection, "discos aurora")
        assert [message.text for message in messages] == ["¿Alguien conoce Discos Aurora?", "Discos Aurora, qué bien"]
        assert {message.kind for message in messages} == {MessageKind.MENTION}
        assert messages[1].remote_id == second
        assert await found(connection, "discos aurora", cursor) == ([], cursor)
        server.clock.advance(1)
        server.say(ANA, "<p>otra vez Discos Aurora</p>", notifies="")
        assert [message.text for message in (await found(connection, "discos aurora", cursor))[0]] == ["otra vez Discos Aurora"]


async def test_a_hashtag_is_read_from_its_timeline(opening: Opening) -> None:
    async with opening() as (server, connection):
        asked = searchable(server)
        for number in range(50):
            server.clock.advance(1)
            server.say(ANA, f"<p>#vinilo {number}</p>", notifies="")
        messages, _ = await found(connection, "#vinilo")
        assert len(messages) == 50
        assert [request.path for request in asked] == ["/api/v1/timelines/tag/vinilo"] * 2


async def test_nothing_found_is_nothing(opening: Opening) -> None:
    async with opening() as (server, connection):
        searchable(server)
        assert await found(connection, "nadie") == ([], "")
