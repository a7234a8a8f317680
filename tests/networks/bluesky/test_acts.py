"""Likes, reposts and deletion: once, however often asked."""

from __future__ import annotations

import pytest

from app.runtime.errors import Refused
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import ANA, OURS, PdsOfTests
from tests.networks.bluesky.test_publishing import a_part


def kept(server: PdsOfTests, collection: str) -> list[str]:
    return [name for name in server.records.get(OURS, {}) if name.startswith(collection)]


@pytest.mark.parametrize(
    ("do", "undo", "collection"),
    [("like", "unlike", "app.bsky.feed.like"), ("boost", "unboost", "app.bsky.feed.repost")],
)
async def test_an_act_counts_once_and_can_be_taken_back(opening: Opening, do: str, undo: str, collection: str) -> None:
    async with opening() as (server, connection, _):
        theirs, other = server.say(ANA, "Qué disco"), server.say(ANA, "Otro")
        for target in (theirs, theirs, other):
            await getattr(connection, do)(target)
        assert len(kept(server, collection)) == 2
        server.blind.add(theirs.partition("#")[0])  # the network is behind, our own server is not
        await getattr(connection, undo)(theirs)
        await getattr(connection, undo)(theirs)
        (left,) = kept(server, collection)
        assert server.records[OURS][left]["value"]["subject"] == {
            "uri": other.partition("#")[0],
            "cid": other.partition("#")[2],
        }


async def test_a_like_of_long_ago_is_known_by_the_network(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        theirs = server.say(ANA, "Qué disco")
        await connection.like(theirs)
        for number in range(120):
            server._store(
                OURS,
                "app.bsky.feed.like",
                f"3z{number:03d}",
                {"subject": {"uri": f"at://x/y/{number}"}},
                server.clock.now(),
            )
        await connection.unlike(theirs)
        assert len(kept(server, "app.bsky.feed.like")) == 120


async def test_a_remote_id_without_its_hash_will_do(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        theirs = server.say(ANA, "Qué disco")
        await connection.like(theirs.partition("#")[0])
        (name,) = kept(server, "app.bsky.feed.like")
        assert server.records[OURS][name]["value"]["subject"]["cid"] == theirs.partition("#")[2]
        with pytest.raises(Refused):
            await connection.like(f"at://{ANA}/app.bsky.feed.post/3gone")
        with pytest.raises(Refused):
            await connection.like("nonsense")


async def test_a_post_is_deleted_once(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        sent = await connection.publish(a_part())
        await connection.delete(sent.remote_id)
        await connection.delete(sent.remote_id)
        assert server.posts() == []
        assert (await connection.figures([sent.remote_id]))[0].gone


async def test_what_is_not_ours_is_not_deleted(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        for target in (server.say(ANA, "Suyo"), server.chat(ANA, "Privado"), "nonsense"):
            with pytest.raises(Refused):
                await connection.delete(target)
        assert len(server.posts(ANA)) == 1
