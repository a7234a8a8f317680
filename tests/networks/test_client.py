"""Whatever a server or the line does, a call ends with an answer or with the right trouble."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
import stamina
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.networks import client as module
from app.networks.client import Client, Patience, Unreached
from app.runtime.errors import (
    Misconfiguration,
    Misconfigured,
    NetworkTrouble,
    Offline,
    PaymentNeeded,
    RateLimited,
    Refused,
    SignedOut,
    Unsure,
)
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, HttpServer, Reply

TOKEN = "very-secret-token"
PAGE = Reply(200, body=b"<html><body>Welcome to the hotel</body></html>")


@pytest.fixture(autouse=True)
def _no_pauses() -> object:
    """Reads are tried again at once."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@asynccontextmanager
async def talking(server: HttpServer, clock: FakeClock, **options: object) -> AsyncIterator[Client]:
    client = Client(server.url, clock, token=TOKEN, **options)  # type: ignore[arg-type]
    try:
        yield client
    finally:
        await client.close()


async def read(reply: Reply, clock: FakeClock, **options: object) -> object:
    async with HttpServer() as server, talking(server, clock, **options) as client:
        server.on("GET", "/x", reply)
        return (await client.get("/x")).data


async def write(reply: Reply, clock: FakeClock, *, harmless: bool = False) -> object:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("POST", "/x", reply)
        return (await client.send("POST", "/x", body={"a": 1}, harmless=harmless)).data


async def test_an_answer_comes_decoded_and_the_request_carries_token_and_name(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(200, {"hola": "ñ"}))
        assert (await client.get("/x", [("id[]", "1"), ("id[]", "2")])).data == {"hola": "ñ"}
        (request,) = server.requests
        assert request.every("id[]") == ["1", "2"]
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        assert request.headers["user-agent"].startswith("Tertulia/")


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (400, Refused),
        (401, SignedOut),
        (402, PaymentNeeded),
        (403, Refused),
        (404, Refused),
        (409, Refused),
        (410, Refused),
        (422, Refused),
        (429, RateLimited),
        (501, Refused),
    ],
)
async def test_a_certain_answer_means_the_same_for_reads_and_writes(status: int, trouble: type, clock: FakeClock) -> None:
    for call in (read, write):
        with pytest.raises(trouble):
            await call(Reply(status, {"error": "no"}), clock)


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520])
async def test_trouble_at_the_server_is_offline_for_reads_and_unsure_for_writes(status: int, clock: FakeClock) -> None:
    with pytest.raises(Offline):
        await read(Reply(status, {"error": "no"}), clock)
    with pytest.raises(Unsure):
        await write(Reply(status, {"error": "no"}), clock)
    with pytest.raises(Offline):
        await write(Reply(status, {"error": "no"}), clock, harmless=True)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(cut=Cut.UNANSWERED),
        Reply(200, {"id": "1", "more": "x" * 2000}, cut=Cut.MIDDLE),
        Reply(200, body=b'{"id": "1", "text'),
        Reply(200, body=b"[" * 200_000),
        PAGE,
        Reply(303, headers={"location": "/done"}),
    ],
    ids=["unanswered", "cut in the middle", "broken JSON", "nested without end", "a page", "see other"],
)
async def test_a_write_without_a_readable_answer_is_unsure(reply: Reply, clock: FakeClock) -> None:
    with pytest.raises(Unsure):
        await write(reply, clock)
    with pytest.raises(NetworkTrouble) as caught:
        await read(reply, clock)
    assert not isinstance(caught.value, Unsure)


async def test_a_write_that_times_out_is_unsure_and_was_sent_once(clock: FakeClock) -> None:
    never = asyncio.Event()
    async with HttpServer() as server, talking(server, clock, patience=Patience(silence=0.05)) as client:
        server.on("POST", "/x", Reply(200, {}, hold=never))
        with pytest.raises(Unsure):
            await client.send("POST", "/x", body={})
        assert len(server.requests) == 1


async def test_a_server_that_drips_is_given_up_in_the_end(clock: FakeClock) -> None:
    never = asyncio.Event()
    async with HttpServer() as server, talking(server, clock, patience=Patience(read=0.05, write=0.05)) as client:
        server.on("GET", "/x", Reply(200, {}, hold=never))
        server.on("POST", "/x", Reply(200, {}, hold=never))
        with pytest.raises(Offline):
            await client.get("/x")
        with pytest.raises(Unsure):
            await client.send("POST", "/x", body={})


async def test_nobody_there_is_offline_for_reads_and_writes_alike(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        await server.stop()
        with pytest.raises(Offline):
            await client.get("/x")
        with pytest.raises(Offline):
            await client.send("POST", "/x", body={})


async def test_a_read_is_tried_again_and_a_write_never(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(503), Reply(cut=Cut.UNANSWERED), Reply(200, [1]))
        assert (await client.get("/x")).data == [1]
        server.on("POST", "/x", Reply(503))
        with pytest.raises(Unsure):
            await client.send("POST", "/x", body={})
        assert len(server.asked("POST", "/x")) == 1


async def test_every_write_has_a_connection_of_its_own(clock: FakeClock) -> None:
    """A server that closes kept-alive connections without a word (snac2) must not make a write unsure."""
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("POST", "/x", Reply(200, {}))
        server.on("GET", "/x", Reply(200, {}))
        for _ in range(2):
            await client.send("POST", "/x", body={})
            await client.get("/x")
        writes = {request.connection for request in server.asked("POST", "/x")}
        reads = {request.connection for request in server.asked("GET", "/x")}
        assert len(writes) == 2
        assert len(reads) == 1
        assert not writes & reads


async def test_a_redirect_of_a_write_is_not_followed(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("POST", "/x", Reply(307, headers={"location": "/y"}))
        server.on("POST", "/y", Reply(200, {}))
        with pytest.raises(Offline):
            await client.send("POST", "/x", body={})
        assert server.asked("POST", "/y") == []


async def test_being_sent_to_the_sign_in_page_means_signed_out(clock: FakeClock) -> None:
    reply = Reply(302, headers={"location": "/login"})
    with pytest.raises(SignedOut):
        await read(reply, clock)
    with pytest.raises(SignedOut):
        await write(reply, clock)


async def test_a_hotel_page_signs_nobody_out(clock: FakeClock) -> None:
    for reply in (PAGE, Reply(302, headers={"location": "http://portal.example/login"})):
        with pytest.raises(Offline):
            await read(reply, clock)


async def test_at_first_contact_a_page_is_not_such_a_server(clock: FakeClock) -> None:
    with pytest.raises(Misconfigured) as caught:
        await read(PAGE, clock, first_contact=True)
    assert caught.value.cause is Misconfiguration.NOT_SUCH_A_SERVER


async def test_a_name_that_does_not_exist_is_offline_later_and_a_mistake_at_first_contact(clock: FakeClock) -> None:
    client = Client("https://tienda.invalid", clock, first_contact=True)
    try:
        # `.invalid` never exists; a machine without any name server says only that it cannot ask.
        with pytest.raises((Misconfigured, Offline)) as caught:
            await client.get("/x")
        if isinstance(caught.value, Misconfigured):
            assert caught.value.cause is Misconfiguration.SERVER_NAME
    finally:
        await client.close()


async def test_an_endless_answer_is_cut_off(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_ANSWER", 1000)
    with pytest.raises(Offline):
        await read(Reply(200, "x" * 2000), clock)
    with pytest.raises(Unsure):
        await write(Reply(200, "x" * 2000), clock)


async def test_the_servers_words_come_along_short_and_without_the_token(clock: FakeClock) -> None:
    said = f"Validation\nfailed for {TOKEN}: " + "x" * 1000
    with pytest.raises(Refused) as caught:
        await write(Reply(422, {"error": said}), clock)
    words = str(caught.value.reason.values["words"])
    assert words.startswith("Validation failed for <secret>:")
    assert len(words) < 320
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(caught.value)


async def test_nothing_secret_is_logged(clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(SignedOut):
        await write(Reply(401, {"error": TOKEN}), clock)
    assert TOKEN not in caplog.text


async def test_a_refusal_without_words_gives_its_code(clock: FakeClock) -> None:
    with pytest.raises(Refused) as caught:
        await write(Reply(422, body=b"<h1>Unprocessable</h1>"), clock)
    assert caught.value.reason.id == "network.refused.status"


async def test_statuses_that_the_caller_knows_are_answered(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(404, body=b"<h1>gone</h1>"))
        answer = await client.get("/x", accept=(404,))
        assert (answer.status, answer.data) == (404, None)


async def test_a_limit_is_kept_without_asking_again(clock: FakeClock) -> None:
    until = clock.now() + timedelta(minutes=3)
    headers = {"retry-after": "180"}
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(429, {"error": "Too many requests"}, headers=headers), Reply(200, []))
        for _ in range(2):
            with pytest.raises(RateLimited) as caught:
                await client.get("/x")
            assert caught.value.until == until
        assert len(server.requests) == 1
        clock.advance(181)
        assert (await client.get("/x")).data == []


async def test_reads_leave_the_last_requests_to_what_must_go_out(clock: FakeClock) -> None:
    headers = {
        "x-ratelimit-limit": "300",
        "x-ratelimit-remaining": "19",
        "x-ratelimit-reset": (clock.now() + timedelta(minutes=2)).isoformat(),
        "date": format_datetime(clock.now().astimezone(UTC), usegmt=True),
    }
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(200, [], headers=headers))
        server.on("POST", "/x", Reply(200, {}, headers=headers))
        await client.get("/x")
        with pytest.raises(RateLimited):
            await client.get("/y")
        await client.send("POST", "/x", body={})


# --- certificates


@pytest.fixture
def own_certificate(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate that only itself vouches for, and that certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, file


async def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(
    clock: FakeClock, own_certificate: tuple[ssl.SSLContext, Path]
) -> None:
    context, file = own_certificate
    async with HttpServer(context) as server:
        server.on("GET", "/x", Reply(200, [1]))
        async with talking(server, clock) as client:
            for call in (client.get("/x"), client.send("POST", "/x", body={})):
                with pytest.raises(Misconfigured) as caught:
                    await call
                assert caught.value.cause is Misconfiguration.CERTIFICATE
        assert server.requests == []
        async with talking(server, clock, trust=ssl.create_default_context(cafile=str(file))) as client:
            assert (await client.get("/x")).data == [1]


async def test_plain_http_where_https_was_expected_is_not_such_a_server(clock: FakeClock) -> None:
    async with HttpServer() as server:
        client = Client(server.url.replace("http://", "https://"), clock, first_contact=True)
        try:
            with pytest.raises(Misconfigured) as caught:
                await client.get("/x")
            assert caught.value.cause is Misconfiguration.NOT_SUCH_A_SERVER
        finally:
            await client.close()


async def test_what_asks_after_the_end_is_told_that_nothing_was_sent(clock: FakeClock) -> None:
    """An account was signed out while another task had its connection in hand."""
    async with HttpServer() as server:
        client = Client(server.url, clock)
        await client.close()
        for call in (client.get("/x"), client.send("POST", "/x", body={})):
            with pytest.raises(Offline):
                await call
        assert server.requests == []


async def test_further_secrets_of_a_request_are_blotted_out_as_well(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(400, {"error": f"no {TOKEN}, no refresh-secret"}))
        client.hide("refresh-secret", "")
        with pytest.raises(Refused) as caught:
            await client.get("/x")
        assert caught.value.technical.count("<secret>") == 2
        assert "refresh-secret" not in f"{caught.value} {caught.value.reason.values}"


async def test_a_request_may_carry_headers_of_its_own(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(200, {}))
        await client.get("/x", headers={"Authorization": "Bearer other", "atproto-proxy": "a"})
        assert (server.requests[0].headers["authorization"], server.requests[0].headers["atproto-proxy"]) == ("Bearer other", "a")


async def test_with_a_token_no_redirect_is_followed_however_it_was_given(clock: FakeClock) -> None:
    async with HttpServer() as server:
        server.on("GET", "/x", Reply(302, {}, headers={"location": "/y"}))
        server.on("GET", "/y", Reply(200, {}))
        client = Client(server.url, clock)
        try:
            assert (await client.get("/x", follow=True)).status == 200
            with pytest.raises(Offline):
                await client.get("/x", follow=True, headers={"Authorization": "Bearer t"})
        finally:
            await client.close()


async def test_bytes_and_streams_are_sent_as_they_are(clock: FakeClock) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"two"

    async with HttpServer() as server, talking(server, clock) as client:
        server.on("POST", "/x", Reply(200, {}))
        await client.send("POST", "/x", content=b"\x00\xff", headers={"Content-Type": "image/png"})
        await client.send("POST", "/x", content=chunks(), headers={"Content-Type": "video/mp4", "Content-Length": "6"})
        first, second = server.requests
        assert (first.body, first.headers["content-type"]) == (b"\x00\xff", "image/png")
        assert (second.body, second.headers["content-length"]) == (b"onetwo", "6")
        assert "transfer-encoding" not in second.headers


async def test_an_upload_may_take_longer_than_any_other_write(clock: FakeClock) -> None:
    async with HttpServer() as server:
        server.on("POST", "/x", Reply(200, {}, hold=asyncio.Event()))
        client = Client(server.url, clock, patience=Patience(silence=5, upload_silence=5, write=5))
        try:
            with pytest.raises(Offline):
                await client.send("POST", "/x", content=b"x", harmless=True, longest=0.1)
        finally:
            await client.close()


async def test_plain_text_is_answered_where_its_status_is_known(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(200, body=b"did:plc:abc\n"))
        assert (await client.get("/x", accept=(200,))).text == "did:plc:abc\n"


async def test_a_read_that_costs_is_asked_once(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(503, {}))
        for attempts in (1, 3):
            before = len(server.requests)
            with pytest.raises(Offline):
                await client.get("/x", attempts=attempts)
            assert len(server.requests) - before == attempts


async def test_what_never_reached_the_server_is_told_apart_from_a_lost_answer(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("GET", "/x", Reply(cut=Cut.UNANSWERED))
        server.on("POST", "/x", Reply(cut=Cut.UNANSWERED))
        for ask in (client.get("/x"), client.send("POST", "/x", harmless=True)):
            with pytest.raises(Offline) as caught:
                await ask
            assert not isinstance(caught.value, Unreached)
        await server.stop()
        for ask in (client.get("/x"), client.send("POST", "/x", harmless=True), client.send("POST", "/x")):
            with pytest.raises(Unreached):
                await ask


async def test_a_file_goes_under_the_name_that_the_server_wants(clock: FakeClock) -> None:
    async with HttpServer() as server, talking(server, clock) as client:
        server.on("POST", "/x", Reply(200, {}))
        await client.send("POST", "/x", file=("a.png", b"abc", "image/png"), file_field="media")
        assert b'name="media"; filename="a.png"' in server.requests[0].body
