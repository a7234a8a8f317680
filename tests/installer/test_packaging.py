"""The build's own steps, without the build: what goes into the package, when files are dated, what Windows is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.version import VERSION
from installer import contents, icons, packaging
from installer.identity import ID, ROOT

MOMENT = 1_700_000_000


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder such as PyInstaller makes."""
    folder = tmp_path / "dist" / "tertulia"
    (folder / "_internal").mkdir(parents=True)
    (folder / "tertulia").write_bytes(b"\x7fELF")
    (folder / "tertulia").chmod(0o755)
    (folder / "_internal" / "data").write_bytes(b"x")
    monkeypatch.setattr(packaging, "FOLDER", folder)
    monkeypatch.setattr(packaging, "DIST", folder.parent)
    return folder


def test_files_carry_the_time_that_the_builder_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MOMENT))
    assert packaging.source_moment() == MOMENT


def test_without_one_they_carry_that_of_the_last_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert packaging.source_moment() == packaging.source_moment()


def test_a_kind_that_this_platform_does_not_build_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert packaging.main(["snowflake"]) == 2
    assert "snowflake" in capsys.readouterr().err


def test_the_package_puts_everything_where_desktops_look(built: Path) -> None:
    entries = {entry.name: entry for entry in packaging.deb_entries(MOMENT)}
    assert entries["usr/lib/tertulia/tertulia"].executable
    assert entries["usr/bin/tertulia"].link == "../lib/tertulia/tertulia"
    for place in (
        f"usr/share/applications/{ID}.desktop",
        f"usr/share/metainfo/{ID}.metainfo.xml",
        f"usr/share/mime/packages/{ID}.xml",
        f"usr/share/icons/hicolor/scalable/apps/{ID}.svg",
        f"usr/share/icons/hicolor/256x256/apps/{ID}.png",
        "usr/lib/systemd/user/tertulia-publish.service",
        "usr/share/doc/tertulia/copyright",
    ):
        assert place in entries
    assert {name.split("/")[0] for name in entries} == {"usr"}


def test_the_portable_archive_starts_from_its_own_folder(built: Path) -> None:
    (made,) = packaging.build_archive(MOMENT)
    import tarfile

    with tarfile.open(made) as archive:
        top = {name.split("/")[0] for name in archive.getnames()}
        start = archive.getmember(f"{min(top)}/tertulia.sh")
        assert start.mode & 0o111
        assert archive.getmember(f"{min(top)}/program/tertulia").mode & 0o111
    assert len(top) == 1
    assert VERSION in made.name


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX script")
def test_the_start_script_hands_arguments_on_and_keeps_data_beside_it_where_there_is_a_place(tmp_path: Path) -> None:
    import shutil
    import subprocess

    folder = tmp_path / "any where"
    (folder / "program").mkdir(parents=True)
    shutil.copy(ROOT / "installer" / "linux" / "tertulia.sh", folder)
    program = folder / "program" / "tertulia"
    program.write_text('#!/bin/sh\nprintf "%s|%s" "$TERTULIA_PROFILE" "$*"\n', encoding="utf-8")
    program.chmod(0o755)

    def told() -> str:
        command = ["sh", str(folder / "tertulia.sh"), "--sample", "inbox"]
        return subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True).stdout

    assert told() == "|--sample inbox"
    (folder / "data").mkdir()
    assert told() == f"{folder}/data/tertulia|--sample inbox"


def test_icons_are_painted_in_every_size_and_format(tmp_path: Path) -> None:
    packaging.run([sys.executable, "-P", "-m", "installer.icons", str(tmp_path)])
    assert all((tmp_path / f"tertulia-{size}.png").read_bytes().startswith(b"\x89PNG") for size in icons.SIZES)
    assert (tmp_path / "tertulia.ico").read_bytes()[:4] == b"\x00\x00\x01\x00"
    assert (tmp_path / "tertulia.icns").read_bytes()[:4] == b"icns"


def test_windows_is_told_four_numbers() -> None:
    assert "filevers=(0, 1, 0, 0)" in packaging.windows_version() or VERSION != "0.1.0"


def test_code_that_would_be_compiled_at_each_start_goes_along(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaging, "INSIDE", built / "_internal")
    packaging.keep_code()
    (kept,) = (built / "_internal" / "app" / "ui" / "__pycache__").iterdir()
    assert kept.stat().st_size > 100_000


def test_a_package_that_nobody_pinned_is_told(tmp_path: Path) -> None:
    for name in ("httpx", "pytest", "resources", "asyncio"):
        (tmp_path / name).mkdir()
    (tmp_path / "six.pyc").write_bytes(b"x")
    assert packaging.strange_packages(tmp_path, "httpx==0.28.1\nsix==1.17.0\n") == ["pytest"]


def test_a_module_of_the_program_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "app_modules", lambda: ["app", "app.one", "app.two"])
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.pyc").write_bytes(b"x")
    (tmp_path / "app" / "two.pyc").write_bytes(b"x")
    assert packaging.missing_modules(tmp_path) == ["app.one"]
