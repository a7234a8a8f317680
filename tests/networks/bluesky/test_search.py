"""Searching: oldest first, each post once."""

from __future__ import annotations

from typing import Any

from app.models.message import MessageKind
from app.networks.network import Incoming, Searches
from tests.fakes.clock import FakeClock
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ANA, BETO, OURS


async def searched(connection: Any, words: str, cursor: str = "") -> tuple[list[Incoming], str]:
    assert isinstance(connection, Searches)
    found: list[Incoming] = []
    async for page in connection.search(words, cursor):
        found += page.messages
        cursor = page.cursor
    return found, cursor


async def test_what_others_write_about_us_is_found_once(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection, _):
        ids = []
        for number in range(150):
            clock.advance(1)
            ids.append(server.say(ANA, f"vinilo {number}", mentions=False))
        server.say(BETO, "otra cosa", mentions=False)
        found, cursor = await searched(connection, "vinilo")
        assert [each.remote_id for each in found] == ids
        assert found[0].kind is MessageKind.MENTION
        clock.advance(1)
        more = server.say(BETO, "más vinilo", mentions=False)
        found, cursor = await searched(connection, "vinilo", cursor)
        assert [each.remote_id for each in found] == [more]
        assert await searched(connection, "vinilo", cursor) == ([], cursor)


async def test_our_own_posts_are_ours(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.say(OURS, "nuestro vinilo")
        found, _ = await searched(connection, "vinilo")
        assert found[0].ours


async def test_nothing_found_is_nothing(opening: Opening) -> None:
    async with opening() as (_, connection, _keeper):
        found, cursor = await searched(connection, "nadie")
        assert found == []
        assert (await searched(connection, "nadie", cursor)) == ([], cursor)
