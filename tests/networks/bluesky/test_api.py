"""The calls: each goes where the lexicon says, with what it says."""

from __future__ import annotations

from app.networks.bluesky import api
from tests.networks.bluesky.conftest import Opening
from tests.networks.bluesky.pds import OURS


async def test_notifications_are_asked_for_by_reason_and_nothing_is_marked_as_seen(opening: Opening) -> None:
    async with opening() as (server, connection, _):
        await api.notifications(connection._xrpc, "c")
        (request,) = server.http.requests
        assert request.every("reasons") == ["mention", "reply", "quote"]
        assert (request.first("limit"), request.first("cursor")) == ("100", "c")
        assert request.method == "GET"


async def test_everything_is_signed_and_only_chat_is_passed_on_by_name(opening: Opening) -> None:
    async with opening() as (server, connection, keeper):
        await api.get_profile(connection._xrpc, OURS)
        await api.conversations(connection._xrpc)
        assert {request.headers["authorization"] for request in server.http.requests} == {
            f"Bearer {keeper.secrets['access_token']}"
        }
        assert [request.headers.get("atproto-proxy", "") for request in server.http.requests] == [
            "",
            "did:web:api.bsky.chat#bsky_chat",
        ]


async def test_nobody_of_that_name_is_an_answer(opening: Opening) -> None:
    async with opening() as (_, connection, _keeper):
        assert (await api.resolve_handle(connection._xrpc, "nadie.test")).status == 400
