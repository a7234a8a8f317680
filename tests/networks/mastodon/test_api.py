"""Calls ask what the API documents: addresses, parameters and the statuses that their callers understand."""

from __future__ import annotations

from app.networks.client import Client
from app.networks.mastodon import api
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import HttpServer, Reply


async def test_reading_calls_name_their_pages(clock: FakeClock) -> None:
    async with HttpServer() as server:
        server.on("GET", "/api/*", Reply(200, []))
        client = Client(server.url, clock, token="t")
        await api.notifications(client, ("mention",), include_filtered=True, min_id="7")
        await api.account_statuses(client, "9", max_id="5")
        await api.statuses(client, ["1", "2"], "id[]")
        asked = [f"{request.path}?{'&'.join(f'{name}={value}' for name, value in request.query)}" for request in server.requests]
        assert asked == [
            "/api/v1/notifications?limit=80&types[]=mention&include_filtered=true&min_id=7",
            "/api/v1/accounts/9/statuses?limit=40&exclude_reblogs=true&max_id=5",
            "/api/v1/statuses?id[]=1&id[]=2",
        ]
        await client.close()


async def test_calls_with_a_fallback_answer_what_is_absent(clock: FakeClock) -> None:
    async with HttpServer() as server:
        client = Client(server.url, clock)
        for call in (api.instance_v2, api.instance_v1, api.nodeinfo_links, api.oauth_metadata):
            assert (await call(client)).status == 404
        await client.close()


async def test_a_key_of_any_letters_fits_into_its_header(clock: FakeClock) -> None:
    async with HttpServer() as server:
        server.on("POST", "/api/v1/statuses", Reply(200, {"id": "1"}))
        client = Client(server.url, clock, token="t")
        for key in ("ñ\n", "ñ\n", "otra"):
            await api.post_status(client, {"status": "x"}, key)
        first, again, other = (request.headers["idempotency-key"] for request in server.requests)
        assert first == again != other
        await client.close()
