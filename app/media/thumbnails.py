"""Pictures of strangers made small: decoded under limits, the first frame alone, written anew without anything else that was in the file.

Decoding takes tenths of a second: call it on a worker thread.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from app.media.pictures import BROKEN

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
MOST_PIXELS = 24_000_000
"""Width times height, by the file's own word, before anything is decoded: about 96 MiB."""
FACE_SIDE = 144
"""Three times the largest face, for dense screens."""
PICTURE_SIDES = (720, 480)

_BROKEN = (*BROKEN, MemoryError, Image.DecompressionBombError, Warning)
"""As for the user's own pictures, and what a picture made to break the reader may bring besides; warnings where they are made errors."""


class NoPicture(Exception):
    """The data is no picture that can be shown; the words are for the log."""


def face(data: bytes) -> bytes:
    """A square of it, as a file that the screen can read."""
    image = _decoded(data, (FACE_SIDE * 2, FACE_SIDE * 2))
    return _written(ImageOps.fit(image, (FACE_SIDE, FACE_SIDE)))


def small(data: bytes) -> bytes:
    """The whole of it, at most `PICTURE_SIDES` large."""
    image = _decoded(data, PICTURE_SIDES)
    image.thumbnail(PICTURE_SIDES)
    return _written(image)


def _decoded(data: bytes, wanted: tuple[int, int]) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS or not image.width or not image.height:
                raise NoPicture(f"{image.width} x {image.height}")
            image.draft("RGB", wanted)
            image.load()
            upright = ImageOps.exif_transpose(image)
            see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            return upright.convert("RGBA" if see_through else "RGB")
    except _BROKEN as error:
        raise NoPicture(type(error).__name__) from error


def _written(image: Image.Image) -> bytes:
    made = io.BytesIO()
    if image.mode == "RGBA":
        image.save(made, "PNG", optimize=True)
    else:
        image.save(made, "JPEG", quality=85, optimize=True)
    return made.getvalue()
