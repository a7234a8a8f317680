"""Cold start: spawn to the first painted frame and to the first painted page, memory, and what loading does to the window's rhythm.

The first frame is the window with the still shapes of a page. A page counts when its own rows are painted and answer to keys; the
Inbox's list comes before all that stands around it, and when that is there too is told beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure, middle, quantile

ROUNDS = 9


def run_once(command: list[str], marks: Path, until: str, *, whole: bool = False) -> tuple[float, float, float]:
    """(milliseconds to the mark `until`, CPU milliseconds of the whole process, which ends there, PSS in MB there).

    `command` is what follows Python's name, or with `whole` all of it.
    """
    marks.unlink(missing_ok=True)
    env = {**os.environ, "TERTULIA_MARKS": str(marks), "TERTULIA_EXIT_AFTER": until, "QT_QPA_PLATFORM": "offscreen"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.time()
    process = subprocess.Popen(command if whole else [sys.executable, *command], env=env, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    for line in marks.read_text(encoding="ascii").splitlines():
        event, moment, pss = line.split()
        if event == until:
            return (float(moment) - began) * 1000, (usage.ru_utime + usage.ru_stime) * 1000, int(pss) / 1000
    raise RuntimeError(f"{command} never reached {until}")


def figures(small: Path, large: Path, scratch: Path) -> Iterator[Figure]:
    """`small` and `large` are profile folders; rounds are interleaved, so that a busy machine is unfair to all alike."""
    if "PySide6" in sys.modules:
        raise RuntimeError("Qt is in this process: the starts would share its memory, the bare window more of it than the program")
    marks = scratch / "marks"
    bare = [str(Path(__file__).with_name("bare_window.py"))]
    today = ["-m", "app", "--profile", str(small), "--page", "today"]
    inbox = ["-m", "app", "--profile", str(large), "--page", "inbox"]
    inbox_small = ["-m", "app", "--profile", str(small), "--page", "inbox"]
    kinds = (("bare", bare, "first_frame"), ("frame", today, "first_frame"), ("today", today, "page"), ("inbox", inbox, "page"), ("whole", inbox, "whole"), ("whole_small", inbox_small, "whole"))
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name, _, _ in kinds}
    for number in range(ROUNDS + 1):
        for name, command, until in kinds:
            measured = run_once(command, marks, until)
            if number:  # the first round warms the file cache
                runs[name].append(measured)
    wall, cpu, memory = ({name: middle([run[kind] for run in each]) for name, each in runs.items()} for kind in range(3))
    window = "bare PySide6 window"
    rows = f"{rows_painted(large, scratch)} rows painted, J answered"
    yield Figure("start.first_frame.wall", wall["frame"], "ms", wall["bare"], window, 1.3)
    yield Figure("start.first_frame.cpu", cpu["frame"], "ms", cpu["bare"], window, 1.3)
    yield Figure("start.inbox_large.wall", wall["inbox"], "ms", wall["bare"], window, 1.8, note=rows)
    yield Figure("start.inbox_large.cpu", cpu["inbox"], "ms", cpu["bare"], window, 1.8, note=rows)
    yield Figure("start.inbox_large_whole.wall", wall["whole"], "ms", wall["bare"], window, note="conversation, rail and all else")
    yield Figure("start.inbox_large_whole.cpu", cpu["whole"], "ms", cpu["bare"], window)
    yield Figure("start.today.wall", wall["today"], "ms", wall["bare"], window)
    yield Figure("start.first_frame.pss", memory["frame"], "MB", memory["bare"], window, 1.6)
    yield Figure("start.today.pss", memory["today"], "MB", memory["bare"], window, 1.6)
    yield Figure("start.inbox_large.pss", memory["inbox"], "MB", memory["bare"], window, 1.6)
    yield Figure("start.inbox_large_whole.pss", memory["whole"], "MB", memory["bare"], window)
    yield Figure("start.inbox_by_size.pss", memory["whole"], "MB", memory["whole_small"], "the same with 1,000 messages", 1.3)
    yield from rhythm(large, scratch)


def rows_painted(profile: Path, scratch: Path) -> int:
    """How many rows of the list are on the screen when the page is marked as painted. Raises `RuntimeError` when there is none."""
    target = scratch / "rows"
    command = [sys.executable, "-m", "tests.benchmarks.counting_start", str(target), str(profile)]
    subprocess.run(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True)
    rows = int(target.read_text(encoding="ascii"))
    if not rows:
        raise RuntimeError("the page was marked as painted without a row")
    return rows


def rhythm(profile: Path, scratch: Path) -> Iterator[Figure]:
    """The longest time the window did not answer: until the page came, and while the rest was loaded behind it."""
    before: list[float] = []
    behind: list[float] = []
    target = scratch / "gaps"
    for _ in range(5):
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TERTULIA_EXIT_AFTER": "ready"}
        subprocess.run([sys.executable, "-m", "tests.benchmarks.ticking_start", str(target), str(profile)], env=env, check=True)
        gaps = [line.split() for line in target.read_text(encoding="ascii").splitlines()]
        for name, longest in (("before", before), ("behind", behind)):
            longest.append(max(float(gap) for when, gap in gaps if when == name))
    yield Figure("start.page_coming.longest_gap", middle(before), "ms", note=f"worst of 5 starts {quantile(before, 1):.0f} ms")
    yield Figure("start.late_loading.longest_gap", middle(behind), "ms", limit=60, note=f"worst of 5 starts {quantile(behind, 1):.0f} ms")
