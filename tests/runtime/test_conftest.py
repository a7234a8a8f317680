"""The guards of tests/conftest.py: a test that leaves a task behind or logs a warning fails."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TESTS = """
import asyncio, logging

async def test_good():
    await asyncio.sleep(0)

async def test_leaves_a_task():
    asyncio.get_running_loop().create_task(asyncio.sleep(60))

async def test_leaves_a_task_under_qt(qapp):
    asyncio.get_running_loop().create_task(asyncio.sleep(60))

async def test_failure_is_its_own():
    asyncio.get_running_loop().create_task(asyncio.sleep(60))
    assert 1 == 2

def test_logs():
    logging.getLogger("x").warning("careful")

def test_logs_as_expected(expected_log):
    logging.getLogger("x").warning("careful")
    assert [record.getMessage() for record in expected_log] == ["careful"]

async def test_clock(clock, words):
    await clock.elapse(60)
    assert words.time(clock.now()) == "10:01"
"""


def test_the_guards_catch_what_they_are_for(tmp_path: Path) -> None:
    (tmp_path / "test_guards.py").write_text(TESTS)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            "pyproject.toml",
            "-p",
            "tests.conftest",
            "-v",
            "--tb=line",
            "-n0",
            str(tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = dict(re.findall(r"::(\w+) (PASSED|FAILED|ERROR)", done.stdout))
    assert outcomes == {
        "test_good": "PASSED",
        "test_leaves_a_task": "FAILED",
        "test_leaves_a_task_under_qt": "FAILED",
        "test_failure_is_its_own": "FAILED",
        "test_logs": "FAILED",
        "test_logs_as_expected": "PASSED",
        "test_clock": "PASSED",
    }, done.stdout[-3000:] + done.stderr[-2000:]
    assert "assert 1 == 2" in done.stdout
