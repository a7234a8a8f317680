"""A server tells that something came; nothing of what it tells is believed but that."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace

import pytest

from app.networks.hearing import Sign
from app.networks.mastodon.connection import MastodonConnection, connection_to
from app.networks.mastodon.server import STREAMING, facts_of
from app.networks.network import Facts
from app.runtime.errors import NetworkTrouble, Offline, Refused
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, BETO, OURS, TOKEN, recorded

STREAM = "/api/v1/streaming/user"


async def signs(connection: MastodonConnection, count: int) -> list[Sign]:
    found: list[Sign] = []
    async with asyncio.timeout(5), aclosing(connection.live()) as live:  # type: ignore[type-var]
        async for sign in live:
            found.append(sign)
            if len(found) == count:
                break
    return found


def at_home(connection: MastodonConnection) -> MastodonConnection:
    """The stream is where the server is."""
    values = {name: value for name, value in connection._facts.values.items() if name != STREAMING}
    connection._facts = replace(connection._facts, values=values)
    return connection


async def told(opening: Opening, event: str, payload: object) -> bool:
    """Whether an event rings."""
    async with opening() as (server, connection):
        live = at_home(connection).live()
        assert await anext(live) is Sign.CONNECTED
        server.tell(event, payload)
        server.tell_raw(None)
        return [sign async for sign in live] == [Sign.NEWS]


async def test_a_connection_says_that_it_stands_and_then_that_something_came(opening: Opening) -> None:
    async with opening() as (server, connection):
        live = at_home(connection).live()
        assert await anext(live) is Sign.CONNECTED
        server.say(ANA, "<p>hola</p>")
        assert await anext(live) is Sign.NEWS
        assert server.http.asked("GET", STREAM)[0].headers["authorization"] == f"Bearer {TOKEN}"
        server.tell_raw(None)
        assert [sign async for sign in live] == []


async def test_an_answer_of_ours_from_another_device_is_news_and_the_timeline_is_not(opening: Opening) -> None:
    assert await told(opening, "update", {"id": "1", "account": recorded(OURS)})
    assert not await told(opening, "update", {"id": "1", "account": recorded(BETO)})
    assert not await told(opening, "delete", "12")
    assert not await told(opening, "update", ["not", "a", "status"])
    assert await told(opening, "conversation", {})


async def test_where_nothing_is_streamed_that_is_said(opening: Opening) -> None:
    for flavour in ("gotosocial", "snac"):
        async with opening(flavour) as (server, connection):
            with pytest.raises(Refused):
                await signs(connection, 1)
            assert not server.http.asked("GET", STREAM)
    async with opening() as (server, connection):
        server.streaming = False
        with pytest.raises(Refused):
            await signs(at_home(connection), 1)


async def test_a_page_instead_of_a_stream_is_a_refusal(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", STREAM, Reply(body=b"<h1>hi</h1>"))
        with pytest.raises(Refused):
            await signs(at_home(connection), 1)


async def test_a_line_without_end_is_given_up(opening: Opening) -> None:
    async with opening() as (server, connection):
        live = at_home(connection).live()
        await anext(live)
        server.tell_raw(b"x" * 2_000_000)
        with pytest.raises(Offline):
            await anext(live)


async def test_a_silent_line_is_dead(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.networks.mastodon.streaming.SILENCE", 0.05)
    async with opening() as (_, connection):
        live = at_home(connection).live()
        await anext(live)
        with pytest.raises(NetworkTrouble):
            await anext(live)


@pytest.mark.parametrize(
    ("own", "named", "asked"),
    [
        ("https://musica.example", "wss://live.musica.example", "https://live.musica.example" + STREAM),
        ("https://musica.example", "wss://musica.example", STREAM),
        ("https://musica.example", "ws://live.musica.example", STREAM),
        ("http://127.0.0.1:1", "ws://127.0.0.1:2", "http://127.0.0.1:2" + STREAM),
        ("https://musica.example", "", STREAM),
    ],
)
async def test_the_token_goes_only_where_the_server_says_and_never_less_safely(
    own: str, named: str, asked: str
) -> None:
    facts = Facts("mastodon", "4.6", {STREAMING: named} if named else {})
    connection = connection_to(own, {"access_token": "t"}, facts)
    assert connection._address == asked
    await connection.close()


def test_only_an_address_is_believed_to_be_one() -> None:
    def kept(value: object) -> str:
        return facts_of(
            {"version": "4.6", "configuration": {"urls": {"streaming": value}}}, "mastodon", "4.6"
        ).values.get(STREAMING, "")

    assert kept("wss://live.example") == "wss://live.example"
    assert [
        kept(value) for value in ("javascript:x", "wss://u:p@live.example", "wss://a b", 7, "wss://x.example/@evil")
    ] == [""] * 5
