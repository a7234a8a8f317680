"""Pictures of strangers come out small and bare, and what is made to break readers breaks none."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

import pytest
from PIL import Image

from app.media.thumbnails import FACE_SIDE, PICTURE_SIDES, NoPicture, face, small


def drawn(width: int, height: int, mode: str = "RGB", form: str = "PNG", **how: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, (width, height), (200, 30, 30, 90)[: len(mode)]).save(made, form, **how)  # type: ignore[arg-type]
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def bomb() -> bytes:
    """A PNG that says it is 30,000 by 30,000."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("JPEG", "RGB"), ("WEBP", "RGBA"), ("GIF", "P"), ("PNG", "L")]
)
def test_a_face_is_a_small_square_that_the_screen_can_read(form: str, mode: str) -> None:
    made = io.BytesIO()
    Image.new(mode, (900, 300)).save(made, form)
    image = opened(face(made.getvalue()))
    assert image.size == (FACE_SIDE, FACE_SIDE)
    assert image.format in ("JPEG", "PNG")


def test_a_picture_keeps_its_shape_and_is_never_enlarged() -> None:
    assert opened(small(drawn(3000, 1000))).size == (720, 240)
    assert opened(small(drawn(40, 20))).size == (40, 20)
    assert max(opened(small(drawn(1000, 3000))).size) <= PICTURE_SIDES[1]


def test_nothing_else_of_the_file_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    exif[0x0112] = 6
    made = small(drawn(400, 200, form="JPEG", exif=exif))
    assert b"secret" not in made
    assert opened(made).size == (200, 400)  # turned as the camera was


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload=x>",
        b"GIF89a",
        bomb(),
        drawn(20, 20)[:60],
        b"\xff\xd8\xff" + b"\0" * 99,
        b"%PDF-1.4",
        b"BM" + b"\xff" * 60,
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes) -> None:
    with pytest.raises(NoPicture):
        face(data)
    with pytest.raises(NoPicture):
        small(data)


def test_broken_bytes_anywhere_break_nothing() -> None:
    chance = Random(3)
    whole = [drawn(60, 60, form=form) for form in ("PNG", "JPEG", "GIF", "WEBP")]
    for _ in range(400):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            shown = opened(small(bytes(data)))
        except NoPicture:
            continue
        assert shown.width <= PICTURE_SIDES[0]
        assert shown.height <= PICTURE_SIDES[1]
