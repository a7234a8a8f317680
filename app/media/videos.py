"""What a video is (length, size, pixels, codec), read from the boxes of its MP4 or MOV file; and whether a network takes it.

Copies into the profile lose their place and other remarks; picture and sound are not touched. Blocks: call it on a worker thread.
Source: ISO/IEC 14496-12 (file format), Apple's QuickTime File Format (boxes `udta` and `meta`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.words import Message

TYPES = {".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime"}
LARGEST_INDEX = 64 * 1024 * 1024
"""A `moov` box beyond this is no video that anybody made."""
INSIDE = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
"""Boxes that hold boxes."""
REMARKS = (b"udta", b"meta")
"""Boxes that tell where and by whom it was filmed."""
CODECS = {"avc1": "h264", "avc3": "h264", "hvc1": "hevc", "hev1": "hevc", "av01": "av1", "vp09": "vp9", "mp4v": "mpeg4"}
CODEC_NAMES = {"h264": "H.264", "hevc": "HEVC", "av1": "AV1", "vp9": "VP9", "mpeg4": "MPEG-4"}
CHUNK = 1024 * 1024


class Room(Protocol):
    """What a network leaves for one video; a network's `Limits` are one. 0: not limited (but `videos`: none)."""

    @property
    def videos(self) -> int: ...

    @property
    def video_bytes(self) -> int: ...

    @property
    def video_seconds(self) -> float: ...

    @property
    def video_shortest_seconds(self) -> float: ...

    @property
    def video_types(self) -> tuple[str, ...]: ...

    @property
    def video_pixels(self) -> int: ...

    @property
    def video_codecs(self) -> tuple[str, ...]: ...

    @property
    def video_rate(self) -> float: ...


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """A video as networks judge it. Pixels as shown: turned where the film says so."""

    content_type: str
    bytes: int
    seconds: float
    width: int
    height: int
    codec: str
    """`h264`, `hevc` ... or the four letters in the file."""
    rate: float = 0.0
    """Pictures a second, on average; 0 where the file does not tell."""


def is_video(file: Path) -> bool:
    """By its name."""
    return file.suffix.lower() in TYPES


def facts_of(file: Path) -> VideoFacts:
    """Raises `UserMistake` where the file is none, or is cut short."""
    try:
        with file.open("rb") as source:
            size = source.seek(0, os.SEEK_END)
            moov = _index(source, size, file.name)
    except OSError as error:
        raise _mistake("unreadable", name=file.name) from error
    try:
        return _facts(moov, TYPES.get(file.suffix.lower(), "video/mp4"), size, file.name)
    except (struct.error, IndexError, UnicodeDecodeError, ZeroDivisionError) as error:
        raise _mistake("broken", name=file.name) from error


def trouble_with(facts: VideoFacts, room: Room, name: str, where: str) -> Message | None:
    """Why the network of the account `where` does not take it, with the exact limit; None when it does."""
    named: dict[str, object] = {"name": name, "handle": where}
    if not room.videos:
        return Message("video.not_taken", named)
    if room.video_types and facts.content_type not in room.video_types:
        return Message("video.type", {**named, "types": ", ".join(_ending(kind) for kind in room.video_types)})
    if room.video_bytes and facts.bytes > room.video_bytes:
        return Message("video.too_many_bytes", {**named, "megabytes": round(room.video_bytes / 1_000_000), "has": -(-facts.bytes // 1_000_000)})
    if room.video_seconds and facts.seconds > room.video_seconds:
        return Message("video.too_long", {**named, "seconds": round(room.video_seconds), "has": -int(-facts.seconds // 1)})
    if facts.seconds < room.video_shortest_seconds:
        return Message("video.too_short", {**named, "seconds": room.video_shortest_seconds, "has": round(facts.seconds, 1)})
    if room.video_pixels and facts.width * facts.height > room.video_pixels:
        return Message("video.too_many_pixels", {**named, "megapixels": round(room.video_pixels / 1_000_000, 1), "has": f"{facts.width} × {facts.height}"})
    if room.video_codecs and facts.codec not in room.video_codecs:
        codecs = ", ".join(CODEC_NAMES.get(codec, codec) for codec in room.video_codecs)
        return Message("video.codec", {**named, "codecs": codecs, "has": CODEC_NAMES.get(facts.codec, facts.codec)})
    if is_too_fast(facts.rate, room.video_rate):
        return Message("video.too_fast", {**named, "rate": round(room.video_rate), "has": round(facts.rate)})
    return None


def is_too_fast(rate: float, limit: float) -> bool:
    """In whole pictures a second: 60 of them are often written as 60.02."""
    return bool(limit) and round(rate) > limit


def take_in(source: Path, folder: Path) -> str:
    """Copy a video into `folder` without its remarks, under a name made from its content; answers the path inside the folder.

    Raises `UserMistake` for what is no usable video and `DiskTrouble` where it cannot be written.
    """
    facts_of(source)
    partial = folder / f"video.{os.getpid()}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        digest = _copy(source, partial)
        inside = f"{digest[:2]}/{digest}{source.suffix.lower()}"
        target = folder / inside
        target.parent.mkdir(exist_ok=True)
        partial.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise disk_trouble(error) from error
    return inside


def _copy(source: Path, target: Path) -> str:
    """Byte for byte but for the remarks, which become free room of the same size; answers the digest."""
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("wb") as writer:
        size = reader.seek(0, os.SEEK_END)
        boxes = list(_top(reader, size))
        for kind, start, header, length in boxes:
            reader.seek(start)
            if kind == b"moov" and length <= LARGEST_INDEX:
                data = _without_remarks(reader.read(length), header)
                digest.update(data)
                writer.write(data)
                continue
            head = reader.read(header)
            if kind in (*REMARKS, b"uuid"):
                head = head[:4] + b"free" + head[8:]
            digest.update(head)
            writer.write(head)
            left = length - header
            while left > 0 and (chunk := reader.read(min(CHUNK, left))):
                left -= len(chunk)
                chunk = bytes(len(chunk)) if kind in (*REMARKS, b"uuid") else chunk
                digest.update(chunk)
                writer.write(chunk)
    return digest.hexdigest()[:32]


def _without_remarks(data: bytes, header: int) -> bytes:
    clean = bytearray(data)

    def go(begin: int, end: int) -> None:
        for kind, start, inner, stop in _boxes(data, begin, end):
            if kind in REMARKS or kind == b"uuid":
                clean[start + 4 : start + 8] = b"free"
                clean[inner:stop] = bytes(stop - inner)
            elif kind in INSIDE:
                go(inner, stop)

    go(header, len(data))
    return bytes(clean)


# --- boxes


def _top(source: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(kind, start, length of the header, length) of the boxes of a file."""
    at = 0
    while at + 8 <= size:
        source.seek(at)
        head = source.read(16)
        length, kind = struct.unpack(">I4s", head[:8])
        header = 8
        if length == 1 and len(head) == 16:
            length, header = struct.unpack(">Q", head[8:])[0], 16
        elif length == 0:
            length = size - at
        if length < header or at + length > size:
            return
        yield kind, at, header, length
        at += length


def _index(source: BinaryIO, size: int, name: str) -> bytes:
    """The `moov` box, without its header."""
    first = True
    for kind, start, header, length in _top(source, size):
        if first and kind not in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
            raise _mistake("not_a_video", name=name)
        first = False
        if kind == b"moov" and length <= LARGEST_INDEX:
            source.seek(start + header)
            return source.read(length - header)
    raise _mistake("not_a_video" if first else "broken", name=name)


def _boxes(data: bytes, begin: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(kind, start, start of what is inside, end) of the boxes between two places."""
    at = begin
    while at + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, at)
        inner = at + 8
        if length == 1:
            length, inner = struct.unpack_from(">Q", data, at + 8)[0], at + 16
        elif length == 0:
            length = end - at
        if length < inner - at or at + length > end:
            return
        yield kind, at, inner, at + length
        at += length


def _find(data: bytes, begin: int, end: int, *path: bytes) -> tuple[int, int] | None:
    """Where what is inside the first box of that path lies."""
    for kind, _, inner, stop in _boxes(data, begin, end):
        if kind == path[0]:
            return (inner, stop) if len(path) == 1 else _find(data, inner, stop, *path[1:])
    return None


def _facts(moov: bytes, content_type: str, size: int, name: str) -> VideoFacts:
    header = _find(moov, 0, len(moov), b"mvhd")
    if header is None:
        raise _mistake("broken", name=name)
    seconds = _duration(moov, header[0])
    for kind, _, inner, stop in _boxes(moov, 0, len(moov)):
        if kind != b"trak":
            continue
        handler = _find(moov, inner, stop, b"mdia", b"hdlr")
        if handler is None or moov[handler[0] + 8 : handler[0] + 12] != b"vide":
            continue
        place = _find(moov, inner, stop, b"tkhd")
        entry = _find(moov, inner, stop, b"mdia", b"minf", b"stbl", b"stsd")
        if place is None or entry is None:
            break
        letters = moov[entry[0] + 12 : entry[0] + 16].decode("latin-1")
        width, height = struct.unpack_from(">HH", moov, entry[0] + 8 + 32)
        if _is_turned(moov, place[0]):
            width, height = height, width
        return VideoFacts(content_type, size, seconds, width, height, CODECS.get(letters, letters), _rate(moov, inner, stop))
    raise _mistake("no_picture", name=name)


def _duration(data: bytes, at: int) -> float:
    if data[at] == 1:
        scale, length = struct.unpack_from(">IQ", data, at + 20)
    else:
        scale, length = struct.unpack_from(">II", data, at + 12)
    return float(length) / float(scale)


def _rate(data: bytes, begin: int, end: int) -> float:
    """Samples of a track by its own clock; 0 where it has none (films in pieces tell them elsewhere)."""
    clock = _find(data, begin, end, b"mdia", b"mdhd")
    times = _find(data, begin, end, b"mdia", b"minf", b"stbl", b"stts")
    if clock is None or times is None:
        return 0.0
    (entries,) = struct.unpack_from(">I", data, times[0] + 4)
    runs = list(struct.iter_unpack(">II", data[times[0] + 8 : times[0] + 8 + 8 * entries]))
    samples, ticks = sum(count for count, _ in runs), sum(count * delta for count, delta in runs)
    (scale,) = struct.unpack_from(">I", data, clock[0] + (20 if data[clock[0]] == 1 else 12))
    return float(samples) * scale / ticks if ticks else 0.0


def _is_turned(data: bytes, at: int) -> bool:
    """Whether the track's matrix turns the film by a quarter."""
    matrix = at + (52 if data[at] == 1 else 40)
    a, b = struct.unpack_from(">ii", data, matrix)
    return bool(a == 0 and b != 0)


def _ending(kind: str) -> str:
    return {"video/mp4": "MP4", "video/quicktime": "MOV"}.get(kind, kind.partition("/")[2])


def _mistake(what: str, **values: object) -> UserMistake:
    return UserMistake(Message(f"video.{what}", values), field="pictures")
