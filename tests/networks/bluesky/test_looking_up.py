"""A post is found by the page that bsky.app shows of it, by handle or by DID, and by its own address."""

from __future__ import annotations

import pytest

from app.runtime.words import Message
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ANA, HANDLES, OURS


def key_of(remote_id: str) -> str:
    return remote_id.partition("#")[0].rpartition("/")[2]


async def test_a_post_is_found_by_each_of_its_addresses(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        remote_id = server.say(ANA, "¿Hay vinilos?", mentions=False)
        uri, key = remote_id.partition("#")[0], key_of(remote_id)
        for address in (
            f"https://bsky.app/profile/{HANDLES[ANA]}/post/{key}",
            f"https://bsky.app/profile/{ANA}/post/{key}?x=1",
            uri,
        ):
            found = await connection.post_at(address)
            assert found is not None
            assert (found.remote_id, found.handle, found.text, found.refusal) == (
                remote_id,
                f"@{HANDLES[ANA]}",
                "¿Hay vinilos?",
                None,
            )
            assert found.url == (
                address if address.startswith("https") else f"https://bsky.app/profile/{ANA}/post/{key}"
            )


async def test_our_own_is_found_before_the_network_knows_it(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        remote_id = server.say(OURS, "Recién salido")
        server.blind.add(remote_id.partition("#")[0])
        found = await connection.post_at(remote_id.partition("#")[0])
        assert found is not None
        assert found.text == "Recién salido"


@pytest.mark.parametrize(
    "address",
    [
        "https://musica.example/@ana/1",
        "https://bsky.app/profile/nadie.example/post/3k2a",
        f"https://bsky.app/profile/{ANA}/post/3k2a",
        f"https://bsky.app/profile/{ANA}",
        f"at://{ANA}/app.bsky.feed.like/3k2a",
        "at://",
    ],
)
async def test_what_is_no_post_here_is_not_found(opening: Opening, address: str) -> None:
    async with opening() as (_, connection, _keeper):
        assert await connection.post_at(address) is None


async def test_one_whose_author_lets_nobody_quote_says_so(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        uri = server.say(ANA, "Mío", mentions=False).partition("#")[0]
        server.unquotable.add(uri)
        found = await connection.post_at(uri)
        assert found is not None
        assert found.refusal == Message("network.bluesky.quotes_closed")
