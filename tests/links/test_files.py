"""Files at an address: in pieces, within bounds, from a public address alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.links.files import fetch_file
from app.links.pages import Pages
from app.runtime.errors import UserMistake
from tests.fakes.http_server import HttpServer, Reply


async def test_a_file_comes_in_pieces_with_progress(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    async with HttpServer() as http:
        http.on("GET", "/feed", Reply(200, body=b"x" * 700_000, headers={"content-type": "text/csv"}))
        target = tmp_path / "feed"
        await fetch_file(Pages(private=True), f"{http.url}/feed", target, 1_000_000, lambda *told: heard.append(told))
        assert target.read_bytes() == b"x" * 700_000
    assert heard[-1] == (700_000, 700_000)
    assert len(heard) > 1


@pytest.mark.parametrize("reply", [Reply(404, {}), Reply(200, body=b"x" * 5000, headers={"content-type": "text/csv"})])
async def test_what_is_not_there_or_too_large_is_said(tmp_path: Path, reply: Reply) -> None:
    async with HttpServer() as http:
        http.on("GET", "/feed", reply)
        with pytest.raises(UserMistake, match="not_fetched"):
            await fetch_file(Pages(private=True), f"{http.url}/feed", tmp_path / "feed", 4000, lambda *_told: None)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/feed", "http://example.com/feed", "file:///etc/passwd", "https://[::1]/"]
)
async def test_only_encrypted_addresses_out_on_the_internet_are_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(UserMistake, match="not_fetched"):
        await fetch_file(Pages(encrypted=True), url, tmp_path / "feed", 4000, lambda *_told: None)


async def test_a_listener_may_stop_it(tmp_path: Path) -> None:
    class Enough(Exception):
        """The user wants no more."""

    def tell(_here: int, _expected: int) -> None:
        raise Enough

    async with HttpServer() as http:
        http.on("GET", "/feed", Reply(200, body=b"x" * 5000, headers={"content-type": "text/csv"}))
        with pytest.raises(Enough):
            await fetch_file(Pages(private=True), f"{http.url}/feed", tmp_path / "feed", 10_000, tell)
