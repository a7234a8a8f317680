"""Fetching a page: only what is out on the internet, only so much, only so long."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any

import pytest

from app.links.pages import MOST_REDIRECTS, NotFetched, Pages, is_public
from tests.fakes.http_server import Cut, HttpServer, Reply

HTML = ("text/html",)


def page(body: bytes = b"<title>T</title>", content_type: str = "text/html; charset=utf-8") -> Reply:
    return Reply(200, body=body, headers={"content-type": content_type})


async def test_a_page_comes_with_its_type_and_charset() -> None:
    async with HttpServer() as http:
        http.on("GET", "/a", page())
        fetched = await Pages(private=True).fetch(f"{http.url}/a?b=c", HTML, 1000, whole=False)
        assert (fetched.content_type, fetched.charset, fetched.data) == ("text/html", "utf-8", b"<title>T</title>")
        (request,) = http.requests
        assert (request.first("b"), request.headers["host"]) == ("c", f"127.0.0.1:{http.port}")
        assert "authorization" not in request.headers
        assert "cookie" not in request.headers


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
    ],
)
def test_what_is_not_out_on_the_internet_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_the_rest_is(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "127.1", "[::ffff:127.0.0.1]"]
)
async def test_this_computer_is_never_spoken_with_however_it_is_written(host: str) -> None:
    async with HttpServer() as http:
        http.on("GET", "/", page())
        with pytest.raises(NotFetched):
            await Pages().fetch(f"http://{host}:{http.port}/", HTML, 1000, whole=False)
        assert http.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "http://",
        "//a.example",
        "https://user:pass@a.example/",
        "http://[::1",
        "http://a.example:99999/",
        "data:text/html,x",
        "",
    ],
)
async def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(NotFetched):
        await Pages(private=True).fetch(url, HTML, 1000, whole=False)


async def test_a_redirect_is_looked_at_like_the_first_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async with HttpServer() as http:
        http.on("GET", "/a", Reply(302, {}, headers={"location": f"http://inside.example:{http.port}/b"}))
        http.on("GET", "/b", page())
        pages = Pages()
        names = {"outside.example": "93.184.215.14", "inside.example": "127.0.0.1"}
        asked: list[str] = []

        async def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host], 80))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
        monkeypatch.setattr(
            "app.links.pages.is_public", lambda address: str(address) != "127.0.0.1" or asked == ["outside.example"]
        )
        names["outside.example"] = "127.0.0.1"
        with pytest.raises(NotFetched, match="no public address"):
            await pages.fetch(f"http://outside.example:{http.port}/a", HTML, 1000, whole=False)
        assert asked == ["outside.example", "inside.example"]
        assert [request.path for request in http.requests] == ["/a"]
        assert http.requests[0].headers["host"] == f"outside.example:{http.port}"


async def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    with pytest.raises(NotFetched, match="no public address"):
        await Pages().fetch("http://rebinding.example/", HTML, 1000, whole=False)


async def test_redirects_end_sometime() -> None:
    async with HttpServer() as http:
        http.on("GET", "/a", Reply(302, {}, headers={"location": "/a", "set-cookie": "a=b"}))
        with pytest.raises(NotFetched, match="redirects"):
            await Pages(private=True).fetch(f"{http.url}/a", HTML, 1000, whole=False)
        assert len(http.requests) == MOST_REDIRECTS + 1
        assert not any("cookie" in request.headers for request in http.requests)


async def test_no_more_is_taken_than_is_wanted() -> None:
    async with HttpServer() as http:
        http.on("GET", "/a", page(b"x" * 100_000))
        pages = Pages(private=True)
        assert len((await pages.fetch(f"{http.url}/a", HTML, 5_000, whole=False)).data) == 5_000
        with pytest.raises(NotFetched, match="too large"):
            await pages.fetch(f"{http.url}/a", HTML, 5_000, whole=True)


async def test_a_page_that_never_ends_is_given_up() -> None:
    async with HttpServer() as http:
        http.on("GET", "/a", Reply(200, {}, hold=asyncio.Event()))
        with pytest.raises(NotFetched):
            await Pages(private=True, seconds=0.2).fetch(f"{http.url}/a", HTML, 1000, whole=False)


@pytest.mark.parametrize(
    ("reply", "answers"),
    [
        (page(), True),
        (page(content_type="application/pdf"), True),
        (Reply(404, {}), False),
        (Reply(410, {}), False),
        (Reply(403, {}), None),
        (Reply(500, {}), None),
        (Reply(200, {}, cut=Cut.UNANSWERED), None),
    ],
)
async def test_whether_a_page_answers(reply: Reply, *, answers: bool | None) -> None:
    async with HttpServer() as http:
        http.on("GET", "/a", reply)
        assert await Pages(private=True).answers(f"{http.url}/a") is answers


async def test_whether_a_page_of_this_computer_answers_is_not_told() -> None:
    async with HttpServer() as http:
        http.on("GET", "/", page())
        assert await Pages().answers(f"{http.url}/") is None
