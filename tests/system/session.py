"""A session of the user's own systemd, without a computer that was started by it: run inside namespaces of its own by `session`.

As a program it takes words on its standard input, one a line (`login`, `logout`, `install`, `status`, `remove`, `verify`), and answers each
with one line of JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MANAGER = "/lib/systemd/systemd"
PATIENCE_SECONDS = 20.0
NAMESPACES = """
set -e
mount -t tmpfs none /run
mkdir -p -m 755 /run/systemd/system
mkdir -p -m 700 /run/user
mount -t cgroup2 none /sys/fs/cgroup
mkdir -p /sys/fs/cgroup/{name}/session
echo $$ > /sys/fs/cgroup/{name}/session/cgroup.procs
exec unshare --cgroup "$@"
"""
"""What systemd asks of a computer before it looks after a user: that it runs there, and a place of its own among the groups of processes."""


class Session:
    """The other end of the program below."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, word: str) -> Any:
        """What it answers; its refusals fail the test in its own words."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"{word}: the session ended"
        answer = json.loads(line)
        assert "wrong" not in answer, f"{word}: {answer['wrong']}"
        return answer["is"]


@contextlib.contextmanager
def session(home: Path, profile: Path, environment: Mapping[str, str]) -> Iterator[Session]:
    """Needs root. All that is started in it ends with it."""
    name = f"tertulia-tests-{os.getpid()}"
    own = {**environment, "HOME": str(home), "XDG_RUNTIME_DIR": "/run/user", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    inside = [sys.executable, str(Path(__file__).resolve()), str(profile)]
    # The processes of the session are a tree of their own (--pid --fork --kill-child): none outlives it.
    command = [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "bash",
        "-c",
        NAMESPACES.format(name=name),
        "bash",
        *inside,
    ]
    with (
        (home / "session.log").open("w") as log,
        subprocess.Popen(
            command, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            yield Session(process)
        finally:
            process.kill()
            process.wait()
            tidy_up(name)


def tidy_up(name: str) -> None:
    """The place among the groups of processes, which outlives them; they end a moment after their session."""
    mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    end = time.monotonic() + PATIENCE_SECONDS
    for place in {Path(where) / name for _, where, kind, *_ in mounts if kind == "cgroup2"}:
        while place.exists() and time.monotonic() < end:
            for folder in [*sorted((path for path in place.rglob("*") if path.is_dir()), reverse=True), place]:
                with contextlib.suppress(OSError):
                    folder.rmdir()
            time.sleep(0.05)


class Manager:
    """systemd as it looks after one user."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def login(self) -> str:
        """Answers how it stands once it has started all that belongs to a session."""
        self._process = subprocess.Popen(
            [MANAGER, "--user"], stdin=subprocess.DEVNULL, stdout=sys.stderr, stderr=sys.stderr
        )
        end = time.monotonic() + PATIENCE_SECONDS
        while (state := said("systemctl", "--user", "is-system-running")) not in ("running", "degraded"):
            assert time.monotonic() < end, f"the manager is {state}"
            time.sleep(0.05)
        return state

    def logout(self) -> int:
        """Ends the manager and what it started."""
        assert self._process is not None
        subprocess.run(["systemctl", "--user", "exit"], check=True, stdout=sys.stderr)
        return self._process.wait(PATIENCE_SECONDS)


def said(*command: str) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


def main() -> None:
    from app.services.login_service import LoginService

    service, manager = LoginService(Path(sys.argv[1]), lambda: False), Manager()

    def status() -> dict[str, object]:
        found = asyncio.run(service.status())
        return {"installed": found.installed, "running": found.running, "file": str(found.file or "")}

    def verify() -> str:
        file = status()["file"]
        done = subprocess.run(
            ["systemd-analyze", "--user", "verify", str(file)], check=False, capture_output=True, text=True
        )
        return (
            f"{done.stdout}{done.stderr}".strip() or "well"
            if not done.returncode
            else f"{done.returncode}: {done.stderr}"
        )

    words: dict[str, Any] = {
        "login": manager.login,
        "logout": manager.logout,
        "install": lambda: str(asyncio.run(service.install())),
        "start": lambda: asyncio.run(service.start()),
        "stop": lambda: said("systemctl", "--user", "stop", Path(str(status()["file"])).name),
        "status": status,
        "remove": lambda: asyncio.run(service.remove()),
        "verify": verify,
    }
    for line in sys.stdin:
        try:
            answer = {"is": words[line.strip()]()}
        except Exception as error:  # noqa: BLE001  (told to the test, which fails with it)
            answer = {"wrong": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
