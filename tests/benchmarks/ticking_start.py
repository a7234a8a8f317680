"""The real start with a tick each millisecond: writes the gaps between ticks, before the whole page came and behind it, until commands run."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from app.runtime import start
from app.ui import first_frame

target, profile = Path(sys.argv[1]), sys.argv[2]
gaps: list[tuple[str, float]] = []
stage = "before"
last = 0.0


def tick() -> None:
    global last
    now = time.perf_counter()
    gaps.append((stage, (now - last) * 1000))
    last = now


def begin(options: start.Options, arguments: Sequence[str]) -> first_frame.Start | None:
    """Ticks from the first frame on: before, nothing can answer."""
    global last
    begun = begin_for_real(options, arguments)
    last = time.perf_counter()
    timer.start(1)
    return begun


def reached(event: str) -> None:
    """What follows the whole page is late loading, and the step into the loop at its end."""
    global stage
    if event == "whole":
        tick()
        stage = "behind"


def mark(event: str) -> None:
    if event == "ready":
        tick()
        timer.stop()
        target.write_text("\n".join(f"{when} {gap:.3f}" for when, gap in gaps), encoding="ascii")


timer = QTimer()
timer.setTimerType(Qt.TimerType.PreciseTimer)
timer.timeout.connect(tick)
begin_for_real, first_frame.begin = first_frame.begin, begin
start.reached, start.mark = reached, mark

from app.__main__ import main  # noqa: E402  (now that its marks are ours)

sys.exit(main(["--profile", profile, "--page", "inbox"]))
