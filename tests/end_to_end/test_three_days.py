"""Seventy-two simulated hours of the whole program: nothing lost, nothing twice, nothing silently gone, and no more held at the end than when warm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.file_keyring import BACKEND

ROOT = Path(__file__).resolve().parents[2]
COARSE = ("--grid", "240", "--minutes", "90", "--calm", "2")
"""Steps of the time in seconds, minutes between two readings of an account, and how seldom people do something: three days fit into seconds."""

ALONE = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"}
"""No desktop is heard of: its buses go by the computer's clock."""


def live(folder: Path, seed: int, *words: str, program: str = "tests.end_to_end.three_days") -> dict[str, Any]:
    """What became of three days in a process of their own; its memory all comes from the C library, which can count it."""
    environment = {
        **os.environ,
        **ALONE,
        "PYTHONMALLOC": "malloc",
        "MALLOC_ARENA_MAX": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": BACKEND,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_NO_GLIB": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", program, "--seed", str(seed), *words, str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def told(found: dict[str, Any]) -> str:
    """What one needs to live the same days again."""
    lines = [f"seed {found['seed']}, steps of {found['grid']} s", *found["wrong"], "the schedule:", *found["happened"]]
    return "\n".join(lines)


@pytest.mark.timeout(600)
def test_three_days_lose_nothing_double_nothing_and_leave_nothing(tmp_path: Path) -> None:
    found = live(tmp_path, 2, *COARSE)
    assert not found["wrong"], told(found)
    figures = found["figures"]
    assert figures["outbox"]["out"] > 50, told(found)
    assert min(figures["messages"], figures["letters"]["sent"], figures["snoozed"]) > 0, told(found)
    assert all(sum(met.values()) > 2 for met in found["weather"].values()), told(found)
