"""The real start with a tick each millisecond: writes the gaps between ticks, before the page came and behind it, until all is loaded."""

import sys
import time
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from app.runtime.start import Options
from app.ui import first_frame

target, profile = Path(sys.argv[1]), Path(sys.argv[2])
options = Options(profile, page="inbox")
gaps: list[tuple[str, float]] = []
stage = "before"
start = first_frame.begin(options, [])
assert start is not None
last = time.perf_counter()


def tick() -> None:
    global last
    now = time.perf_counter()
    gaps.append((stage, (now - last) * 1000))
    last = now


timer = QTimer()
timer.setTimerType(Qt.TimerType.PreciseTimer)
timer.timeout.connect(tick)
timer.start(1)
start.frame.answer_during(lambda: import_module("app.window"))

from app import window  # noqa: E402  (as in __main__)


def page_painted(event: str) -> None:
    """The page is there: what follows is late loading."""
    global stage
    tick()
    stage = "behind"


def stop(self: window.Loading) -> None:
    finish(self)
    tick()
    timer.stop()
    target.write_text("\n".join(f"{when} {gap:.3f}" for when, gap in gaps), encoding="ascii")


window.reached = page_painted  # type: ignore[attr-defined]
finish, window.Loading.finish = window.Loading.finish, stop  # type: ignore[method-assign]
sys.exit(window.open_window(options, start))
