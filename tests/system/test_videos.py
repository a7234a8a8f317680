"""Real films through the real ffmpeg: what a network does not take is refused with its exact limit, made fit, and taken then."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.media.ffmpeg import TRIES, make_fit
from app.media.videos import VideoFacts, facts_of, take_in, trouble_with
from app.networks.network import Limits
from app.networks.x.limits import DEFAULTS as X
from app.runtime.errors import UserMistake
from tests.system.parts import need

pytestmark = pytest.mark.system

SMALL = Limits(videos=1, video_bytes=900_000, video_pixels=640 * 360, video_rate=30.0, video_codecs=("h264",))
"""Stricter than any network, so that films of a second or two are enough."""
NOISE = ("-vf", "noise=alls=60:allf=t")
"""Hardly to be compressed."""


def film(
    file: Path,
    size: str = "640x360",
    seconds: float = 2,
    rate: int = 30,
    *more: str,
    sound: Sequence[str] = ("-ac", "2"),
    codec: str = "libx264",
) -> Path:
    """A test picture with a tone, as ffmpeg draws them; without `sound` it is silent."""
    picture = ("-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}:duration={seconds}")
    tone = ("-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", *sound, "-c:a", "aac") if sound else ()
    # Inputs go before what is said of the output.
    inputs = (*picture, *tone[:4])
    command = [need("ffmpeg", "ffmpeg"), "-hide_banner", "-loglevel", "error", "-y", *inputs]
    command += [
        *more,
        "-c:v",
        codec,
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv444p" if any(int(edge) % 2 for edge in size.split("x")) else "yuv420p",
        *tone[4:],
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return file


def streams(file: Path) -> dict[str, dict[str, Any]]:
    """What ffprobe, which knows more than we do, says of a file."""
    probe = need("ffprobe", "ffmpeg")
    command = [probe, "-loglevel", "error", "-show_streams", "-show_format", "-of", "json", str(file)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {**{each["codec_type"]: each for each in told["streams"]}, "format": told["format"]}


def turned(file: Path, target: Path) -> Path:
    """As a telephone held upright writes it."""
    command = [
        need("ffmpeg", "ffmpeg"),
        "-hide_banner",
        "-loglevel",
        "error",
        "-y",
        "-display_rotation",
        "90",
        "-i",
        str(file),
        "-c",
        "copy",
        str(target),
    ]
    if subprocess.run(command, check=False, capture_output=True).returncode:  # before ffmpeg 6
        command[5:7] = []
        command[-1:-1] = ["-metadata:s:v:0", "rotate=90"]
        subprocess.run(command, check=True, capture_output=True)
    return target


def words(facts: VideoFacts, room: Limits, name: str = "film.mp4") -> tuple[str, dict[str, object]] | None:
    trouble = trouble_with(facts, room, name, "@aurora")
    return None if trouble is None else (trouble.id, dict(trouble.values))


async def fit(file: Path, room: Limits) -> tuple[VideoFacts, list[float]]:
    """Made fit by the real ffmpeg: what came of it, and the progress that was heard."""
    heard: list[float] = []
    target = file.with_name("fit.mp4")
    await make_fit(file, target, facts_of(file), room, heard.append)
    return facts_of(target), heard


CASES = {
    "odd": (("641x361",), {"codec": "libx264"}, (641, 361), 30.0, "h264"),
    "sixty": (("640x360", 2, 60), {}, (640, 360), 60.0, "h264"),
    "ntsc": (("640x360", 2, 30, "-r", "30000/1001"), {}, (640, 360), 29.97, "h264"),
    "hevc": (("640x360",), {"codec": "libx265"}, (640, 360), 30.0, "hevc"),
    "mono": (("320x240",), {"sound": ("-ac", "1")}, (320, 240), 30.0, "h264"),
    "silent": (("320x240",), {"sound": ()}, (320, 240), 30.0, "h264"),
    "upright": (("360x640",), {}, (360, 640), 30.0, "h264"),
    "in pieces": (("320x240", 2, 30, "-movflags", "frag_keyframe+empty_moov"), {}, (320, 240), None, "h264"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ending", ["mp4", "mov"])
def test_what_we_read_is_what_ffprobe_reads(name: str, ending: str, tmp_path: Path) -> None:
    given, named, size, rate, codec = CASES[name]
    file = film(tmp_path / f"film.{ending}", *given, **named)  # type: ignore[arg-type]
    facts, told = facts_of(file), streams(file)
    assert (facts.width, facts.height, facts.codec) == (*size, codec)
    assert (told["video"]["width"], told["video"]["height"], told["video"]["codec_name"]) == (*size, codec)
    if rate is not None:
        assert facts.rate == pytest.approx(rate, rel=0.01)
        assert facts.seconds == pytest.approx(float(told["format"]["duration"]), abs=0.05)
    assert facts.bytes == file.stat().st_size


def test_a_film_that_is_turned_is_as_wide_as_it_is_shown(tmp_path: Path) -> None:
    file = turned(film(tmp_path / "lying.mp4"), tmp_path / "standing.mp4")
    assert (facts_of(file).width, facts_of(file).height) == (360, 640)


def test_what_x_does_not_take_is_refused_with_the_exact_limit(tmp_path: Path) -> None:
    assert words(facts_of(film(tmp_path / "good.mp4")), X) is None
    long = facts_of(film(tmp_path / "long.mp4", "64x64", 141, 5))
    assert words(long, X) == ("video.too_long", {"name": "film.mp4", "handle": "@aurora", "seconds": 140, "has": 141})
    short = facts_of(film(tmp_path / "short.mp4", "64x64", 0.3))
    assert words(short, X) == ("video.too_short", {"name": "film.mp4", "handle": "@aurora", "seconds": 0.5, "has": 0.3})
    large = facts_of(film(tmp_path / "large.mp4", "1920x1080", 0.6))
    assert words(large, X) == (
        "video.too_many_pixels",
        {"name": "film.mp4", "handle": "@aurora", "megapixels": 1.3, "has": "1920 × 1080"},
    )
    hevc = facts_of(film(tmp_path / "hevc.mp4", "640x360", 1, codec="libx265"))
    assert words(hevc, X) == (
        "video.codec",
        {"name": "film.mp4", "handle": "@aurora", "codecs": "H.264", "has": "HEVC"},
    )
    fast = facts_of(film(tmp_path / "fast.mp4", "320x240", 1, 90))
    assert words(fast, X) == ("video.too_fast", {"name": "film.mp4", "handle": "@aurora", "rate": 60, "has": 90})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("1283x721", 2, 60), {}),
        (("1280x720", 2, 60), {"codec": "libx265"}),
        (("720x1280", 2, 50), {"sound": ("-ac", "1")}),
        (("1920x1080", 1, 25, *NOISE), {"sound": ()}),
    ],
)
async def test_what_does_not_fit_is_made_to_and_is_taken_then(
    given: tuple[Any, ...], named: dict[str, Any], tmp_path: Path
) -> None:
    file = film(tmp_path / "film.mov", *given, **named)
    before = facts_of(file)
    assert words(before, SMALL) is not None
    after, heard = await fit(file, SMALL)
    assert words(after, SMALL) is None
    assert after.width / after.height == pytest.approx(before.width / before.height, rel=0.02)
    assert after.seconds == pytest.approx(before.seconds, abs=0.15)
    assert after.rate <= 30.1
    assert heard[-1] == 1.0
    begun_again = [later for before, later in pairwise(heard) if later < before]
    assert len(begun_again) < TRIES  # where what came out was still too large
    told = streams(tmp_path / "fit.mp4")
    assert (told["video"]["codec_name"], told["video"]["pix_fmt"]) == ("h264", "yuv420p")
    assert ("audio" in told) == (named.get("sound") != ())


async def test_a_turned_film_stays_upright(tmp_path: Path) -> None:
    file = turned(film(tmp_path / "lying.mp4", "1280x720"), tmp_path / "standing.mp4")
    after, _ = await fit(file, SMALL)
    assert after.width < after.height
    assert words(after, SMALL) is None
    assert "rotation" not in str(streams(tmp_path / "fit.mp4")["video"].get("side_data_list", ""))


async def test_noise_that_cannot_be_compressed_still_ends_below_the_bytes_or_is_refused(tmp_path: Path) -> None:
    file = film(tmp_path / "noise.mp4", "1280x720", 4, 30, *NOISE)
    assert facts_of(file).bytes > 10_000_000
    after, _ = await fit(file, replace(SMALL, video_bytes=700_000))
    assert after.bytes <= 700_000


async def test_too_long_for_the_bytes_is_said_and_nothing_is_encoded(tmp_path: Path) -> None:
    file = film(tmp_path / "long.mp4", "64x64", 60, 5)
    with pytest.raises(UserMistake) as caught:
        await fit(file, replace(SMALL, video_bytes=100_000))
    assert caught.value.message.id == "video.not_encoded"
    assert not (tmp_path / "fit.mp4").exists()


async def test_a_stopped_encoding_ends_ffmpeg_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = film(tmp_path / "film.mp4", "1280x720", 40, 30)
    begun = asyncio.Event()
    work = asyncio.get_running_loop().create_task(
        make_fit(file, tmp_path / "fit.mp4", facts_of(file), replace(SMALL, video_bytes=0), lambda _: begun.set())
    )
    await asyncio.wait_for(begun.wait(), 30)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    end = time.monotonic() + 10
    while (tmp_path / "fit.mp4").exists() and time.monotonic() < end:
        await asyncio.sleep(0.05)
    assert [each.name for each in tmp_path.iterdir()] == ["film.mp4"]


def test_a_copy_loses_its_remarks_and_plays_as_before(tmp_path: Path) -> None:
    remarks = (
        "-metadata",
        "location=+19.4326-099.1332/",
        "-metadata",
        "title=En la tienda",
        "-movflags",
        "use_metadata_tags",
    )
    file = film(tmp_path / "film.mov", "320x240", 1, 30, *remarks)
    assert b"19.4326" in file.read_bytes()
    copy = tmp_path / "media" / take_in(file, tmp_path / "media")
    assert b"19.4326" not in copy.read_bytes()
    assert b"En la tienda" not in copy.read_bytes()
    assert facts_of(copy) == facts_of(file)
    picture = [need("ffmpeg", "ffmpeg"), "-loglevel", "error", "-i"]
    frames = [
        subprocess.run([*picture, str(each), "-f", "md5", "-"], check=True, capture_output=True).stdout
        for each in (file, copy)
    ]
    assert frames[0] == frames[1]


def test_a_film_cut_short_is_no_film(tmp_path: Path) -> None:
    whole = film(tmp_path / "film.mp4", "320x240", 1).read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserMistake) as caught:
        facts_of(tmp_path / "half.mp4")
    assert caught.value.message.id in ("video.broken", "video.not_a_video")
