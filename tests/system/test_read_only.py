"""A profile that takes no changes: on a closed disk, in somebody else's folder, on a disk that fails under the open window.

Each time: a sentence with the next step, everything there can be looked at, and not one byte is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.program import make_sample
from tests.system import disks
from tests.system.desktop import ROOT, Desktop, Program, started
from tests.system.parts import need_root, wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

SENTENCE = "Nothing new can be kept: the folder with your data takes no changes. Make it writable for you, or copy it to another disk and open the copy."
BANNER = "You can look at everything here, but this folder takes no changes. Make it writable for you and open Tertulia again."
ENGLISH = ["--sample", "--language", "en"]
NOBODY = 65534


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory)


@pytest.fixture
def disk(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A closed disk with a sample shop on it, named as the one of the profile `shop`."""
    with disks.closed_later(tmp_path / "disk") as close:
        shutil.copytree(made, tmp_path / "disk" / "shop-sample")
        close()
        yield tmp_path / "disk"


def everything_in(folder: Path) -> dict[str, str]:
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}


def tell(profile: Path, *words: str, user: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own; the user's rights are real ones."""
    command = [sys.executable, "-P", "-m", "app", "--profile", str(profile), *words]
    given = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "HOME": "/nonexistent", **environment}
    return subprocess.run(
        command, env=given, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60, user=user, group=user, extra_groups=[]
    )


def looks_but_refuses(profile: Path, user: int = 0) -> None:
    """What every command does on a profile that takes no changes."""
    listed = tell(profile, *ENGLISH, "--json", "inbox", "list", "--limit", "1", user=user)
    assert (listed.returncode, listed.stderr, len(listed.stdout.splitlines())) == (0, "", 1)
    found = tell(profile, *ENGLISH, "search", "vinilo", user=user)
    assert (found.returncode, found.stderr) == (0, "")
    examined = tell(profile, *ENGLISH, "doctor", user=user)
    assert (examined.returncode, examined.stderr) == (1, "")
    assert "! The data is in" in examined.stdout
    for words in (["inbox", "done", "14"], ["inbox", "reply", "14", "--text", "Hola"], ["post", "--account", "2", "--text", "Hola"], ["sync", "--once"]):
        refused = tell(profile, *ENGLISH, *words, user=user)
        assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", SENTENCE + "\n"), words


def test_the_command_line_looks_and_changes_nothing(disk: Path) -> None:
    before = everything_in(disk)
    looks_but_refuses(disk / "shop")
    assert everything_in(disk) == before


def test_the_window_says_that_one_can_only_look(desktop: Desktop, disk: Path, tmp_path: Path) -> None:
    before = everything_in(disk)
    desktop.use_layout("us")
    with started(desktop, tmp_path, ENGLISH, profile=disk / "shop") as program:
        program.wait_for("the word about the folder", "label", f"^{BANNER}$", "showing")
        desktop.press("g", "i")
        row = program.wait_for("a selected conversation", "table cell", ".", "selected")
        desktop.press("j")
        program.wait_for("the next conversation", "table cell", f"^(?!{row.name[:12]})", "selected")
        desktop.press("e")
        desktop.press("k")
        program.wait_for("the one before, still there", "table cell", f"^{row.name[:12]}", "selected")
        close_in_order(program)
        assert program.complained() == []
    assert everything_in(disk) == before


def test_where_nothing_can_be_made_it_is_said(desktop: Desktop, disk: Path, tmp_path: Path) -> None:
    told = tell(disk / "new", "--language", "en", "accounts", "list")
    assert (told.returncode, told.stdout, told.stderr) == (1, "", SENTENCE + "\n")
    with started(desktop, tmp_path, ["--language", "en"], profile=disk / "new") as program:
        program.wait_for("the sentence", "label", f"^{SENTENCE}$", "showing")
        close_in_order(program, code=1)
        assert program.complained() == [SENTENCE]


def test_somebody_elses_folder(made: Path) -> None:
    need_root()
    # pytest's own folders are closed to other users
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    folder.chmod(0o755)
    try:
        if tell(folder, "--version", user=NOBODY).returncode:
            pytest.fail("missing part: a checkout and a Python that other users of this computer can read", pytrace=False)
        for name, mode in (("shop-sample", 0o755), ("closed-sample", 0o700)):
            shutil.copytree(made, folder / name)
            for place in (folder / name, *(folder / name).rglob("*")):
                place.chmod(mode if place.is_dir() else 0o644)
        before = everything_in(folder)

        looks_but_refuses(folder / "shop", NOBODY)
        window = tell(folder / "shop", *ENGLISH, user=NOBODY, TERTULIA_EXIT_AFTER="ready")
        assert (window.returncode, window.stderr) == (0, "")
        for unreadable in (folder / "closed", folder / "closed-sample" / "below", folder / "new"):
            told = tell(unreadable, *ENGLISH, "inbox", "list", user=NOBODY)
            assert (told.returncode, told.stdout, told.stderr) == (1, "", SENTENCE + "\n"), unreadable
        assert everything_in(folder) == before
    finally:
        shutil.rmtree(folder)


def test_a_disk_that_fails_while_somebody_writes(desktop: Desktop, made: Path, tmp_path: Path) -> None:
    image, disk = tmp_path / "image", tmp_path / "disk"
    data = disk / "shop-sample" / "tertulia.db"
    desktop.use_layout("us")
    with disks.failing(image, disk) as fail:
        shutil.copytree(made, disk / "shop-sample")
        with started(desktop, tmp_path, ENGLISH, profile=disk / "shop") as program:
            program.wait_for("the first page", "page tab", "^Today", "showing", "selected")
            desktop.press("g", "i")
            name = program.wait_for("a selected conversation", "table cell", ".", "selected").name.split(",")[0]
            desktop.press("r")
            program.wait_for("the reply box", "text", f"^Reply to .*{name}", "focused")
            fail()
            desktop.type("We look into it")
            desktop.press("control+return")

            # It leaves the box and comes back; which sentence is shown is told by tests/ui/inbox: no screen reader finds toasts in the tree.
            steadily("the text in its box", lambda: typed(program, name) == "We look into it")
            desktop.press("escape", "j")
            wait_until("the next conversation", lambda: typed(program, name) is None)
            desktop.press("k")
            wait_until("the text in its box again", lambda: typed(program, name) == "We look into it")

            desktop.press("alt+f4")
            program.wait_for("the question about what could not be kept", None, "^Try again", "focused")
            desktop.press("tab")
            desktop.press("tab")
            program.wait_for("closing without it", None, "^Close without", "focused")
            desktop.press("space")
            wait_until("the program to end", lambda: program.process.poll() is not None, 20)
            assert program.process.returncode == 0, program.complaints.read_text("utf-8")
            # Qt says that it could not take its lock away.
            assert [line for line in program.complained() if "window.lock" not in line] == []

    with disks.mounted(image, disk), contextlib.closing(sqlite3.connect(data)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM outbox WHERE parts LIKE '%We look into it%'").fetchone() == (0,)


def typed(program: Program, name: str) -> str | None:
    """What is in the reply box, if it is that customer's."""
    return next((node.text for node in program.seen().all() if node.role == "text" and node.name.startswith("Reply to ") and name in node.name), None)


def steadily(what: str, holds: Callable[[], bool], looks: int = 4) -> None:
    """Holds each time when looked at one time after the other; looking takes about a quarter of a second."""
    seen = 0

    def look() -> bool:
        nonlocal seen
        seen = seen + 1 if holds() else 0
        return seen >= looks

    wait_until(what, look)


def close_in_order(program: Program, code: int = 0) -> None:
    program.desktop.press("alt+f4")
    wait_until("the program to end", lambda: program.process.poll() is not None, 20)
    assert program.process.returncode == code, program.complaints.read_text("utf-8")
