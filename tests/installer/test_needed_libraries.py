"""What a built folder asks of the system is read from its own files, and named as Debian names it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from installer import needed_libraries
from installer.needed_libraries import Needs

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's kind of programs")
LIBC = {"GLIBC": (2, 36)}


def test_each_package_is_declared_once_and_the_c_library_with_its_version() -> None:
    needs = Needs({"libglib-2.0.so.0": ["a"], "libgio-2.0.so.0": ["a"], "libc.so.6": ["a"], "libm.so.6": ["b"]}, LIBC)
    assert needed_libraries.debian_packages(needs) == ["libc6 (>= 2.36)", "libglib2.0-0"]


@pytest.mark.parametrize(("symbols", "release"), [((3, 4, 29), "11"), ((3, 4, 30), "12"), ((3, 4, 22), "11")])
def test_the_library_of_cxx_is_declared_as_new_as_its_symbols(symbols: tuple[int, ...], release: str) -> None:
    needs = Needs({"libstdc++.so.6": ["a"]}, {**LIBC, "GLIBCXX": symbols})
    assert f"libstdc++6 (>= {release})" in needed_libraries.debian_packages(needs)


def test_a_library_that_nobody_declared_stops_the_build_and_says_who_needs_it() -> None:
    with pytest.raises(ValueError, match=r"libnew\.so\.1 \(needed by thing\.so\)"):
        needed_libraries.debian_packages(Needs({"libnew.so.1": ["thing.so"]}, LIBC))


def test_symbols_that_are_newer_than_all_we_know_stop_the_build() -> None:
    with pytest.raises(ValueError, match=r"GLIBCXX_3\.5\.0"):
        needed_libraries.debian_packages(Needs({"libstdc++.so.6": ["a"]}, {**LIBC, "GLIBCXX": (3, 5, 0)}))


@pytest.mark.skipif(shutil.which("objdump") is None, reason="packaging needs objdump")
def test_a_folder_does_not_need_what_it_has_itself(tmp_path: Path) -> None:
    needs = needed_libraries.of_folder(one_program(tmp_path))
    assert "libc.so.6" in needs.libraries
    assert needs.newest["GLIBC"] >= (2, 2)
    shutil.copy("/proc/self/exe", tmp_path / "libc.so.6")
    assert "libc.so.6" not in needed_libraries.of_folder(tmp_path).libraries


def test_programs_are_known_by_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "text.so").write_text("no program", encoding="utf-8")
    (tmp_path / "script").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "script").chmod(0o755)
    (tmp_path / "link.so").symlink_to("program")
    assert list(needed_libraries.programs(one_program(tmp_path))) == [tmp_path / "program"]


def one_program(folder: Path) -> Path:
    shutil.copy("/bin/ls", folder / "program")
    (folder / "program").chmod(0o755)
    return folder
