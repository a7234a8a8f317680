"""The window on a real display: it appears, comes to the front when started again, and closes in order."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.system.desktop import Program
from tests.system.parts import need, wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


def test_the_window_appears_and_closes_in_order(program: Program) -> None:
    size = program.desktop.run(need("xdotool", "xdotool"), "getwindowgeometry", program.window())
    assert "Geometry" in size

    program.desktop.press("alt+f4")

    wait_until("the program to end", lambda: program.process.poll() is not None, 20)
    assert program.process.returncode == 0
    assert program.complained() == []


def test_a_second_start_brings_the_first_window_to_the_front(program: Program) -> None:
    first = program.window()

    command = [sys.executable, "-P", "-m", "app", "--profile", str(program.profile), "--sample"]
    second = subprocess.run(command, env=program.desktop.environment, capture_output=True, text=True, check=False, timeout=60)

    assert second.returncode == 0, second.stderr
    assert program.desktop.windows("Tertulia") == [first]
    assert program.process.poll() is None
