"""A picture at a network comes over an encrypted line from a public address, or not at all."""

from __future__ import annotations

import pytest

from app.links.pages import Pages
from app.links.pictures import picture
from tests.fakes.http_server import HttpServer, Reply

PNG = {"content-type": "image/png"}


async def test_a_picture_comes_as_it_is() -> None:
    async with HttpServer() as http:
        http.on("GET", "/a.png", Reply(body=b"data", headers=PNG))
        assert await picture(Pages(private=True), f"{http.url}/a.png", 100) == b"data"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 101, headers=PNG),
        Reply(body=b"<p>"),
        Reply(404, body=b"", headers=PNG),
        Reply(302, body=b"", headers={"location": "file:///etc/passwd"}),
    ],
)
async def test_what_is_too_large_or_no_picture_does_not(reply: Reply) -> None:
    async with HttpServer() as http:
        http.on("GET", "/a.png", reply)
        assert await picture(Pages(private=True), f"{http.url}/a.png", 100) is None


async def test_nothing_is_asked_of_this_computer_or_over_an_open_line() -> None:
    async with HttpServer() as http:
        http.on("GET", "/a.png", Reply(body=b"data", headers=PNG))
        for pages in (Pages(), Pages(private=True, encrypted=True)):
            assert await picture(pages, f"{http.url}/a.png", 100) is None
        for url in (
            "javascript:x",
            "file:///etc/passwd",
            "",
            "data:image/png;base64,aa",
            "http://[::1",
            "https://user:pw@host.example/a",
        ):
            assert await picture(Pages(private=True), url, 100) is None
        assert http.requests == []
