"""A picture at an address that a file named: fetched safely and made anew in the profile."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.media.pictures import LARGEST_FILE, take_in
from app.models.post import Picture
from app.runtime.errors import UserMistake

FetchPicture = Callable[[str, int], Awaitable[bytes | None]]
"""(address, most bytes) -> the file, or None."""


async def fetched(fetch: FetchPicture, url: str, media: Path, alt: str = "") -> Picture | None:
    """Into the media folder; None where it cannot be had, or is no picture."""
    data = await fetch(url, LARGEST_FILE) if url else None
    if data is None:
        return None
    try:
        return Picture(await asyncio.to_thread(_take_in, data, media), alt)
    except UserMistake:
        return None


def _take_in(data: bytes, media: Path) -> str:
    handle, name = tempfile.mkstemp(prefix="tertulia-picture-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return take_in(path, media)
    finally:
        path.unlink(missing_ok=True)
