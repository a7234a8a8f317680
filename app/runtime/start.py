"""What a start was asked for, and the marks it leaves for benchmarks; imported before anything is shown, so it imports next to nothing."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

MARKS = "TERTULIA_MARKS"
"""For `run.py bench`: the file that marks are appended to."""
EXIT_AFTER = "TERTULIA_EXIT_AFTER"
"""For benchmarks and rule tests: `first_frame`, `page` (its rows are painted, ready to be gone through), `whole` (and all that stands around
them) or `ready` ends the program when that is reached."""


UNDERSTAND = "--understand"
"""The one argument of the process that suggests answers (`app/language/serving.py`); the program starts it for itself."""
SUGGEST_WORDS = "--suggest-words"
"""The one argument of the process that looks for what a misspelt word may mean (`app/services/speller.py`)."""
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class Options(NamedTuple):
    """What the command line said that matters before anything is opened."""

    profile: Path | None = None
    sample: bool = False
    language: str = ""
    """Overrides the setting for this run."""
    page: str = ""
    """The page to open first; empty for the last one."""
    target: str = ""
    """A `tertulia:` address or a file to open (commands/addresses.py)."""
    hidden: bool = False
    """Started with the session: no window on the screen, where a tray can bring it back."""


def has_display() -> bool:
    """Whether a window can be shown; Qt would end the process with a riddle."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in DISPLAYS)


def mark(event: str) -> None:
    """When something was reached and, where the program ends there, how much memory it took (proportional set size in kB, Linux); nothing
    without TERTULIA_MARKS.
    """
    target = os.environ.get(MARKS)
    if target:
        now = time.time()
        # Counting the memory takes a millisecond: not on the way to the mark that is waited for.
        memory = _proportional_set_size() if os.environ.get(EXIT_AFTER, event) == event else 0
        with contextlib.suppress(OSError), Path(target).open("a", encoding="ascii") as file:
            file.write(f"{event} {now:.6f} {memory}\n")


def reached(event: str) -> None:
    """Mark it, and end here if a benchmark wants no more; only where nothing was begun that would want an orderly end."""
    mark(event)
    if os.environ.get(EXIT_AFTER) == event:
        os._exit(0)


def _proportional_set_size() -> int:
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
