"""Pictures, GIFs and videos to X: whole where small, else in pieces; waited for until X has finished with them, described before the post."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from app.networks import fields
from app.networks.client import Answer
from app.networks.outgoing import Upload
from app.networks.x import api
from app.networks.x.session import Session
from app.networks.x.troubles import TOO_LARGE
from app.networks.x.wire import data_of
from app.runtime.errors import Offline, Refused
from app.runtime.words import Message

PIECE = 1_000_000
"""Bytes; pieces of 5 MB were answered with 431 (abraham/twitteroauth#1257)."""
SMALLEST_PIECE = 125_000
MOST_PIECES = 1_000
LONGEST_WAIT = 900.0
"""Seconds that X may take over a video."""
USUAL_WAIT = 5
ALT_LENGTH = 1_000


class Media(Session):
    """Uploading. Doing it twice is harmless: what no post uses, X forgets."""

    async def upload(self, picture: Upload) -> str:
        """The media id, once X has finished with it."""
        video = picture.content_type.startswith("video/")
        kind = "video" if video else "gif" if picture.content_type == "image/gif" else "image"
        category = f"{'dm' if picture.private else 'tweet'}_{kind}"
        size = await asyncio.to_thread(_size, picture)
        if kind == "image" and size <= PIECE:
            answer = await api.upload_whole(self._wire, (picture.name, picture.data, picture.content_type), category)
            media_id = _id(answer)
        else:
            media_id, answer = await self._in_pieces(picture, size, category)
        await self._processed(media_id, answer)
        alt = fields.clean(picture.alt).strip()[:ALT_LENGTH]
        if alt and not video:
            await api.describe(self._wire, media_id, alt)
        return media_id

    async def _in_pieces(self, picture: Upload, size: int, category: str) -> tuple[str, Answer]:
        piece = PIECE
        while True:
            media_id = _id(await api.upload_begin(self._wire, picture.content_type, size, category))
            if await self._append_all(media_id, picture, piece):
                return media_id, await api.upload_end(self._wire, media_id)
            piece //= 2
            if piece < SMALLEST_PIECE or size / piece > MOST_PIECES:
                raise Refused(Message("network.refused.too_large"), technical="upload: even small pieces are too large")

    async def _append_all(self, media_id: str, picture: Upload, piece: int) -> bool:
        """False when X takes no pieces of this size."""
        number = 0
        async for data in _pieces(picture, piece):
            answer = await api.upload_append(self._wire, media_id, number, (picture.name, data, picture.content_type))
            if answer.status in TOO_LARGE:
                return False
            number += 1
        return True

    async def _processed(self, media_id: str, answer: Answer) -> None:
        waited = 0.0
        while True:
            info = fields.inner(data_of(answer), "processing_info")
            state = fields.text(info, "state")
            if state == "failed":
                words = self._wire.client.clean(str(fields.mapping(info.get("error")).get("message") or ""))
                raise Refused(
                    Message("network.x.media_failed", {"words": words}), technical=f"media {media_id}: failed"
                )
            if state not in ("pending", "in_progress"):
                return
            if waited >= LONGEST_WAIT:
                raise Offline(
                    Message("network.media_slow", {"host": "X"}), technical=f"media {media_id} still processing"
                )
            seconds = min(fields.positive(info, "check_after_secs", USUAL_WAIT), 60)
            await self._wire.clock.sleep(seconds)
            waited += seconds
            answer = await api.upload_status(self._wire, media_id)


def _id(answer: Answer) -> str:
    media_id = fields.identity(data_of(answer))
    if not media_id:
        raise Offline(technical="upload: no id")
    return media_id


def _size(picture: Upload) -> int:
    return picture.file.stat().st_size if picture.file is not None else len(picture.data)


async def _pieces(picture: Upload, size: int) -> AsyncIterator[bytes]:
    """A video is read from its file piece by piece, on a thread."""
    if picture.file is None:
        for start in range(0, len(picture.data), size):
            yield picture.data[start : start + size]
        return
    position = 0
    while data := await asyncio.to_thread(_read, picture.file, position, size):
        yield data
        position += len(data)


def _read(file: Path, position: int, size: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(position)
        return stream.read(size)
