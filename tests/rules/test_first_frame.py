"""The window's first frame waits for Qt and hardly a module of ours, its first page for nothing slow: all that is loaded after it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.rules.sources import ROOT

TOO_SLOW = {
    "aiolimiter", "alembic", "asyncio", "babel", "cryptography", "httpx", "keyring", "numpy", "PIL", "pydantic", "qasync", "regex",
    "sqlalchemy", "sqlmodel", "stamina", "truststore",
}  # fmt: skip

OURS_IN_THE_FIRST_FRAME = {
    "app", "app.runtime", "app.runtime.compiled", "app.runtime.paths", "app.runtime.start", "app.ui", "app.ui.first_frame", "app.ui.instance",
}  # fmt: skip


def test_the_first_frame_needs_hardly_anything_of_ours(tmp_path: Path) -> None:
    imported = modules_imported_before("first_frame", tmp_path)
    assert "PySide6.QtWidgets" in imported
    assert "sqlite3" not in imported
    assert {name for name in imported if name.partition(".")[0] == "app"} - OURS_IN_THE_FIRST_FRAME == set()


def test_nothing_slow_is_imported_before_the_first_page(tmp_path: Path) -> None:
    """On the very first start, which makes the sample shop, and on the next, which shows its data at once."""
    for start in ("first", "next"):
        imported = modules_imported_before("page", tmp_path)
        assert "app.ui.shell" in imported
        assert TOO_SLOW & {name.partition(".")[0] for name in imported} == set(), f"on the {start} start"
        started = run_until("ready", tmp_path)
        assert started.returncode == 0, started.stderr


def modules_imported_before(moment: str, folder: Path) -> set[str]:
    """Starts the sample shop offscreen, lets it leave at a mark and reads what `-X importtime` wrote."""
    done = run_until(moment, folder, "-X", "importtime")
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    assert done.returncode == 0, "\n".join(line for line in done.stderr.splitlines() if line not in lines)
    return {line.rsplit("|", 1)[1].strip() for line in lines}


def run_until(moment: str, folder: Path, *python: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "TERTULIA_EXIT_AFTER": moment}
    command = [sys.executable, "-P", *python, "-m", "app", "--profile", str(folder / "profile"), "--sample"]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=50)
