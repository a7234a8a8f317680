"""Makes any picture fit to be published: upright, within the limits, without EXIF, place or comments. Keeps Pillow to itself.

Decoding takes tenths of a second: call it on a worker thread.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from app.runtime.errors import DiskFull, ReadOnly, UserMistake
from app.runtime.words import Message

READ_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
"""What we write, and its media type."""
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}

NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
LARGEST_FILE = 100 * 1024 * 1024
MOST_PIXELS = 89_478_485
"""Pillow's own limit against decompression bombs: 256 MiB once decoded."""
MOST_FRAME_PIXELS = 400_000_000
"""Over all frames of an animation."""
QUALITIES = (92, 85, 78, 70, 60)
SHRINK = 0.8

BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
    UnidentifiedImageError,
)
"""What Pillow's readers raise on files that are cut short or made to break them."""


class Room(Protocol):
    """What a network leaves for one picture; a network's `Limits` are one."""

    @property
    def image_bytes(self) -> int: ...

    @property
    def image_pixels(self) -> int: ...

    @property
    def image_types(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Roomy:
    """What we keep ourselves: as large as any network takes."""

    image_bytes: int = 16_777_216
    image_pixels: int = 33_177_600
    image_types: tuple[str, ...] = ("image/jpeg", "image/png", "image/gif", "image/webp")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be sent."""

    data: bytes
    content_type: str
    width: int
    height: int
    animated: bool = False

    @property
    def ending(self) -> str:
        return ENDINGS[self.content_type]


def prepare(source: Path, room: Room) -> tuple[bytes, str]:
    """A file's picture as bytes that fit into `room`, and their media type. Raises `UserMistake`."""
    made = read(source, room)
    return made.data, made.content_type


def take_in(source: Path, folder: Path) -> str:
    """Copy a picture into `folder`, fit for any network, under a name made from its content; answers the path inside the folder.

    Raises `UserMistake` for what is no usable picture and `DiskTrouble` where it cannot be written.
    """
    made = read(source)
    digest = hashlib.sha256(made.data).hexdigest()[:32]
    inside = f"{digest[:2]}/{digest}{made.ending}"
    target = folder / inside
    if target.exists():
        return inside
    partial = target.with_suffix(f".{os.getpid()}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(made.data)
        partial.replace(target)
    except OSError as error:
        raise (DiskFull if error.errno in NO_SPACE else ReadOnly)(technical=f"picture: {error.strerror}") from error
    return inside


def read(source: Path, room: Room | None = None) -> Prepared:
    """Read a file and `fit` it. Raises `UserMistake` when it cannot be read."""
    name = source.name
    try:
        if source.stat().st_size > LARGEST_FILE:
            raise _mistake("too_many_bytes", name=name, megabytes=LARGEST_FILE // 1024 // 1024)
        data = source.read_bytes()
    except OSError as error:
        raise _mistake("unreadable", name=name) from error
    return fit(data, name, room)


def fit(data: bytes, name: str, room: Room | None = None) -> Prepared:
    """Turn upright, make fit, leave out everything but the picture. Raises `UserMistake` with what is wrong; `name` is for that sentence."""
    room = room or Roomy()
    decoded = _decoded(data, name, room)
    if len(decoded.frames) > 1 and decoded.kind in TYPES:
        return _animation(decoded, name, room)
    return _still(decoded, name, room)


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What Pillow made of a file: 8-bit frames without metadata, and how long each stands."""

    kind: str
    frames: tuple[Image.Image, ...]
    milliseconds: tuple[int, ...] = ()
    loop: int = 0


def _decoded(data: bytes, name: str, room: Room) -> _Decoded:
    """Everything in here runs on a stranger's bytes; nothing out of it does."""
    try:
        with Image.open(io.BytesIO(data), formats=READ_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _mistake("too_many_pixels", name=name, megapixels=MOST_PIXELS // 1_000_000)
            kind = str(image.format)
            count = getattr(image, "n_frames", 1)
            moves = count > 1 and TYPES.get(kind, "") in room.image_types and image.width * image.height <= room.image_pixels
            if not moves:
                image.load()
                return _Decoded(kind, (_plain(ImageOps.exif_transpose(image) or image),))
            if image.width * image.height * count > MOST_FRAME_PIXELS:
                raise _mistake("too_many_pixels", name=name, megapixels=MOST_FRAME_PIXELS // 1_000_000)
            frames: list[Image.Image] = []
            times: list[int] = []
            for frame in ImageSequence.Iterator(image):
                times.append(int(frame.info.get("duration", 100) or 100))
                frames.append(_bare(frame.convert("RGBA")))
            return _Decoded(kind, tuple(frames), tuple(times), int(image.info.get("loop", 0) or 0))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _mistake("too_many_pixels", name=name, megapixels=MOST_PIXELS // 1_000_000) from error
    except UnidentifiedImageError as error:
        raise _mistake("not_a_picture", name=name) from error
    except BROKEN as error:
        raise _mistake("broken", name=name) from error


def _still(decoded: _Decoded, name: str, room: Room) -> Prepared:
    plain = _fitting(decoded.frames[0], room.image_pixels)
    for _ in range(12):
        for made in _attempts(plain, decoded.kind, room):
            if len(made.data) <= room.image_bytes:
                return made
        if min(plain.size) < 16:
            break
        plain = plain.resize((max(1, round(plain.width * SHRINK)), max(1, round(plain.height * SHRINK))), Image.Resampling.LANCZOS)
    raise _mistake("does_not_fit", name=name, kilobytes=room.image_bytes // 1024)


def _attempts(image: Image.Image, kind: str, room: Room) -> Iterator[Prepared]:
    """The picture written in one way after another, the faithful ones first."""
    transparent = image.mode == "RGBA"
    drawn = kind in ("PNG", "GIF", "BMP", "TIFF")
    if "image/png" in room.image_types and (drawn or transparent):
        yield _written(image, "PNG", optimize=image.width * image.height < 4_000_000)
    if transparent and "image/webp" in room.image_types:
        for quality in QUALITIES:
            yield _written(image, "WEBP", quality=quality)
    if "image/jpeg" in room.image_types:
        flat = _on_white(image) if transparent else image
        for quality in QUALITIES:
            yield _written(flat, "JPEG", quality=quality, optimize=True, progressive=True)
    elif "image/webp" in room.image_types:
        for quality in QUALITIES:
            yield _written(image, "WEBP", quality=quality)
    elif "image/png" in room.image_types:
        yield _written(image, "PNG", optimize=True)


def _animation(decoded: _Decoded, name: str, room: Room) -> Prepared:
    """Frames and their times, nothing else; an animation is never made smaller, so one that is too large is refused."""
    first, *others = decoded.frames
    out = io.BytesIO()
    options: dict[str, Any] = {"disposal": 2} if decoded.kind == "GIF" else {}
    first.save(
        out,
        format=decoded.kind,
        save_all=True,
        append_images=others,
        duration=list(decoded.milliseconds),
        loop=decoded.loop,
        **options,
    )
    if out.tell() > room.image_bytes:
        raise _mistake("does_not_fit", name=name, kilobytes=room.image_bytes // 1024)
    return Prepared(out.getvalue(), TYPES[decoded.kind], first.width, first.height, animated=True)


def _plain(image: Image.Image) -> Image.Image:
    """As 8-bit sRGB, with transparency only if there is any, and without a word of metadata."""
    if image.mode.startswith("I") or image.mode == "F":
        image = _eight_bit(image)
    transparent = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    wanted = "RGBA" if transparent else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode not in ("RGB", "RGBA", "CMYK", "L"):
                image = image.convert(wanted)
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=wanted if image.mode != "CMYK" else "RGB")
            image = converted if converted is not None else image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # A profile that does not fit its picture: the colours stay as they are.
    image = image.convert(wanted)
    if transparent and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    return _bare(image)


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit greys become 8-bit ones by scaling: Pillow's own conversion cuts them off."""
    if image.mode == "F":
        return image.convert("L")
    deep = image.convert("I")
    highest = max(255, int(deep.getextrema()[1]))  # type: ignore[arg-type]
    return deep.point(lambda value: value * (255 / (65535 if highest > 255 else 255))).convert("L")


def _bare(image: Image.Image) -> Image.Image:
    """Pillow writes comments, EXIF and XMP that hang on a picture into some formats unasked."""
    bare = image.copy()
    bare.info = {}
    bare.getexif().clear()
    return bare


def _fitting(image: Image.Image, pixels: int) -> Image.Image:
    if image.width * image.height <= pixels:
        return image
    factor = (pixels / (image.width * image.height)) ** 0.5
    return image.resize((max(1, int(image.width * factor)), max(1, int(image.height * factor))), Image.Resampling.LANCZOS)


def _on_white(image: Image.Image) -> Image.Image:
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _written(image: Image.Image, kind: str, **options: Any) -> Prepared:
    out = io.BytesIO()
    image.save(out, format=kind, **options)
    return Prepared(out.getvalue(), TYPES[kind], image.width, image.height)


def _mistake(what: str, **values: object) -> UserMistake:
    return UserMistake(Message(f"picture.{what}", values), field="pictures")
