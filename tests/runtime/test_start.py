"""Marks are left only where a benchmark asked for them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.runtime import start


def test_a_mark_tells_when_something_was_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "marks"
    monkeypatch.setenv(start.MARKS, str(target))

    before = time.time()
    start.mark("first_frame")
    start.mark("page")

    lines = [line.split() for line in target.read_text(encoding="ascii").splitlines()]
    assert [event for event, _, _ in lines] == ["first_frame", "page"]
    assert before - 1 <= float(lines[0][1]) <= time.time() + 1


def test_without_a_benchmark_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(start.MARKS, raising=False)
    monkeypatch.delenv(start.EXIT_AFTER, raising=False)
    start.reached("page")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("wanted", "said"), [("page", ""), ("ready", "on")])
def test_a_benchmark_ends_the_program_where_it_wants(wanted: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(start.EXIT_AFTER, wanted)
    program = "from app.runtime.start import reached\nreached('page')\nprint('on')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == said
