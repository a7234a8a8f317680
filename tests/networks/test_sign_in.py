"""The loopback address hears one redirect, and only the one that carries our state."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re

import pytest

from app.networks.network import SignInRequest
from app.networks.sign_in import new_state, pkce, redirect
from app.runtime.errors import Offline, Refused, UserMistake

REQUEST = SignInRequest(allowed_page="Listo <b>ya</b>.", denied_page="No se dio permiso.", page_language="es")


async def knock(address: str, query: str, method: str = "GET", path: str = "/callback") -> str:
    """What a browser sees there."""
    port = int(address.split(":")[2].split("/")[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{method} {path}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    answer = (await reader.read()).decode()
    writer.close()
    return answer


async def test_the_code_arrives_and_the_browser_shows_the_users_words_as_plain_text() -> None:
    async with redirect("s1", REQUEST) as back:
        assert back.address.startswith("http://127.0.0.1:")
        page = await knock(back.address, "code=c%201&state=s1")
        assert await back.code() == "c 1"
    assert page.startswith("HTTP/1.1 200")
    assert "Listo &lt;b&gt;ya&lt;/b&gt;." in page
    assert '<html lang="es">' in page
    assert "default-src 'none'" in page
    assert "frame-ancestors 'none'" in page


@pytest.mark.parametrize(
    ("query", "method", "path"),
    [("code=c&state=other", "GET", "/callback"), ("code=c", "GET", "/callback"), ("code=c&state=s1", "POST", "/callback"), ("code=c&state=s1", "GET", "/favicon.ico")],
)
async def test_a_stranger_changes_nothing(query: str, method: str, path: str) -> None:
    async with redirect("s1", REQUEST) as back:
        assert (await knock(back.address, query, method, path)).startswith("HTTP/1.1 404")
        await knock(back.address, "code=right&state=s1")
        assert await back.code() == "right"


async def test_the_first_answer_counts() -> None:
    async with redirect("s1", REQUEST) as back:
        await knock(back.address, "code=first&state=s1")
        await knock(back.address, "code=second&state=s1")
        assert await back.code() == "first"


async def test_saying_no_is_said_clearly() -> None:
    async with redirect("s1", REQUEST) as back:
        page = await knock(back.address, "error=access_denied&state=s1")
        with pytest.raises(UserMistake) as caught:
            await back.code()
    assert caught.value.message.id == "network.sign_in.denied"
    assert "No se dio permiso." in page


async def test_a_servers_own_refusal_comes_with_its_words() -> None:
    async with redirect("s1", REQUEST) as back:
        await knock(back.address, "error=invalid_scope&error_description=Scope+is+unknown&state=s1")
        with pytest.raises(Refused) as caught:
            await back.code()
    assert caught.value.reason.values["words"] == "Scope is unknown"


async def test_waiting_ends() -> None:
    async with redirect("s1", REQUEST) as back:
        with pytest.raises(UserMistake) as caught:
            await back.code(seconds=0.01)
    assert caught.value.message.id == "network.sign_in.too_long"


async def test_cancelling_closes_the_port() -> None:
    entered = asyncio.Event()
    addresses: list[str] = []

    async def wait() -> None:
        async with redirect("s1", REQUEST) as back:
            addresses.append(back.address)
            entered.set()
            await back.code()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(wait())
        await entered.wait()
        task.cancel()
    with pytest.raises(OSError, match=r"refused|Connect"):
        await knock(addresses[0], "code=c&state=s1")


async def test_noise_on_the_port_is_ignored() -> None:
    async with redirect("s1", REQUEST) as back:
        port = int(back.address.split(":")[2].split("/")[0])
        for noise in (b"", b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", b"x" * 40_000):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(noise)
            writer.close()
        await knock(back.address, "code=c&state=s1")
        assert await back.code() == "c"


def test_the_challenge_is_the_digest_of_the_verifier() -> None:
    pair = pkce()
    digest = hashlib.sha256(pair.verifier.encode()).digest()
    assert pair.challenge == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert 43 <= len(pair.verifier) <= 128
    assert pkce().verifier != pair.verifier
    assert new_state() != new_state()


async def test_a_registered_address_has_a_port_of_its_own_which_may_be_taken() -> None:
    async with redirect("s1", REQUEST) as first:
        port = int(first.address.split(":")[2].split("/")[0])
        with pytest.raises(Offline) as caught:
            async with redirect("s2", REQUEST, port):
                pass
        assert caught.value.message.id == "network.sign_in.port_taken"
    async with redirect("s2", REQUEST, port) as second:
        assert second.address == first.address


async def test_an_address_may_be_named_localhost_and_have_no_path() -> None:
    async with redirect("state", SignInRequest(), name="localhost", path="") as back:
        assert re.fullmatch(r"http://localhost:\d+", back.address)
        assert "404" in await knock(back.address, "code=x&state=state", path="/callback")
        assert "200" in await knock(back.address, "code=x&state=state", path="/")
        assert await back.code() == "x"
