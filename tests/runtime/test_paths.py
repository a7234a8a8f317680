"""Where a profile is, and where the program's resources are."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from app.runtime.errors import DiskTrouble
from app.runtime.paths import Paths, choose, data_folder, resources

HOME = Path("/home/u")


def test_everything_lies_in_one_folder(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "p")
    inside = [path for path in paths if isinstance(path, Path) and path != paths.root]
    assert all(path.parent == paths.root for path in inside)
    assert len(set(inside)) == len(inside)


def test_the_command_line_wins_over_the_variable_over_the_platform(tmp_path: Path) -> None:
    environ = {"TERTULIA_PROFILE": str(tmp_path / "b")}
    assert choose(tmp_path / "a", False, environ).root == tmp_path / "a"
    assert choose(None, False, environ).root == tmp_path / "b"
    assert choose(None, False, {}).root.name == "tertulia"


def test_the_sample_shop_lies_beside(tmp_path: Path) -> None:
    assert choose(tmp_path / "a", True, {}).root == tmp_path / "a-sample"
    assert choose(None, True, {}).root.name == "tertulia-sample"


def test_the_platform_folder_is_that_of_platformdirs() -> None:
    ours = data_folder(sys.platform, os.environ, Path.home()) / "tertulia"
    assert ours == platformdirs.user_data_path("tertulia", appauthor=False)


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, HOME / ".local/share"),
        ("linux", {"XDG_DATA_HOME": "/data"}, Path("/data")),
        ("linux", {"XDG_DATA_HOME": "relative"}, HOME / ".local/share"),
        ("darwin", {}, HOME / "Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "/c/local"}, Path("/c/local")),
        ("win32", {}, HOME / "AppData/Local"),
    ],
)
def test_each_platform_has_its_habit(platform: str, environ: dict[str, str], expected: Path) -> None:
    assert data_folder(platform, environ, HOME) == expected


def test_folders_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "deep" / "p")
    paths.create()
    paths.create()
    assert all(folder.is_dir() for folder in (paths.media, paths.backups, paths.logs, paths.cache))
    if os.name == "posix":
        assert stat.S_IMODE(paths.root.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_a_trouble_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskTrouble):
        Paths.of(tmp_path / "file" / "p").create()


def test_a_relative_profile_is_the_same_after_a_change_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert choose(Path("p"), False, {}).root == tmp_path / "p"


def test_two_profiles_have_two_sockets(tmp_path: Path) -> None:
    assert Paths.of(tmp_path / "a").socket != Paths.of(tmp_path / "b").socket
    assert Paths.of(tmp_path / "a").socket == Paths.of(tmp_path / "a").socket
    assert len(Paths.of(tmp_path / ("long" * 40)).socket) < 100


def test_resources_are_found_in_a_checkout() -> None:
    assert (resources() / "translations" / "en" / "runtime.po").is_file()


def test_resources_are_found_when_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources" / "translations").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"


def test_resources_are_found_beside_an_installed_package(tmp_path: Path) -> None:
    """As the wheel lays them out: app/resources."""
    source = Path(__file__).resolve().parents[2]
    (tmp_path / "app" / "runtime").mkdir(parents=True)
    for name in (
        "__init__.py",
        "runtime/__init__.py",
        *(f"runtime/{module}.py" for module in ("paths", "errors", "words", "signals", "clock")),
    ):
        (tmp_path / "app" / name).write_text((source / "app" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "app" / "resources" / "translations").mkdir(parents=True)
    found = subprocess.run(
        [sys.executable, "-c", "from app.runtime.paths import resources; print(resources())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == (tmp_path / "app" / "resources").resolve()


def test_what_is_needed_before_the_first_frame_is_light() -> None:
    """Neither asyncio nor anything from outside the standard library."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "import app.runtime.words, app.runtime.errors, app.runtime.signals, app.runtime.clock, app.runtime.paths, app.runtime.settings, app.runtime.log\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(name for name in new - {'app'} if name not in sys.stdlib_module_names and not name.startswith('_sysconfigdata') or name in ('asyncio', 'socket', 'ssl')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.strip() == "[]"
