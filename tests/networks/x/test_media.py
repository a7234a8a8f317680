"""Uploading: whole or in pieces, from memory or from a file, processed and described before anything is published."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.networks.outgoing import Upload
from app.networks.x import media
from app.networks.x.connection import XConnection
from app.runtime.errors import Offline, Refused
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.x.conftest import Opening

SMALL = b"\x89PNG" + b"p" * 500
LARGE = bytes(range(256)) * 12_000


async def upload(connection: XConnection, clock: FakeClock, picture: Upload) -> str:
    """Moves the clock to each next waking until it is done; the server's answers take real, short time."""
    async with asyncio.TaskGroup() as group:
        work = group.create_task(connection.upload(picture))
        while not work.done():
            await asyncio.sleep(0.001)
            if clock.next_waking_at is not None:
                clock.advance(clock.next_waking_at - clock.now())
    return work.result()


async def test_a_small_picture_goes_whole_and_is_described_before_the_post(opening: Opening) -> None:
    async with opening() as (server, connection):
        media_id = await connection.upload(Upload(SMALL, "image/png", "a.png", "Portada azul"))
        assert server.media[media_id] == {
            "category": "tweet_image",
            "data": SMALL,
            "total": len(SMALL),
            "done": True,
            "alt": "Portada azul",
        }
        assert +server.charged == {"alt_text": 1}


async def test_a_large_one_goes_in_pieces_of_a_megabyte(opening: Opening) -> None:
    async with opening() as (server, connection):
        media_id = await connection.upload(Upload(LARGE, "image/jpeg", "a.jpg"))
        assert server.media[media_id]["data"] == LARGE
        pieces = server.http.asked("POST", f"/2/media/upload/{media_id}/append")
        assert len(pieces) == 4
        assert max(len(piece.body) for piece in pieces) < 1_001_000
        assert server.media[media_id]["category"] == "tweet_image"
        assert +server.charged == {}  # nothing to describe


async def test_a_gif_and_a_video_have_their_own_kinds(opening: Opening, clock: FakeClock, tmp_path: Path) -> None:
    async with opening() as (server, connection):
        gif = await connection.upload(Upload(SMALL, "image/gif", "a.gif", "Gira"))
        assert (server.media[gif]["category"], server.media[gif]["alt"]) == ("tweet_gif", "Gira")
        film = tmp_path / "film.mp4"
        film.write_bytes(LARGE)
        server.media_states = ["pending", "in_progress", "succeeded"]
        video = await upload(connection, clock, Upload(b"", "video/mp4", "film.mp4", "No se describe", file=film))
        assert (server.media[video]["category"], server.media[video]["data"]) == ("tweet_video", LARGE)
        assert "alt" not in server.media[video]
        assert len(server.http.asked("GET", "/2/media/upload")) == 2


async def test_a_video_that_x_cannot_read_is_refused(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.media_states = ["failed"]
        with pytest.raises(Refused) as caught:
            await connection.upload(Upload(SMALL, "video/mp4", "a.mp4"))
        assert caught.value.reason.id == "network.x.media_failed"


async def test_a_video_that_takes_for_ever_is_left_for_later(opening: Opening, clock: FakeClock) -> None:
    async with opening() as (server, connection):
        server.media_states = ["pending"] * 1000
        with pytest.raises(ExceptionGroup) as caught:
            await upload(connection, clock, Upload(SMALL, "video/mp4", "a.mp4"))
        assert isinstance(caught.value.exceptions[0], Offline)


async def test_smaller_pieces_where_a_megabyte_is_too_much(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opening() as (server, connection):
        server.piece_limit = 600_000
        media_id = await connection.upload(Upload(LARGE, "image/jpeg", "a.jpg"))
        assert server.media[media_id]["data"] == LARGE
        server.piece_limit = 1000
        with pytest.raises(Refused) as caught:
            await connection.upload(Upload(LARGE, "image/jpeg", "a.jpg"))
        assert caught.value.reason.id == "network.refused.too_large"
        monkeypatch.setattr(media, "MOST_PIECES", 2)
        with pytest.raises(Refused):
            await connection.upload(Upload(LARGE, "image/jpeg", "a.jpg"))


async def test_an_upload_that_breaks_may_be_repeated(opening: Opening) -> None:
    async with opening() as (server, connection):
        server.http.on("POST", "/2/media/upload", Reply(500, {}))
        with pytest.raises(Offline):
            await connection.upload(Upload(SMALL, "image/png", "a.png"))
        server.http.on("POST", "/2/media/upload", Reply(200, {"data": {}}))
        with pytest.raises(Offline):
            await connection.upload(Upload(SMALL, "image/png", "a.png"))
