"""A whole Debian in a folder, made for a test: commands run in it with nothing of this computer but its network."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.system.parts import need, need_root

REGISTRY_CERTIFICATES = "/srv/registry.pem"
"""Where this computer's PIP_CERT goes; installing packages there would overwrite it in its usual place."""


@dataclass(frozen=True)
class Computer:
    """A folder that is a whole Debian."""

    root: Path
    at: str = "/"
    """The folder in which commands run."""

    def run(self, *command: str, user: str = "root", seconds: float = 900, extra: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        words = self.entering(command, user)
        surroundings = {**environment(), **(extra or {})}
        return subprocess.run(words, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=seconds)

    def entering(self, command: Sequence[str], user: str = "root") -> list[str]:
        """The words that run a command inside: in a mount space of its own, so that /proc is gone again afterwards, whatever happens.

        No process stands between: the one that is started becomes the command.
        """
        inside = f'mount -t proc proc "{self.root}/proc" && exec chroot --userspec={user} "{self.root}" "$@"'
        words = [need("unshare", "util-linux"), "--mount", "--propagation", "private", "sh", "-c", inside, "sh"]
        return [*words, "sh", "-c", f'cd "{self.at}" && exec "$@"', "sh", *command]

    def processes(self) -> dict[int, str]:
        """What runs inside, by number; the words they were started with."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (place / "root").readlink() == self.root:
                    found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        return found

    def files(self) -> set[str]:
        """Every file and link, without those that packaging tools and the system keep for themselves."""
        own = ("var/lib/dpkg", "var/lib/apt", "var/lib/systemd/deb-systemd", "var/cache", "var/log", "proc", "run", "dev", "sys", "etc/ld.so.cache")
        names = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_symlink() or not path.is_dir())
        return {name for name in names if not name.startswith(own)}


def environment() -> Mapping[str, str]:
    """An empty one but for the way to the package registry that this computer uses."""
    passed = {name: value for name, value in os.environ.items() if re.fullmatch(r"PIP_(CERT|INDEX_URL|DEFAULT_TIMEOUT)|(?:https?|no)_proxy", name)}
    if "PIP_CERT" in passed:
        passed["PIP_CERT"] = REGISTRY_CERTIFICATES
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", **passed}


@contextlib.contextmanager
def debian(*packages: str, at: str = "/") -> Iterator[Computer]:
    """A Debian 12 with what every Debian has, and these packages."""
    need_root()
    made = Computer(Path(tempfile.mkdtemp(prefix="debian-")), at)
    try:
        include = [f"--include={','.join(packages)}"] if packages else []
        command = [need("debootstrap", "debootstrap"), "--variant=minbase", *include, "bookworm", str(made.root), *mirror()]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        made.root.chmod(0o755)
        shutil.copy("/etc/resolv.conf", made.root / "etc" / "resolv.conf")
        if "PIP_CERT" in os.environ:
            shutil.copy(os.environ["PIP_CERT"], made.root / REGISTRY_CERTIFICATES.lstrip("/"))
        yield made
    finally:
        shutil.rmtree(made.root, ignore_errors=True)


def mirror() -> list[str]:
    """The archive this Debian uses itself; elsewhere debootstrap's own choice."""
    if not Path("/etc/debian_version").exists():
        return []
    asked = subprocess.run(["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"], capture_output=True, text=True, check=False)
    return [site for site in asked.stdout.split() if site.rstrip("/").endswith("/debian")][:1]
