"""The first reading of Bluesky: newest first, each once, and from anywhere on below where it was stopped."""

from __future__ import annotations

from datetime import timedelta

from app.networks.bluesky.connection import BlueskyConnection
from app.networks.bluesky.messages import PAGE
from app.networks.network import Page
from tests.networks.bluesky import pds
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import PdsOfTests


async def pages(connection: BlueskyConnection, mark: str = "") -> list[Page]:
    return [page async for page in connection.earlier(mark)]


def many_say(server: PdsOfTests, count: int) -> None:
    for number in range(count):
        server.clock.advance(timedelta(minutes=10))
        server.say(pds.ANA, str(number))


async def test_the_newest_come_first_and_nothing_is_read_twice_afterwards(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        many_say(server, PAGE + 20)
        found = await pages(connection)
        assert [len(page.messages) for page in found] == [PAGE, 20]
        assert [text for page in reversed(found) for text in (message.text for message in page.messages)] == [
            str(n) for n in range(PAGE + 20)
        ]
        assert [bool(page.head) for page in found] == [True, False]
        assert [page.total for page in found] == [PAGE + 20] * 2
        again = [message.text async for page in connection.messages(found[0].head) for message in page.messages]
        assert again == []
        server.clock.advance(60)
        server.say(pds.ANA, "nuevo")
        assert [message.text async for page in connection.messages(found[0].head) for message in page.messages] == [
            "nuevo"
        ]


async def test_stopped_after_a_page_it_goes_on_below(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        many_say(server, PAGE + 20)
        first = (await pages(connection))[0]
        server.clock.advance(60)
        server.say(pds.ANA, "nuevo")
        rest = await pages(connection, first.cursor)
        texts = {message.text for page in (first, *rest) for message in page.messages}
        assert texts == {str(n) for n in range(PAGE + 20)}


async def test_our_reply_comes_with_what_it_answers(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        asked = server.say(pds.ANA, "¿abren?")
        server.clock.advance(60)
        server.say(pds.OURS, "sí", reply_to=asked)
        (page,) = await pages(connection)
        assert [(message.text, message.ours) for message in page.messages] == [("¿abren?", False), ("sí", True)]


async def test_an_empty_account_has_one_page(opening: Opening) -> None:
    async with opening() as (_server, connection, _keeper):
        (page,) = await pages(connection)
        assert (page.messages, bool(page.head)) == ((), True)
