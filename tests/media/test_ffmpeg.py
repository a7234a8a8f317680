"""The user's own ffmpeg makes videos fit: what it is asked, how far it is, and that it can be stopped. A script stands for it here."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from app.media.ffmpeg import ENCODER, arguments, bits_for, encoder, fitting, make_fit
from app.media.videos import VideoFacts
from app.runtime.errors import UserMistake
from tests.media.test_videos import Room

FACTS = VideoFacts("video/quicktime", 200_000_000, 60.0, 3840, 2160, "hevc")
SCRIPT = """#!{python}
import pathlib, sys, time
target = pathlib.Path(sys.argv[-1])
target.write_bytes(b"half")
for second in (15, 30, 60):
    print(f"frame=1\\nout_time_us={{second}}000000\\nprogress=continue", flush=True)
    time.sleep({rest})
target.write_bytes(b"whole" + bytes(int(int(sys.argv[sys.argv.index("-b:v") + 1]) * {times})))
sys.exit({code})
"""


def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, rest: float = 0, code: int = 0, times: float = 0) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / ENCODER
    script.write_text(SCRIPT.format(python=sys.executable, rest=rest, code=code, times=times))
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_it_is_asked_for_a_film_within_the_limits_and_without_remarks(tmp_path: Path) -> None:
    asked = arguments(tmp_path / "a.mov", tmp_path / "b.mp4", FACTS, Room(), bits_for(tmp_path / "a.mov", FACTS, Room()))
    given = dict(pairwise(asked))
    bits = int(given["-b:v"]) + int(given["-b:a"])
    assert bits * 60 / 8 <= 40_000_000
    assert given["-map_metadata"] == "-1"
    assert (given["-c:v"], given["-pix_fmt"], given["-movflags"]) == ("libx264", "yuv420p", "+faststart")
    assert asked[-1] == str(tmp_path / "b.mp4")


def test_it_is_made_smaller_in_even_steps_and_never_larger() -> None:
    width, height = fitting(FACTS, Room())
    assert width * height <= Room().video_pixels
    assert (width % 2, height % 2) == (0, 0)
    assert abs(width / height - 16 / 9) < 0.01
    assert fitting(VideoFacts("video/mp4", 1, 1, 641, 361, "h264"), Room()) == (640, 360)
    assert fitting(FACTS, Room(video_pixels=0)) == (3840, 2160)


def test_an_hour_does_not_fit_into_forty_megabytes(tmp_path: Path) -> None:
    with pytest.raises(UserMistake):
        bits_for(tmp_path / "a.mov", VideoFacts("video/mp4", 1, 3600, 640, 360, "h264"), Room())


def test_too_many_pictures_a_second_become_fewer_and_others_stay(tmp_path: Path) -> None:
    fast = VideoFacts("video/mp4", 1, 1, 640, 360, "h264", rate=90.0)
    for room, rate in ((Room(video_rate=60), ",fps=60"), (Room(video_rate=90), ""), (Room(), "")):
        asked = arguments(tmp_path / "a.mov", tmp_path / "b.mp4", fast, room, 1_000_000)
        assert dict(pairwise(asked))["-vf"] == f"scale=640:360{rate}"


TEN_SECONDS = VideoFacts("video/mp4", 20_000_000, 10.0, 640, 360, "h264")


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
async def test_what_comes_out_too_large_is_encoded_again_with_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, times=2)
    heard: list[float] = []
    await make_fit(tmp_path / "a.mov", tmp_path / "b.mp4", TEN_SECONDS, Room(video_bytes=1_000_000), heard.append)
    await asyncio.sleep(0)
    assert heard == [1.0, 1.0, 1.0] * 2
    assert 800_000 < (tmp_path / "b.mp4").stat().st_size <= 1_000_000


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
async def test_what_never_fits_is_said_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, times=50)
    with pytest.raises(UserMistake) as caught:
        await make_fit(tmp_path / "a.mov", tmp_path / "b.mp4", TEN_SECONDS, Room(video_bytes=1_000_000), lambda _: None)
    assert caught.value.message.id == "video.not_encoded"
    assert not (tmp_path / "b.mp4").exists()


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
async def test_it_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch)
    heard: list[float] = []
    await make_fit(tmp_path / "a.mov", tmp_path / "b.mp4", FACTS, Room(), heard.append)
    await asyncio.sleep(0)
    assert heard == [0.25, 0.5, 1.0]
    assert (tmp_path / "b.mp4").read_bytes() == b"whole"


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
async def test_stopped_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, rest=0.3)
    heard: list[float] = []
    working = asyncio.get_running_loop().create_task(make_fit(tmp_path / "a.mov", tmp_path / "b.mp4", FACTS, Room(), heard.append))
    while not heard:
        await asyncio.to_thread(time.sleep, 0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    end = time.monotonic() + 5
    while (tmp_path / "b.mp4").exists() and time.monotonic() < end:
        await asyncio.to_thread(time.sleep, 0.02)
    assert not (tmp_path / "b.mp4").exists()


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
async def test_what_it_cannot_do_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, code=1)
    with pytest.raises(UserMistake) as caught:
        await make_fit(tmp_path / "a.mov", tmp_path / "b.mp4", FACTS, Room(), lambda _: None)
    assert caught.value.message.id == "video.not_encoded"
    assert not (tmp_path / "b.mp4").exists()


async def test_without_ffmpeg_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert encoder() is None
    with pytest.raises(UserMistake) as caught:
        await make_fit(tmp_path / "a.mov", tmp_path / "b.mp4", FACTS, Room(), lambda _: None)
    assert caught.value.message.id == "video.no_encoder"
