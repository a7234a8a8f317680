"""The program as `run.py package` built it, beside the same program from the checkout: start, memory, and what it takes on a disk.

Rounds are interleaved. Sizes are compared with bounds of our own: they tell when something came along that nobody asked for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from installer import packaging
from tests.benchmarks.figure import Figure, middle
from tests.benchmarks.starting import run_once

ROUNDS = 9
SLOWER = 1.2
FOLDER_MB = 300
PACKAGE_MB = 110
UNTIL = ("first_frame", "page", "ready")


def figures(profile: Path, scratch: Path) -> Iterator[Figure]:
    """Raises `RuntimeError` where nothing was built yet."""
    program = packaging.FOLDER / packaging.identity.COMMAND
    if not program.exists():
        raise RuntimeError("nothing was built yet: python3 run.py package folder")
    marks = scratch / "frozen-marks"
    kinds = {"frozen": [str(program)], "checkout": [sys.executable, "-m", "app"]}
    for until in UNTIL:
        runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in kinds}
        for number in range(ROUNDS + 1):
            for name, command in kinds.items():
                measured = run_once([*command, "--profile", str(profile), "--page", "inbox"], marks, until, whole=True)
                if number:  # the first round warms the file cache
                    runs[name].append(measured)
        for kind, what in enumerate(("wall", "cpu")):
            frozen, checkout = (middle([run[kind] for run in runs[name]]) for name in kinds)
            yield Figure(f"frozen.{until}.{what}", frozen, "ms", checkout, "from the checkout", SLOWER)
    peaks = [middle([peak([*command, "--profile", str(profile), "--page", "inbox"]) for _ in range(3)]) for command in kinds.values()]
    yield Figure("frozen.ready.peak", peaks[0], "MB", peaks[1], "from the checkout", SLOWER, note="resident, libraries included")
    files = [path for path in packaging.FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    yield Figure("frozen.folder", sum(path.stat().st_size for path in files) / 1e6, "MB", limit=FOLDER_MB, note=f"{len(files)} files")
    for made in (*packaging.DIST.glob("*.deb"), *packaging.DIST.glob("*.tar.xz")):
        yield Figure(f"frozen.{made.suffix[1:]}", made.stat().st_size / 1e6, "MB", limit=PACKAGE_MB, note=made.name)


def peak(command: list[str]) -> float:
    """The most memory that a start took until it was ready. Not the proportional share: other Pythons of this computer would bear a part of
    what the checkout loads, and none of what the frozen program does.
    """
    process = subprocess.Popen(command, env={**os.environ, "TERTULIA_EXIT_AFTER": "ready", "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1000
