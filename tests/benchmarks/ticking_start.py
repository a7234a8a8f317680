"""The real start with a tick each millisecond: writes the gaps between ticks from the first frame until everything is loaded."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from app import window
from app.bootstrap import Options

target, profile = Path(sys.argv[1]), Path(sys.argv[2])
gaps: list[float] = []
last = 0.0
make = window.make_application
timers: list[QTimer] = []


def tick() -> None:
    global last
    now = time.perf_counter()
    gaps.append((now - last) * 1000)
    last = now


def begin(self: window.Program) -> None:
    """The first frame is there: count from now on."""
    global last
    last = time.perf_counter()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(1)
    timers.append(timer)
    first_frame(self)


def stop(self: window.Loading) -> None:
    finish(self)
    timers[0].stop()
    target.write_text("\n".join(f"{gap:.3f}" for gap in gaps), encoding="ascii")


first_frame, window.Program._first_frame = window.Program._first_frame, begin
finish, window.Loading.finish = window.Loading.finish, stop
sys.exit(window.open_window(Options(profile, page="inbox"), []))
