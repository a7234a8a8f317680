"""Disks that take no changes: one in memory that is closed after it was filled, and a real file system that fails while it is in use."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.parts import need, need_root

SIZE_MB = 200


@contextlib.contextmanager
def closed_later(folder: Path) -> Iterator[Callable[[], None]]:
    """A disk at `folder`; what is handed out makes it read-only, provided that nobody has a file there open for writing."""
    need_root()
    folder.mkdir()
    run("mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=0755", "tmpfs", str(folder))
    try:
        yield lambda: run("mount", "-o", "remount,ro", str(folder))
    finally:
        run("umount", "--lazy", str(folder))


@contextlib.contextmanager
def failing(image: Path, folder: Path) -> Iterator[Callable[[], None]]:
    """An ext4 at `folder`, kept in the file `image`. What is handed out makes it fail as a dying disk does: open files take nothing more either."""
    with image.open("wb") as file:
        file.truncate(SIZE_MB * 1_000_000)
    run("mkfs.ext4", "-q", "-F", str(image), package="e2fsprogs")
    folder.mkdir()
    with mounted(image, folder):
        device = Path(run("findmnt", "-no", "SOURCE", str(folder), package="util-linux").strip())
        fail = Path("/sys/fs/ext4", device.name, "trigger_fs_error")
        if not fail.exists():
            pytest.fail(f"missing part: {fail} (of a Linux that can let an ext4 fail)", pytrace=False)

        def die() -> None:
            run("sync", "--file-system", str(folder), package="coreutils")  # what was written before is on the disk
            fail.write_text("a test", encoding="utf-8")

        yield die


@contextlib.contextmanager
def mounted(image: Path, folder: Path) -> Iterator[None]:
    """The disk of `failing`, connected as after a new start of the computer."""
    need_root()
    run("mount", "-o", "loop,errors=remount-ro", str(image), str(folder))
    try:
        yield
    finally:
        run("umount", "--lazy", str(folder))


def run(program: str, *words: str, package: str = "mount") -> str:
    done = subprocess.run([need(program, package), *words], capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        pytest.fail(f"missing part: {program} {' '.join(words)} is not possible here: {done.stderr.strip()}", pytrace=False)
    return done.stdout
