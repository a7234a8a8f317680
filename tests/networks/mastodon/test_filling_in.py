"""The first reading: newest first, each once, our replies beside what they answer; stopped anywhere it goes on below."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.message import MessageKind
from app.networks.mastodon.connection import MastodonConnection
from app.networks.mastodon.filling_in import Mark, mark_of
from app.networks.network import Incoming, Page
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, BETO, OURS, MastodonOfTests

FLAVOURS = ("mastodon", "gotosocial")


async def pages(connection: MastodonConnection, mark: str = "") -> list[Page]:
    return [page async for page in connection.earlier(mark)]


def texts(found: list[Page]) -> list[list[str]]:
    return [[message.text for message in page.messages] for page in found]


def many_say(server: MastodonOfTests, count: int, every: timedelta = timedelta(hours=6)) -> None:
    """The newest just now."""
    now = server.clock.now()
    for number in range(count):
        server.say(ANA, f"<p>{number}</p>", at=now - (count - 1 - number) * every)


async def forwards(connection: MastodonConnection, cursor: str) -> list[Incoming]:
    return [message async for page in connection.messages(cursor) for message in page.messages]


@pytest.mark.parametrize("flavour", FLAVOURS)
async def test_the_newest_come_first_and_each_once(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        many_say(server, 100)
        found = await pages(connection)
        assert [len(page.messages) for page in found] == [40, 40, 20]
        assert texts(found)[0][-1] == "99"
        said = [text for page in reversed(texts(found)) for text in page]
        assert said == [str(number) for number in range(100)]


async def test_only_the_first_page_says_where_reading_goes_on_and_nothing_is_read_twice_from_there(
    opening: Opening,
) -> None:
    async with opening() as (server, connection):
        many_say(server, 50)
        found = await pages(connection)
        assert [bool(page.head) for page in found] == [True, False]
        assert await forwards(connection, found[0].head) == []
        server.clock.advance(60)
        server.say(BETO, "<p>nuevo</p>")
        assert [message.text for message in await forwards(connection, found[0].head)] == ["nuevo"]


@pytest.mark.parametrize("after", [0, 1])
async def test_it_goes_on_below_where_it_stopped_whatever_came_meanwhile(opening: Opening, after: int) -> None:
    async with opening() as (server, connection):
        many_say(server, 100)
        first = (await pages(connection))[: after + 1]
        server.clock.advance(60)
        server.say(BETO, "<p>nuevo</p>")
        rest = await pages(connection, first[-1].cursor)
        said = [text for page in texts(first) + texts(rest) for text in page]
        assert sorted(said, key=int) == [str(number) for number in range(100)]


async def test_our_reply_comes_with_what_it_answers_even_from_a_page_below(opening: Opening) -> None:
    async with opening() as (server, connection):
        now = server.clock.now()
        asked = server.say(ANA, "<p>¿abren?</p>", at=now - timedelta(days=20))
        server.say(OURS, "<p>sí</p>", reply_to=asked, at=now - timedelta(hours=1))
        for number in range(60):
            server.say(BETO, f"<p>{number}</p>", at=now - timedelta(hours=60 - number))
        first, second = await pages(connection)
        assert MessageKind.OURS not in {message.kind for message in first.messages}
        assert [(message.text, message.kind) for message in second.messages if message.text in ("¿abren?", "sí")] == [
            ("¿abren?", MessageKind.MENTION),
            ("sí", MessageKind.OURS),
        ]


async def test_an_empty_account_has_one_page_that_says_where_to_go_on(opening: Opening) -> None:
    async with opening() as (server, connection):
        (page,) = await pages(connection)
        assert (page.messages, bool(page.head)) == ((), True)
        server.say(ANA, "<p>hola</p>")
        assert [message.text for message in await forwards(connection, page.head)] == ["hola"]


async def test_it_ends_at_28_days_and_at_400_messages(opening: Opening) -> None:
    async with opening() as (server, connection):
        many_say(server, 40, timedelta(days=1))
        assert sum(len(page.messages) for page in await pages(connection)) == 29
    async with opening() as (server, connection):
        many_say(server, 450, timedelta(minutes=5))
        assert sum(len(page.messages) for page in await pages(connection)) == 400


async def test_how_many_there_are_is_guessed_from_how_densely_they_came(opening: Opening) -> None:
    async with opening() as (server, connection):
        many_say(server, 112)  # four a day, twenty-eight days
        totals = [page.total for page in await pages(connection)]
        assert all(total is not None and 100 <= total <= 125 for total in totals)


async def test_a_server_that_does_not_page_gives_one_page(opening: Opening) -> None:
    async with opening("snac") as (server, connection):
        many_say(server, 3)
        assert [len(page.messages) for page in await pages(connection)] == [3]


def test_a_mark_that_cannot_be_read_begins_anew() -> None:
    assert mark_of("{") == mark_of("[]") == Mark()
