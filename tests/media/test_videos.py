"""Videos are read from their boxes, judged with the exact limit, and lose where they were filmed on the way into the profile."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.media.videos import VideoFacts, facts_of, is_video, take_in, trouble_with
from app.runtime.errors import DiskTrouble, UserMistake


def box(kind: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return struct.pack(">I4s", 8 + len(data), kind) + data


def wide_box(kind: bytes, *inside: bytes) -> bytes:
    """With a length of 64 bits, as long films have it."""
    data = b"".join(inside)
    return struct.pack(">I4sQ", 1, kind, 16 + len(data)) + data


def mvhd(seconds: float, version: int = 0) -> bytes:
    scale = 600
    if version:
        return box(b"mvhd", struct.pack(">B3xQQIQ", 1, 0, 0, scale, round(seconds * scale)), bytes(80))
    return box(b"mvhd", struct.pack(">B3xIIII", 0, 0, 0, scale, round(seconds * scale)), bytes(80))


def track(kind: bytes = b"vide", codec: bytes = b"avc1", size: tuple[int, int] = (1280, 720), turned: bool = False) -> bytes:
    matrix = (0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30) if turned else (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    tkhd = box(b"tkhd", struct.pack(">B3xIIIII8x8x", 0, 0, 0, 1, 0, 0), struct.pack(">9i", *matrix), struct.pack(">II", 0, 0))
    entry = box(codec, bytes(24), struct.pack(">HH", *size), bytes(50))
    stbl = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry))
    hdlr = box(b"hdlr", struct.pack(">II4s", 0, 0, kind), bytes(12))
    return box(b"trak", tkhd, box(b"mdia", hdlr, box(b"minf", stbl)), box(b"udta", box(b"name", b"Ana")))


PLACE = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+19.4326-099.1332/"))


def film(*tracks: bytes, seconds: float = 12.5, version: int = 0, index_first: bool = True, long: bool = False) -> bytes:
    moov = box(b"moov", mvhd(seconds, version), *(tracks or (track(b"soun", b"mp4a"), track())), PLACE)
    mdat = (wide_box if long else box)(b"mdat", b"picture and sound" * 100)
    ftyp = box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41")
    return ftyp + (moov + mdat if index_first else mdat + moov)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Marea.MP4"


@pytest.mark.parametrize("index_first", [True, False])
@pytest.mark.parametrize("version", [0, 1])
def test_what_a_video_is(file: Path, index_first: bool, version: int) -> None:
    data = film(index_first=index_first, version=version)
    file.write_bytes(data)
    assert facts_of(file) == VideoFacts("video/mp4", len(data), 12.5, 1280, 720, "h264")


def test_a_film_held_upright_is_as_high_as_it_looks(file: Path) -> None:
    file.write_bytes(film(track(size=(1920, 1080), turned=True)))
    assert (facts_of(file).width, facts_of(file).height) == (1080, 1920)


def test_other_codecs_and_long_boxes(tmp_path: Path) -> None:
    file = tmp_path / "a.mov"
    file.write_bytes(film(track(codec=b"hvc1"), long=True))
    facts = facts_of(file)
    assert (facts.codec, facts.content_type) == ("hevc", "video/quicktime")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not_a_video"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_video"),
        (b"GIF89a" + bytes(1000), "not_a_video"),
        (film()[:60], "broken"),
        (film(index_first=False)[:400], "broken"),
        (film(track(b"soun", b"mp4a")), "no_picture"),
        (box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\x00")), "broken"),
        (box(b"ftyp", b"isom") + box(b"moov", mvhd(1)[:-90] + b""), "broken"),
    ],
)
def test_what_is_no_video_says_so(file: Path, data: bytes, what: str) -> None:
    file.write_bytes(data)
    with pytest.raises(UserMistake) as caught:
        facts_of(file)
    assert caught.value.message.id == f"video.{what}"


@pytest.mark.parametrize("cut", range(0, 700, 7))
def test_a_film_cut_anywhere_breaks_nothing_else(file: Path, cut: int) -> None:
    file.write_bytes(film()[:cut])
    with contextlib.suppress(UserMistake):
        assert facts_of(file).seconds == 12.5


def test_a_file_that_is_not_there(file: Path) -> None:
    with pytest.raises(UserMistake) as caught:
        facts_of(file)
    assert caught.value.message.id == "video.unreadable"


@dataclass(frozen=True)
class Room:
    videos: int = 1
    video_bytes: int = 40_000_000
    video_seconds: float = 140
    video_shortest_seconds: float = 0.5
    video_types: tuple[str, ...] = ("video/mp4",)
    video_pixels: int = 2_304_000
    video_codecs: tuple[str, ...] = ()
    video_rate: float = 0


FITS = VideoFacts("video/mp4", 39_000_000, 140, 1920, 1080, "h264")


@pytest.mark.parametrize(
    ("facts", "room", "what", "values"),
    [
        (FITS, Room(), None, {}),
        (FITS, Room(0, 0, 0, 0, (), 0), "not_taken", {}),
        (FITS, Room(1, 0, 0, 0, (), 0), None, {}),
        (VideoFacts("video/quicktime", 1, 1, 1, 1, "h264"), Room(), "type", {"types": "MP4"}),
        (VideoFacts("video/mp4", 41_500_000, 1, 1, 1, "h264"), Room(), "too_many_bytes", {"megabytes": 40, "has": 42}),
        (VideoFacts("video/mp4", 1, 140.2, 1, 1, "h264"), Room(), "too_long", {"seconds": 140, "has": 141}),
        (VideoFacts("video/mp4", 1, 0.4, 1, 1, "h264"), Room(), "too_short", {"seconds": 0.5, "has": 0.4}),
        (VideoFacts("video/mp4", 1, 1, 3840, 2160, "h264"), Room(), "too_many_pixels", {"megapixels": 2.3, "has": "3840 × 2160"}),
        (VideoFacts("video/mp4", 1, 1, 1, 1, "hevc"), Room(video_codecs=("h264", "vp9")), "codec", {"codecs": "H.264, VP9", "has": "HEVC"}),
        (VideoFacts("video/mp4", 1, 1, 1, 1, "h264", 90.0), Room(video_rate=60), "too_fast", {"rate": 60, "has": 90}),
        (VideoFacts("video/mp4", 1, 1, 1, 1, "h264", 60.02), Room(video_rate=60, video_codecs=("h264",)), None, {}),
    ],
)
def test_the_exact_limit_is_named(facts: VideoFacts, room: Room, what: str | None, values: dict[str, object]) -> None:
    trouble = trouble_with(facts, room, "marea.mp4", "@aurora")
    if what is None:
        assert trouble is None
        return
    assert trouble is not None
    assert trouble.id == f"video.{what}"
    assert values.items() <= dict(trouble.values).items()


def test_the_copy_in_the_profile_tells_no_place_and_plays_as_before(file: Path, tmp_path: Path) -> None:
    file.write_bytes(film() + box(b"uuid", b"XMP: filmed by Ana at home"))
    inside = take_in(file, tmp_path / "media")
    copy = tmp_path / "media" / inside
    data = copy.read_bytes()
    assert b"19.4326" not in data
    assert b"Ana" not in data
    assert b"picture and sound" in data
    assert len(data) == file.stat().st_size  # offsets into the film hold
    assert facts_of(copy) == facts_of(file)
    assert inside.endswith(".mp4")
    assert take_in(file, tmp_path / "media") == inside


def test_a_full_disk_is_not_the_videos_fault(file: Path, tmp_path: Path) -> None:
    file.write_bytes(film())
    (tmp_path / "media").write_text("in the way")
    with pytest.raises(DiskTrouble):
        take_in(file, tmp_path / "media")


def test_videos_are_known_by_their_name() -> None:
    assert is_video(Path("a.MOV"))
    assert not is_video(Path("a.png"))
