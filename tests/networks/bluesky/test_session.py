"""What all abilities share: who we are, and posts from wherever they are known."""

from __future__ import annotations

import pytest

from app.networks.bluesky.refs import ref_of
from app.runtime.errors import Offline, Refused
from tests.fakes.http_server import Reply
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import OURS
from tests.networks.bluesky.test_publishing import a_part
from tests.networks.bluesky.wire import error

PROFILE, GET = "/xrpc/app.bsky.actor.getProfile", "/xrpc/com.atproto.repo.getRecord"


async def test_the_profile_brings_the_account_s_figures(opening: Opening) -> None:
    async with opening() as (_, connection, _keeper):
        profile = await connection.profile()
        assert (profile.remote_id, profile.handle, profile.name) == (OURS, "@aurora.test", "Discos Aurora")
        assert (profile.followers, profile.following, profile.posts) == (12, 3, 0)


async def test_an_answer_that_is_no_profile_is_trouble_of_the_server(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.http.on("GET", PROFILE, Reply(200, []))
        with pytest.raises(Offline):
            await connection.profile()


async def test_our_own_server_knows_our_posts_at_once(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        sent = await connection.publish(a_part())
        ref = ref_of(sent.remote_id)
        assert ref is not None
        server.blind.add(ref.uri)
        post = await connection._post(ref)
        assert post is not None
        assert post.ref == ref


async def test_a_record_that_cannot_be_looked_for_is_not_taken_for_absent(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        server.http.on("GET", GET, error(400, "InvalidRequest", "Error: rkey must be a valid record key"))
        with pytest.raises(Refused):
            await connection._own_record("3k")
        server.http.on("GET", GET, error(400, "InvalidRequest", "Could not locate record"))
        assert await connection._own_record("3k") is None
