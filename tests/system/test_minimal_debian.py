"""A newcomer on a Debian 12 with nothing on it but Python: one command makes the environment and shows the sample shop's morning."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.system.parts import need, need_root

pytestmark = [pytest.mark.system, pytest.mark.timeout(1800)]

ROOT = Path(__file__).resolve().parents[2]
CHECKOUT = "/srv/tertulia"
REGISTRY_CERTIFICATES = "/srv/registry.pem"
"""Where this computer's PIP_CERT goes; installing packages there would overwrite it in its usual place."""
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Computer:
    """A folder that is a whole Debian."""

    root: Path

    def run(self, *command: str, user: str = "root", seconds: float = 900) -> subprocess.CompletedProcess[str]:
        """In a mount space of its own, so that /proc is gone again afterwards, whatever happens."""
        inside = f'mount -t proc proc "{self.root}/proc" && exec chroot --userspec={user} "{self.root}" "$@"'
        words = [need("unshare", "util-linux"), "--mount", "--propagation", "private", "sh", "-c", inside, "sh"]
        words += ["sh", "-c", f'cd {CHECKOUT} && exec "$@"', "sh", *command]
        return subprocess.run(words, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=seconds)


def environment() -> Mapping[str, str]:
    """An empty one but for the way to the package registry that this computer uses."""
    passed = {name: value for name, value in os.environ.items() if re.fullmatch(r"PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT)|(?:https?|no)_proxy", name)}
    if "PIP_CERT" in passed:
        passed["PIP_CERT"] = REGISTRY_CERTIFICATES
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", **passed}


@pytest.fixture(scope="module")
def computer() -> Iterator[Computer]:
    need_root()
    made = Computer(Path(tempfile.mkdtemp(prefix="debian-")))
    try:
        command = [need("debootstrap", "debootstrap"), "--variant=minbase", "--include=python3", "bookworm", str(made.root), *mirror()]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        made.root.chmod(0o755)
        shutil.copy("/etc/resolv.conf", made.root / "etc" / "resolv.conf")
        if "PIP_CERT" in os.environ:
            shutil.copy(os.environ["PIP_CERT"], made.root / REGISTRY_CERTIFICATES.lstrip("/"))
        copy_checkout(made.root / CHECKOUT.lstrip("/"))
        yield made
    finally:
        shutil.rmtree(made.root, ignore_errors=True)


def mirror() -> list[str]:
    """The archive this Debian uses itself; elsewhere debootstrap's own choice."""
    if not Path("/etc/debian_version").exists():
        return []
    asked = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"], capture_output=True, text=True, check=False)
    return [site for site in asked.stdout.split() if site.rstrip("/").endswith("/debian")][:1]


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
