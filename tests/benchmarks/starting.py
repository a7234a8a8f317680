"""Cold start: spawn to the end of the first painted frame, memory there, and what late loading does to the window's rhythm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure, middle, quantile

ROUNDS = 9


def run_once(command: list[str], marks: Path, **environment: str) -> tuple[float, float, float]:
    """(milliseconds to the first frame, CPU milliseconds of the whole process, PSS in MB at the first frame)."""
    marks.unlink(missing_ok=True)
    env = {**os.environ, "TERTULIA_MARKS": str(marks), "QT_QPA_PLATFORM": "offscreen", **environment}
    began = time.time()
    process = subprocess.Popen([sys.executable, *command], env=env, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    for line in marks.read_text(encoding="ascii").splitlines():
        event, moment, pss = line.split()
        if event == "first_frame":
            return (float(moment) - began) * 1000, (usage.ru_utime + usage.ru_stime) * 1000, int(pss) / 1000
    raise RuntimeError(f"{command} never painted")


def figures(small: Path, large: Path, scratch: Path) -> Iterator[Figure]:
    """`small` and `large` are profile folders; rounds are interleaved, so that a busy machine is unfair to all alike."""
    marks = scratch / "marks"
    bare = [str(Path(__file__).with_name("bare_window.py"))]
    today = ["-m", "app", "--profile", str(small), "--page", "today"]
    inbox = ["-m", "app", "--profile", str(large), "--page", "inbox"]
    runs: dict[str, list[tuple[float, float, float]]] = {"bare": [], "today": [], "inbox": []}
    for number in range(ROUNDS + 1):
        for name, command in (("bare", bare), ("today", today), ("inbox", inbox)):
            measured = run_once(command, marks, TERTULIA_EXIT_AFTER="first_frame")
            if number:  # the first round warms the file cache
                runs[name].append(measured)
    wall, cpu, memory = ({name: middle([run[kind] for run in each]) for name, each in runs.items()} for kind in range(3))
    window = "bare PySide6 window"
    yield Figure("start.first_frame.wall", wall["today"], "ms", wall["bare"], window, 1.3)
    yield Figure("start.first_frame.cpu", cpu["today"], "ms", cpu["bare"], window, 1.3)
    yield Figure("start.inbox_large.wall", wall["inbox"], "ms", wall["bare"], window, 1.8)
    yield Figure("start.inbox_large.cpu", cpu["inbox"], "ms", cpu["bare"], window, 1.8)
    yield Figure("start.first_frame.pss", memory["today"], "MB", memory["bare"], window, 1.6)
    yield Figure("start.inbox_large.pss", memory["inbox"], "MB", memory["bare"], window, 1.6)
    yield from rhythm(large, scratch)


def rhythm(profile: Path, scratch: Path) -> Iterator[Figure]:
    """The longest time the window did not answer while modules were loaded after the first frame."""
    gaps: list[float] = []
    target = scratch / "gaps"
    for _ in range(5):
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TERTULIA_EXIT_AFTER": "ready"}
        script = str(Path(__file__).with_name("ticking_start.py"))
        subprocess.run([sys.executable, script, str(target), str(profile)], env=env, check=True)
        gaps.append(max(float(line) for line in target.read_text(encoding="ascii").split()))
    yield Figure("start.late_loading.longest_gap", middle(gaps), "ms", limit=60, note=f"worst of 5 starts {quantile(gaps, 1):.0f} ms")
