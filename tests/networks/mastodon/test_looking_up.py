"""A status is found by its web address, wherever it lives, and whether it may be quoted is told with it."""

from __future__ import annotations

from typing import Any

import pytest

from app.networks.mastodon.connection import MastodonConnection
from app.networks.network import LooksUp, PostThere, can
from app.runtime.words import Message
from tests.fakes.http_server import Reply, Request
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import ANA, OURS, MastodonOfTests

ELSEWHERE = "https://discos.example/@beto/77"


def resolving(server: MastodonOfTests, *found: dict[str, Any]) -> list[Request]:
    asked: list[Request] = []

    def search(request: Request) -> Reply:
        asked.append(request)
        return Reply(200, {"accounts": [], "hashtags": [], "statuses": list(found)})

    server.http.on("GET", "/api/v2/search", search)
    return asked


def status(server: MastodonOfTests, author: str = ANA, **fields: Any) -> dict[str, Any]:
    identity = server.say(author, "¿Hay <b>vinilos</b>?")
    made = server.statuses[identity]
    made.update(fields)
    return made


async def test_the_server_is_asked_to_fetch_what_it_does_not_know(opening: Opening) -> None:
    async with opening() as (server, connection):
        made = status(server, url=ELSEWHERE, uri="https://discos.example/users/beto/statuses/77")
        asked = resolving(server, made)
        found = await connection.post_at(ELSEWHERE)
        assert isinstance(found, PostThere)
        assert (found.remote_id, found.url, found.refusal) == (made["id"], ELSEWHERE, None)
        assert found.handle.startswith("@")
        assert "vinilos" in found.text
        assert (asked[0].first("q"), asked[0].first("resolve"), asked[0].first("type")) == (
            ELSEWHERE,
            "true",
            "statuses",
        )


@pytest.mark.parametrize(
    "address",
    [
        "https://DISCOS.example/@beto/77/?lang=es",
        "https://discos.example/users/beto/statuses/77",
        "https://otro.example/@beto@discos.example/77",
    ],
)
async def test_each_of_its_addresses_will_do(opening: Opening, address: str) -> None:
    async with opening() as (server, connection):
        resolving(server, status(server, url=ELSEWHERE, uri="https://discos.example/users/beto/statuses/77"))
        assert await connection.post_at(address) is not None


async def test_the_page_that_our_own_server_shows_of_it_will_do(opening: Opening) -> None:
    async with opening() as (server, connection):
        made = status(server, url=ELSEWHERE, uri=ELSEWHERE)
        resolving(server, made)
        assert await connection.post_at(f"{server.url}/@beto@discos.example/{made['id']}") is not None


async def test_what_a_search_for_words_made_of_it_is_not_taken(opening: Opening) -> None:
    async with opening() as (server, connection):
        resolving(
            server,
            status(server, url="https://discos.example/@beto/5", uri="https://discos.example/users/beto/statuses/5"),
        )
        assert await connection.post_at(ELSEWHERE) is None


async def test_nothing_there_is_nothing(opening: Opening) -> None:
    async with opening() as (server, connection):
        resolving(server)
        assert await connection.post_at(ELSEWHERE) is None
        server.http.on("GET", "/api/v2/search", Reply(404, {"error": "Record not found"}))
        assert await connection.post_at(ELSEWHERE) is None
        server.http.on("GET", "/api/v2/search", Reply(200, {"statuses": [{"id": 3}, "x"]}))
        assert await connection.post_at(ELSEWHERE) is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"visibility": "private"}, "network.mastodon.quotes_private"),
        ({"visibility": "direct"}, "network.mastodon.quotes_private"),
        (
            {"quote_approval": {"automatic": [], "manual": [], "current_user": "denied"}},
            "network.mastodon.quotes_closed",
        ),
    ],
)
async def test_what_may_not_be_quoted_says_why(opening: Opening, fields: dict[str, Any], reason: str) -> None:
    async with opening() as (server, connection):
        resolving(server, status(server, url=ELSEWHERE, **fields))
        found = await connection.post_at(ELSEWHERE)
        assert found is not None
        assert found.refusal == Message(reason)


@pytest.mark.parametrize("answer", ["automatic", "manual", "unknown"])
async def test_an_author_who_is_asked_first_may_be_quoted(opening: Opening, answer: str) -> None:
    async with opening() as (server, connection):
        resolving(server, status(server, url=ELSEWHERE, quote_approval={"current_user": answer}))
        found = await connection.post_at(ELSEWHERE)
        assert found is not None
        assert found.refusal is None


async def test_our_own_may_be_quoted_whoever_reads_it(opening: Opening) -> None:
    async with opening() as (server, connection):
        resolving(
            server, status(server, OURS, url=ELSEWHERE, visibility="private", quote_approval={"current_user": "denied"})
        )
        found = await connection.post_at(ELSEWHERE)
        assert found is not None
        assert found.refusal is None


def test_it_is_an_ability_of_the_connection() -> None:
    assert can(MastodonConnection.__new__(MastodonConnection), LooksUp)
