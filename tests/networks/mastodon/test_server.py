"""What a user types becomes an address, and what answers there is recognised with its limits and its ways."""

from __future__ import annotations

import pytest

from app.models.message import Visibility
from app.networks.client import Client
from app.networks.mastodon.server import Quirks, discover, facts_of, limits_of, quirks_of
from app.networks.network import Counting, Facts
from app.runtime.errors import Misconfiguration, Misconfigured
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import HttpServer, Reply
from tests.networks.mastodon.server_of_tests import MastodonOfTests, recorded


@pytest.mark.parametrize("flavour", ["mastodon", "gotosocial", "snac"])
async def test_servers_are_recognised(clock: FakeClock, flavour: str) -> None:
    server = MastodonOfTests(clock, flavour)
    await server.start()
    client = Client(server.url, clock, first_contact=True)
    try:
        found = await discover(client)
        assert (found.address, found.facts.software) == (server.url, flavour)
        assert found.facts.values["domain"] == "musica.example"
    finally:
        await client.close()
        await server.stop()


@pytest.mark.parametrize(
    "replies",
    [
        {},
        {"/api/v2/instance": Reply(200, {"version": 5}), "/api/v1/instance": Reply(200, [])},
        {"/api/v2/instance": Reply(200, body=b"<html>a blog</html>"), "/api/v1/instance": Reply(200, body=b"<html>a blog</html>")},
        {"/api/v2/instance": Reply(500, {}), "/api/v1/instance": Reply(404, {}), "/.well-known/nodeinfo": Reply(200, {"links": "x"})},
    ],
    ids=["nothing", "another API", "a blog", "a broken one"],
)
async def test_what_is_no_such_server_is_said(clock: FakeClock, replies: dict[str, Reply]) -> None:
    async with HttpServer() as http:
        for path, reply in replies.items():
            http.on("GET", path, reply)
        client = Client(http.url, clock, first_contact=True)
        try:
            with pytest.raises(Misconfigured) as caught:
                await discover(client)
            assert caught.value.cause is Misconfiguration.NOT_SUCH_A_SERVER
        finally:
            await client.close()


async def test_a_domain_may_send_us_to_its_server(clock: FakeClock) -> None:
    server = MastodonOfTests(clock)
    await server.start()
    async with HttpServer() as front:
        front.on("GET", "/api/v2/instance", Reply(301, headers={"location": f"{server.url}/api/v2/instance"}))
        client = Client(front.url, clock, first_contact=True)
        try:
            assert (await discover(client)).address == server.url
        finally:
            await client.close()
    async with HttpServer() as front:
        front.on("GET", "/.well-known/nodeinfo", Reply(200, {"links": [{"href": f"{server.url}/nodeinfo/2.0"}]}))
        client = Client(front.url, clock, first_contact=True)
        try:
            assert (await discover(client)).address == server.url
        finally:
            await client.close()
    await server.stop()


def limits(name: str, software: str = "") -> tuple[object, ...]:
    instance = recorded(name)
    facts = facts_of(instance, software, "")
    found = limits_of(instance, facts)
    return facts.software, found.text, found.counting, found.pictures, found.alt_text, found.image_bytes, found.poll_options, found.poll_option_length


def test_limits_are_read_from_each_kind_of_server() -> None:
    assert limits("instance_v2") == ("mastodon", 500, Counting.MASTODON, 4, 1500, 16_777_216, 4, 50)
    assert limits("instance_v1_old") == ("mastodon", 640, Counting.MASTODON, 4, 1500, 16_777_216, 4, 50)
    assert limits("instance_v2_gotosocial", "gotosocial") == ("gotosocial", 5000, Counting.PLAIN, 6, 1500, 10_485_760, 6, 50)
    assert limits("instance_v1_pleroma") == ("akkoma", 5000, Counting.PLAIN, 4, 5000, 16_000_000, 20, 200)
    assert limits("instance_v1_snac") == ("snac", 100_000, Counting.PLAIN, 4, 1500, 16_777_216, 8, 50)


def test_limits_of_a_silent_server_are_the_networks_own() -> None:
    found = limits_of({"version": "4.5.0", "configuration": {"statuses": {"max_characters": 0}, "media_attachments": {"supported_mime_types": []}}}, Facts("mastodon"))
    assert (found.text, found.image_types[0], found.poll_shortest_minutes) == (500, "image/jpeg", 5)


def test_visibilities_are_those_the_server_has() -> None:
    assert limits_of({}, Facts("snac")).visibilities == (Visibility.PUBLIC, Visibility.DIRECT)
    assert len(limits_of({}, Facts("mastodon")).visibilities) == 4


@pytest.mark.parametrize(
    ("software", "version", "api", "expected"),
    [
        ("mastodon", "4.6.1", "10", Quirks("id[]", quotes=True, filtered=True, several_redirects=True, lists_private=True, streams=True)),
        ("mastodon", "4.3.0+glitch", "2", Quirks("id[]", filtered=True, several_redirects=True, lists_private=True, streams=True)),
        ("mastodon", "4.1.9", "", Quirks(several_redirects=True, lists_private=True, streams=True)),
        ("hometown", "4.2.1", "", Quirks(several_redirects=True, lists_private=True, streams=True)),
        ("mastodon", "nightly", "", Quirks(several_redirects=True, lists_private=True, streams=True)),
        ("gotosocial", "0.19.1", "", Quirks()),
        ("akkoma", "3.13", "", Quirks("ids[]")),
        ("snac", "2.75", "", Quirks(forward=False, private_is_direct=True, nought_is_unknown=True)),
        ("something-new", "1.0", "", Quirks(forward=False)),
    ],
)
def test_the_ways_of_each_software(software: str, version: str, api: str, expected: Quirks) -> None:
    assert quirks_of(Facts(software, version, {"api": api} if api else {})) == expected


def test_limits_of_videos_are_the_servers_own() -> None:
    media = {"supported_mime_types": ["image/png", "video/mp4"], "video_size_limit": 41_943_040, "video_matrix_limit": 2_304_000}
    found = limits_of({"version": "4.5.0", "configuration": {"media_attachments": media}}, Facts("mastodon", "4.5.0", {"api": "7"}))
    assert (found.videos, found.video_bytes, found.video_pixels, found.video_types) == (1, 41_943_040, 2_304_000, ("video/mp4",))
    assert found.quotes
    silent = limits_of({}, Facts("mastodon"))
    assert (silent.video_bytes, silent.video_types, silent.quotes) == (103_809_024, ("video/mp4", "video/quicktime"), False)
