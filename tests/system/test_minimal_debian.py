"""A newcomer on a Debian 12 with nothing on it but Python: one command makes the environment and shows the sample shop's morning."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.debian_root import Computer, debian

pytestmark = [pytest.mark.system, pytest.mark.timeout(1800)]

ROOT = Path(__file__).resolve().parents[2]
CHECKOUT = "/srv/tertulia"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def computer() -> Iterator[Computer]:
    with debian("python3", at=CHECKOUT) as made:
        copy_checkout(made.root / CHECKOUT.lstrip("/"))
        yield made


def copy_checkout(place: Path) -> None:
    """What a clone would hold, changes not yet committed included."""
    listed = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)


def test_the_help_needs_nothing(computer: Computer) -> None:
    shown = computer.run("python3", "run.py", "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "python3 run.py test" in shown.stdout


def test_a_user_who_may_not_install_is_told_what_to_type(computer: Computer) -> None:
    told = computer.run("python3", "run.py", user="nobody")
    assert told.returncode == 1
    assert told.stderr == "This Python cannot make virtual environments. Install the missing part and start again: sudo apt install python3.11-venv\n"


def test_one_command_sets_up_everything_and_shows_the_morning(computer: Computer) -> None:
    done = computer.run("python3", "run.py")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "There is no display here" in done.stdout
    (folder,) = re.findall(r"its pictures go to (/\S+)", done.stdout)
    pictures = sorted((computer.root / folder.lstrip("/")).rglob("*.png"))
    assert pictures
    assert all(picture.read_bytes().startswith(PNG) and picture.name in done.stdout for picture in pictures)

    started = time.monotonic()
    again = computer.run("python3", "run.py", "--json", "outbox", "list")
    assert again.returncode == 0, again.stderr
    assert "Setting up" not in again.stdout
    assert time.monotonic() - started < 30
