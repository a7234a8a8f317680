"""Only a Mastodon of a known version is trusted to keep a post; what it keeps is listed, moved, taken back and published under another id."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.networks.mastodon.connection import MastodonConnection
from app.networks.network import HOLDS_NOTHING, Facts
from app.networks.outgoing import Held, Outgoing, Sent
from app.runtime.errors import Unsure
from tests.fakes.http_server import Reply
from tests.networks.mastodon.conftest import Opening
from tests.networks.mastodon.server_of_tests import MastodonOfTests
from tests.networks.rigs import open_connection

HOUR = timedelta(hours=1)
PART = Outgoing("key-0", "El viernes, «Marea»")


def keep(server: MastodonOfTests) -> dict[str, dict[str, object]]:
    """Give the server of tests Mastodon's scheduled statuses; what it keeps, by id."""
    kept: dict[str, dict[str, object]] = {}

    def post(request: object) -> Reply:
        body = request.json  # type: ignore[attr-defined]
        if "scheduled_at" not in body:
            return server._post(request)  # type: ignore[arg-type]
        number = str(len(kept) + 1)
        kept[number] = {"id": number, "scheduled_at": body["scheduled_at"], "params": {"text": body["status"]}, "media_attachments": []}
        return Reply(200, kept[number])

    def one(request: object) -> Reply:
        number = request.path.rpartition("/")[2]  # type: ignore[attr-defined]
        if number not in kept:
            return Reply(404, {"error": "Record not found"})
        if request.method == "DELETE":  # type: ignore[attr-defined]
            del kept[number]
            return Reply(200, {})
        kept[number]["scheduled_at"] = request.json["scheduled_at"]  # type: ignore[attr-defined]
        return Reply(200, kept[number])

    server.http.on("POST", "/api/v1/statuses", post)
    server.http.on("GET", "/api/v1/scheduled_statuses", lambda _: Reply(200, list(kept.values())))
    server.http.on("PUT", "/api/v1/scheduled_statuses/*", one)
    server.http.on("DELETE", "/api/v1/scheduled_statuses/*", one)
    return kept


async def test_a_post_is_kept_listed_moved_and_taken_back(opening: Opening) -> None:
    async with opening() as (server, connection):
        keep(server)
        at = server.clock.now() + HOUR
        assert await connection.may_hold(at)
        held = await connection.hold(PART, at)
        assert held == Held("1", at, PART.text)
        assert await connection.held() == [held]
        assert await connection.move_held("1", at + HOUR)
        assert (await connection.held())[0].at == at + HOUR
        assert await connection.let_go_held("1")
        assert await connection.held() == []
        assert not await connection.let_go_held("1")
        assert not await connection.move_held("1", at)
        assert server.statuses == {}


async def test_too_soon_is_not_asked_for(opening: Opening) -> None:
    async with opening() as (server, connection):
        keep(server)
        assert not await connection.may_hold(server.clock.now() + timedelta(minutes=5))
        server.skew = timedelta(minutes=10)
        await connection.profile()  # its answer tells the server's time
        assert not await connection.may_hold(server.clock.now() + timedelta(minutes=15))


@pytest.mark.parametrize("flavour", ["gotosocial", "snac"])
async def test_others_than_mastodon_are_never_asked(opening: Opening, flavour: str) -> None:
    async with opening(flavour) as (server, connection):
        keep(server)
        assert not await connection.may_hold(server.clock.now() + HOUR)


async def test_a_list_that_does_not_answer_is_no_scheduling(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("GET", "/api/v1/scheduled_statuses", Reply(404, {"error": "Record not found"}))
        assert not await connection.may_hold(server.clock.now() + HOUR)


@pytest.mark.parametrize(
    "change", [{"version": ""}, {"version": "2.6.5"}, {"software": "glitch"}, {"values": {HOLDS_NOTHING: "1"}}]
)
async def test_what_is_not_known_to_work_is_not_tried(opening: Opening, change: dict[str, object]) -> None:
    async with opening() as (server, first):
        keep(server)
        facts: Facts = replace(first._facts, **change)  # type: ignore[arg-type]
        connection: MastodonConnection = open_connection(server, facts)
        assert not await connection.may_hold(server.clock.now() + HOUR)
        await connection.close()


async def test_a_server_that_ignores_the_time_has_published(opening: Opening) -> None:
    async with opening() as (server, connection):
        answer = await connection.hold(PART, server.clock.now() + HOUR)  # the server of tests knows no scheduling
        assert isinstance(answer, Sent)
        assert list(server.statuses) == [answer.remote_id]


async def test_an_answer_that_is_neither_leaves_it_unsure(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("POST", "/api/v1/statuses", Reply(200, {"ok": True}))
        with pytest.raises(Unsure):
            await connection.hold(PART, server.clock.now() + HOUR)
