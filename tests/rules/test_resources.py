"""The program's resources are found alike in a checkout and after `pip install .`; the frozen program is tried by `run.py package`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.rules.sources import ROOT

# Prints what an installed or checked-out program sees of itself.
LOOK = """
import json
import app
from pathlib import Path
from app.runtime.paths import resources
from app.runtime.words import Words
folder = resources()
print(json.dumps({
    "app": str(Path(app.__file__).parent),
    "folder": str(folder),
    "files": sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()),
    "words": Words(folder / "translations", "es", "America/Mexico_City").text("error.offline"),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def look(where: Path) -> dict[str, object]:
    environment = {**os.environ, "PYTHONPATH": str(where)}
    done = subprocess.run([sys.executable, "-P", "-c", LOOK], env=environment, cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, object] = json.loads(done.stdout)
    return seen


def test_resources_are_found_in_a_checkout_and_after_an_installation(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)  # what pip does with a wheel without scripts of its own

    checkout, installed = look(ROOT), look(tmp_path)

    assert checkout["folder"] == str(ROOT / "resources")
    assert str(installed["folder"]).startswith(str(tmp_path))
    assert str(installed["app"]).startswith(str(tmp_path))
    assert installed["files"] == checkout["files"]
    assert installed["words"] == checkout["words"]


def test_the_wheel_holds_the_command_the_schema_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry_points,) = (archive.read(name).decode() for name in names if name.endswith("entry_points.txt"))
    assert "tertulia = app.__main__:main" in entry_points
    assert [name for name in names if name.startswith("app/store/migrations/versions/") and name.endswith(".py")]
    assert [name for name in names if name.endswith("licenses/LICENSE")]
    assert {name.split("/")[0] for name in names if not name.split("/")[0].endswith(".dist-info")} == {"app"}
