"""Two builds of the same sources at different times and places: what must be the same is compared byte by byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer.identity import ROOT

pytestmark = [pytest.mark.system, pytest.mark.timeout(3600)]

MAKE = """
import sys
from pathlib import Path
from installer import packaging
packaging.DIST, packaging.BUILD = Path(sys.argv[1], "dist"), Path(sys.argv[1], "build")
packaging.FOLDER = packaging.DIST / "tertulia"
packaging.INSIDE = packaging.FOLDER / "_internal"
packaging.build_folder(1_700_000_000)
"""


def test_two_builds_are_alike(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "another place"]
    for folder in folders:
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", MAKE, str(folder)], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
    first, second = (contents(folder / "dist" / "tertulia") for folder in folders)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
