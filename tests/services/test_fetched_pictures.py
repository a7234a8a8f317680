"""A picture at an address that a file named: made anew in the profile, or left out."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from app.services.fetched_pictures import fetched


async def test_a_picture_is_made_anew_and_what_is_none_is_left_out(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(file, "PNG")
    there = {
        "https://a.example/1.png": file.getvalue(),
        "https://a.example/2.png": b"<html>",
        "https://a.example/3.png": None,
    }

    async def fetch(url: str, _most: int) -> bytes | None:
        return there[url]

    found = [await fetched(fetch, url, tmp_path, "Marea") for url in there]
    assert found[0] is not None
    assert found[0].alt == "Marea"
    assert (tmp_path / found[0].path).exists()
    assert found[1:] == [None, None]
    assert await fetched(fetch, "", tmp_path) is None
