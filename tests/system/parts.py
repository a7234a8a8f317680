"""What the system tests stand on: programs that must be there, waiting with a deadline, and ending what was started."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeVar

import pytest

T = TypeVar("T")

NAP_SECONDS = 0.05
# Programs that Debian keeps out of a user's PATH.
FOLDERS = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin", "/usr/libexec"])


def need(program: str, package: str) -> str:
    """The full path of a program; a missing one fails the test and names the package that brings it."""
    found = shutil.which(program, path=FOLDERS)
    if found is None:
        pytest.fail(f"missing part: {program} (Debian package {package}); `python3 run.py test --system` as root installs it", pytrace=False)
    return found


def need_file(path: str, package: str) -> str:
    if not Path(path).exists():
        pytest.fail(f"missing part: {path} (Debian package {package}); `python3 run.py test --system` as root installs it", pytrace=False)
    return path


def need_root() -> None:
    if os.geteuid() != 0:
        pytest.fail("missing part: this test needs root (it makes a system of its own in a folder)", pytrace=False)


def wait_until(what: str, ask: Callable[[], T | None], seconds: float = 30) -> T:
    """The first answer that is something; fails naming what never came."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s for {what}")
        time.sleep(NAP_SECONDS)


@contextlib.contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str], *, stdin: IO[bytes] | int = subprocess.DEVNULL, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A process with its output in a file, ended when the block is left."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=dict(environment), stdin=stdin, stdout=output, stderr=subprocess.STDOUT, pass_fds=tuple(pass_fds))
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def read_line_from(start: Callable[[int], object], seconds: float = 20) -> str:
    """What a program writes to the descriptor that it is given to say that it is ready."""
    reading, writing = os.pipe()
    try:
        start(writing)
    finally:
        os.close(writing)
    os.set_blocking(reading, False)
    text = b""

    def line() -> str | None:
        nonlocal text
        with contextlib.suppress(BlockingIOError):
            text += os.read(reading, 4096)
        return text.decode().strip() if text.endswith(b"\n") else None

    try:
        return wait_until("a program to say that it is ready", line, seconds)
    finally:
        os.close(reading)
