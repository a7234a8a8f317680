"""What is installed, on a Debian 12 with nothing on it: the .deb with what it declares alone, started from its desktop entry, used, removed;
and the portable archive, which needs no installing and keeps its data beside it.
"""

from __future__ import annotations

import configparser
import contextlib
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import identity
from tests.system.debian_root import Computer, debian, environment
from tests.system.desktop import Desktop
from tests.system.parts import need, running, wait_until

pytestmark = [pytest.mark.system, pytest.mark.timeout(3600)]

ROOT = Path(__file__).resolve().parents[2]
BUILT = "TERTULIA_DIST"
"""A folder with a package and an archive that were built already; without it, they are built."""
USER, HOME = "ana", "home/ana"
OF_LIBRARIES = (f"{HOME}/.cache/fontconfig/", f"{HOME}/.cache/mesa_shader_cache", "usr/share/fonts/.uuid")
"""What the system's own libraries keep for any program that paints."""
ENTRY = f"usr/share/applications/{identity.ID}.desktop"


@pytest.fixture(scope="module")
def built() -> Path:
    """The folder in which package and archive lie."""
    told = os.environ.get(BUILT, "")
    if told:
        return Path(told)
    words = [sys.executable, str(ROOT / "run.py"), "package", "folder", "deb", "archive"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=1800)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return ROOT / "dist"


def only(folder: Path, ending: str) -> Path:
    """The one of this version."""
    (found,) = (each for each in folder.iterdir() if each.name.endswith(ending) and identity.version() in each.name)
    return found


@pytest.fixture(scope="module")
def computer() -> Iterator[Computer]:
    with debian() as made:
        assert made.run("useradd", "--create-home", USER).returncode == 0
        yield made


def started_by(line: str) -> list[str]:
    """The words of a desktop entry's Exec, without the places for files and addresses."""
    return [word for word in shlex.split(line) if not re.fullmatch(r"%[a-zA-Z]", word)]


def open_and_quit(computer: Computer, desktop: Desktop, command: list[str], log: Path, sample: Path | None = None) -> None:
    """Start the window as the user, see it, close it as the user would, and see that nothing of it goes on. `sample`: the folder in which
    the sample shop is made meanwhile.
    """
    surroundings = {**environment(), "HOME": f"/{HOME}", "DISPLAY": desktop.environment["DISPLAY"]}
    with running(computer.entering(command, USER), log, surroundings) as process:

        def window() -> str | None:
            assert process.poll() is None, f"the program ended with {process.returncode}:\n{log.read_text('utf-8')}"
            return next(iter(desktop.windows("Tertulia")), None)

        shown = wait_until("the window", window, 120)
        desktop.run(need("xdotool", "xdotool"), "windowactivate", "--sync", shown)
        if sample is not None:  # it is made at the first start, behind a page of its own
            wait_until("the sample shop's messages", lambda: stored_messages(sample), 120)
        desktop.press("alt+f4")
        wait_until("the program to end", lambda: process.poll() is not None, 60)
        assert process.returncode == 0, log.read_text("utf-8")
    wait_until("all processes to be gone", lambda: not computer.processes(), 20)


def stored_messages(profile: Path) -> int:
    """Read from outside, as a file: a second program would make the sample shop as well."""
    file = profile / "tertulia.db"
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM message").fetchone()[0])
    return 0


def conversations(computer: Computer) -> list[dict[str, object]]:
    told = computer.run("tertulia", "--sample", "--json", "inbox", "list", user=USER, extra={"HOME": f"/{HOME}"})
    return [json.loads(line) for line in told.stdout.splitlines()] if told.returncode == 0 else []


def test_it_installs_opens_quits_and_goes_without_a_trace(built: Path, computer: Computer, desktop: Desktop, tmp_path: Path) -> None:
    shutil.copy(only(built, ".deb"), computer.root / "srv" / "tertulia.deb")
    updated = computer.run("apt-get", "-q", "update")
    assert updated.returncode == 0, updated.stderr
    installed = computer.run("apt-get", "-q", "-y", "--no-install-recommends", "install", "/srv/tertulia.deb", extra={"DEBIAN_FRONTEND": "noninteractive"})
    assert installed.returncode == 0, installed.stdout[-3000:] + installed.stderr
    (computer.root / "srv" / "tertulia.deb").unlink()

    own = {line.strip().lstrip("/") for line in computer.run("dpkg", "-L", identity.COMMAND).stdout.splitlines()}
    before = computer.files()
    assert ENTRY in own

    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string((computer.root / ENTRY).read_text(encoding="utf-8"))
    told = computer.run("tertulia", "doctor", user=USER, extra={"HOME": f"/{HOME}"})
    assert told.returncode in (0, 1), told.stderr
    assert "SQLite" in told.stdout

    open_and_quit(computer, desktop, started_by(entry["Desktop Entry"]["Exec"]), tmp_path / "first.log")
    sample = computer.root / HOME / ".local" / "share" / "tertulia-sample"
    open_and_quit(computer, desktop, started_by(entry["Desktop Action sample"]["Exec"]), tmp_path / "sample.log", sample)
    assert len(conversations(computer)) > 5

    suggested = computer.run("sh", "-c", """echo '{"word": "parcell", "language": "en"}' | tertulia --suggest-words""", user=USER, extra={"HOME": f"/{HOME}"})
    assert "parcel" in json.loads(suggested.stdout)
    painted = computer.run(
        "tertulia", "--sample", "picture", "calendar", "/tmp/calendar.png", user=USER, extra={"HOME": f"/{HOME}", "QT_QPA_PLATFORM": "offscreen"}
    )
    assert painted.returncode == 0, painted.stderr

    removed = computer.run("apt-get", "-q", "-y", "purge", identity.COMMAND, extra={"DEBIAN_FRONTEND": "noninteractive"})
    assert removed.returncode == 0, removed.stderr
    left = computer.files() - (before - own)
    data = {name for name in left if name.startswith(f"{HOME}/.local/share/tertulia")}
    assert {name for name in left - data if not name.startswith(OF_LIBRARIES)} == {"tmp/calendar.png"}
    assert {name.split("/")[4] for name in data} == {"tertulia", "tertulia-sample"}
    assert not computer.processes()


def test_the_archive_runs_from_its_folder_and_keeps_everything_there(
    built: Path, computer: Computer, desktop: Desktop, tmp_path: Path
) -> None:
    """The libraries of the desktop that the package declares are still there; nothing of the package itself is."""
    archive = only(built, ".tar.xz")
    folder = f"/{HOME}/{archive.name.removesuffix('.tar.xz')}"
    with tarfile.open(archive) as packed:  # the bare Debian has no xz; desktops do
        packed.extractall(computer.root / HOME, filter="tar")
    assert computer.run("chown", "--recursive", f"{USER}:{USER}", folder).returncode == 0
    assert computer.run("mkdir", f"{folder}/data", user=USER).returncode == 0
    before = computer.files()

    started = [f"{folder}/tertulia.sh"]
    open_and_quit(computer, desktop, started, tmp_path / "portable.log")
    kept = computer.root / folder.lstrip("/") / "data"
    open_and_quit(computer, desktop, [*started, "--sample"], tmp_path / "portable_sample.log", kept / "tertulia-sample")

    new = {name for name in computer.files() - before if not name.startswith(OF_LIBRARIES)}
    assert {name for name in new if not name.startswith(f"{folder.lstrip('/')}/data/")} == set()
    assert {path.name for path in kept.iterdir()} == {"tertulia", "tertulia-sample"}
    assert not computer.processes()
