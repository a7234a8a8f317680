"""From what people type to the server an account lives on."""

from __future__ import annotations

import pytest

from app.networks.bluesky import server as places
from app.networks.bluesky.server import ENTRYWAY, identifier_of, login_server, pds_of
from app.runtime.errors import Offline, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import HttpServer, Reply
from tests.networks.bluesky.pds import OURS
from tests.networks.bluesky.wire import error

RESOLVE = "/xrpc/com.atproto.identity.resolveHandle"


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [
        ("aurora.bsky.social", "aurora.bsky.social"),
        (" @Aurora.MX ", "aurora.mx"),
        ("\u2068@aurora.mx\u2069", "aurora.mx"),
        ("aurora", "aurora.bsky.social"),
        ("https://bsky.app/profile/aurora.mx", "aurora.mx"),
        ("https://bsky.app/profile/aurora.mx/post/3k2a", "aurora.mx"),
        ("aurora@shop.example", "aurora@shop.example"),
        (OURS, OURS),
        ("did:web:aurora.mx", "did:web:aurora.mx"),
    ],
)
def test_what_people_type_becomes_an_identifier(typed: str, identifier: str) -> None:
    assert identifier_of(typed) == identifier


@pytest.mark.parametrize("typed", ["", "@", "aurora mx", "aurora..mx", "-a.mx", "did:key:x", "a/b", "ñ.mx"])
def test_what_is_none_is_said_beside_the_field(typed: str) -> None:
    with pytest.raises(UserMistake) as caught:
        identifier_of(typed)
    assert caught.value.field == "handle"


def document(endpoint: str, did: str = OURS) -> dict[str, object]:
    return {
        "id": did,
        "service": [
            {"id": "#other", "serviceEndpoint": "https://x.example"},
            {"id": "#atproto_pds", "serviceEndpoint": endpoint},
        ],
    }


@pytest.mark.parametrize(
    ("endpoint", "than", "server"),
    [
        ("https://pds.aurora.mx/", ENTRYWAY, "https://pds.aurora.mx"),
        ("http://pds.aurora.mx", ENTRYWAY, ""),
        ("http://localhost:2583", ENTRYWAY, ""),
        ("http://localhost:2583", "http://localhost:2583", "http://localhost:2583"),
        ("http://10.0.0.1", "http://localhost:2583", ""),
        ("javascript:alert(1)", ENTRYWAY, ""),
    ],
)
def test_an_account_lives_where_its_document_says_but_never_in_the_clear(endpoint: str, than: str, server: str) -> None:
    assert pds_of(document(endpoint), than) == server
    assert pds_of({}, than) == ""


@pytest.mark.parametrize("endpoint", ["https://morel.us-east.host.bsky.network", "https://bsky.social"])
@pytest.mark.parametrize("by_domain", [True, False])
async def test_a_handle_that_bluesky_keeps_signs_in_there(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, endpoint: str, *, by_domain: bool
) -> None:
    async with HttpServer() as http:
        monkeypatch.setattr(places, "ENTRYWAY", http.url)
        monkeypatch.setattr(places, "DIRECTORY", http.url)
        unknown = error(400, "InvalidRequest", "Unable to resolve handle")
        http.on("GET", RESOLVE, unknown if by_domain else Reply(200, {"did": OURS}))
        http.on("GET", "/.well-known/atproto-did", Reply(200, body=f"{OURS}\n".encode()))
        http.on("GET", f"/{OURS}", Reply(200, document(endpoint)))
        assert await login_server(f"127.0.0.1:{http.port}", clock) == http.url
        assert await login_server(OURS, clock) == http.url


async def test_an_app_password_goes_to_somebody_else_s_server_only_if_that_was_named(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with HttpServer() as http:
        monkeypatch.setattr(places, "ENTRYWAY", http.url)
        monkeypatch.setattr(places, "DIRECTORY", http.url)
        http.on("GET", RESOLVE, Reply(200, {"did": OURS}))
        for endpoint in (
            "https://pds.aurora.mx",
            "https://evil-bsky.social.example",
            "https://bsky.social.evil.example",
        ):
            http.on("GET", f"/{OURS}", Reply(200, document(endpoint)))
            with pytest.raises(UserMistake) as caught:
                await login_server("aurora.mx", clock)
            assert (caught.value.field, caught.value.message.id) == ("server", "network.bluesky.elsewhere")
            assert caught.value.message.values["host"] == endpoint.partition("://")[2]


async def test_bluesky_s_own_handles_need_no_question(clock: FakeClock) -> None:
    assert await login_server("aurora.bsky.social", clock) == ENTRYWAY
    assert await login_server("aurora@shop.example", clock) == ENTRYWAY


@pytest.mark.parametrize(
    ("found", "reply"),
    [
        (error(400, "InvalidRequest", "Unable to resolve handle"), Reply(200, {})),
        (Reply(200, {"did": OURS}), Reply(404, {"message": "DID not registered"})),
        (Reply(200, {"did": OURS}), Reply(200, document("http://pds.aurora.mx"))),
    ],
)
async def test_nobody_of_that_name_is_said_beside_the_field(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, found: Reply, reply: Reply
) -> None:
    async with HttpServer() as http:
        monkeypatch.setattr(places, "ENTRYWAY", http.url)
        monkeypatch.setattr(places, "DIRECTORY", http.url)
        http.on("GET", RESOLVE, found)
        http.on("GET", f"/{OURS}", reply)
        with pytest.raises(UserMistake) as caught:
            await login_server("127.0.0.1:9", clock)  # where nobody listens
        assert caught.value.field == "handle"


async def test_the_document_of_somebody_else_is_not_believed(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async with HttpServer() as http:
        monkeypatch.setattr(places, "DIRECTORY", http.url)
        http.on("GET", f"/{OURS}", Reply(200, document("https://evil.example", "did:plc:other")))
        with pytest.raises(Offline):
            await login_server(OURS, clock)
