"""Makes a video fit for a network with the user's own ffmpeg, where there is one: beside everything else, with progress, and stopped at will."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from app.media.videos import Room, VideoFacts, is_too_fast
from app.runtime.errors import UserMistake
from app.runtime.words import Message

SOUND_BITS = 128_000
"""A second, for the sound."""
MOST_BITS = 8_000_000
LEAST_BITS = 200_000
"""A second, for the picture; less than this nobody wants to look at."""
SPARE = 0.92
"""What of the limit is aimed at: encoders do not hit exactly."""
TRIES = 3
"""How often a film is encoded that came out too large: short ones full of movement do, whatever was asked for."""
ENCODER = "ffmpeg"


def encoder() -> str | None:
    """Where the user's ffmpeg is; None without one."""
    return shutil.which(ENCODER)


async def make_fit(source: Path, target: Path, facts: VideoFacts, room: Room, progress: Callable[[float], object]) -> None:
    """Encode `source` anew as `target` (MP4), within `room` but for its length, which is never cut. `progress` hears 0 to 1, and begins
    again where what came out was still too large.

    Cancelling stops ffmpeg and leaves nothing behind. Raises `UserMistake` where ffmpeg is missing or cannot do it.
    """
    program = encoder()
    if program is None:
        raise _mistake("no_encoder", source)
    bits = bits_for(source, facts, room)
    loop, stop = asyncio.get_running_loop(), threading.Event()

    def tell(done: float) -> None:
        loop.call_soon_threadsafe(progress, done)

    try:
        for _ in range(TRIES):
            command = [program, *arguments(source, target, facts, room, bits)]
            size = await asyncio.to_thread(_encode, command, target, facts.seconds, tell, stop)
            if size and (not room.video_bytes or size <= room.video_bytes):
                return
            bits = int(bits * SPARE * room.video_bytes / size) if size else 0
            if bits < LEAST_BITS:
                break
    finally:
        stop.set()  # cancelled, the thread ends ffmpeg by itself
    await asyncio.to_thread(target.unlink, missing_ok=True)
    raise _mistake("not_encoded", source)


def bits_for(source: Path, facts: VideoFacts, room: Room) -> int:
    """How many bits a second of picture may take. Raises `UserMistake` where it is too long to fit."""
    bits = MOST_BITS
    if room.video_bytes and facts.seconds:
        bits = min(bits, int(room.video_bytes * 8 * SPARE / facts.seconds) - SOUND_BITS)
    if bits < LEAST_BITS:
        raise _mistake("not_encoded", source)
    return bits


def arguments(source: Path, target: Path, facts: VideoFacts, room: Room, bits: int) -> list[str]:
    """For ffmpeg: H.264 and AAC in an MP4 that plays while it loads, without any remarks."""
    width, height = fitting(facts, room)
    slower = f",fps={room.video_rate:g}" if is_too_fast(facts.rate, room.video_rate) else ""
    return [
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-i", str(source)),
        *("-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-vf", f"scale={width}:{height}{slower}"),
        *("-b:v", str(bits), "-maxrate", str(bits), "-bufsize", str(bits)),
        *("-c:a", "aac", "-b:a", str(SOUND_BITS), "-ac", "2"),
        *("-movflags", "+faststart", "-progress", "pipe:1", "-f", "mp4", str(target)),
    ]


def fitting(facts: VideoFacts, room: Room) -> tuple[int, int]:
    """Width and height within the network's pixels; even, as H.264 wants them."""
    factor = 1.0
    if room.video_pixels and facts.width * facts.height > room.video_pixels:
        factor = (room.video_pixels / (facts.width * facts.height)) ** 0.5
    return max(2, int(facts.width * factor) // 2 * 2), max(2, int(facts.height * factor) // 2 * 2)


def _encode(
    command: list[str], target: Path, seconds: float, progress: Callable[[float], object], stop: threading.Event
) -> int:
    """In a thread: ffmpeg writes about twice a second how far it is. Answers how many bytes it made; half a video is removed, and is 0."""
    try:
        process = subprocess.Popen(  # noqa: S603  (the user's own ffmpeg, no text of others)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
    except OSError:
        return 0
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if stop.is_set():
                process.kill()
                break
            name, _, value = line.strip().partition("=")
            if name == "out_time_us" and value.isdigit() and seconds > 0:
                progress(min(1.0, int(value) / 1_000_000 / seconds))
            elif name == "progress" and value == "end":  # the last picture begins before the end
                progress(1.0)
    if not process.returncode and not stop.is_set() and target.exists():
        return target.stat().st_size
    with contextlib.suppress(OSError):
        target.unlink()
    return 0


def _mistake(what: str, source: Path) -> UserMistake:
    return UserMistake(Message(f"video.{what}", {"name": source.name}), field="pictures")
