"""A real Secret Service for a test: gnome-keyring-daemon on a session bus of its own, in a folder of its own.

Run as `python -m tests.fakes.secret_service FOLDER open|locked|none COMMAND...`. In `locked` the keyring exists (after a first `open` in
the same folder) and nobody is there to unlock it; in `none` the bus has no such service.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PASSPHRASE = "opens the ring"
PATIENCE_SECONDS = 10.0
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={run}</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


def missing() -> list[str]:
    """The Debian packages that the machine lacks for this."""
    needed = {"gnome-keyring": "gnome-keyring-daemon", "dbus": "dbus-run-session"}
    return [package for package, program in needed.items() if shutil.which(program) is None]


def run(folder: Path, state: str, command: list[str], timeout_seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """Runs `command` inside; the bus and the daemon end with it."""
    runtime, config = folder / "run", folder / "bus.conf"
    runtime.mkdir(mode=0o700, exist_ok=True)
    config.write_text(BUS.format(run=runtime))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHON_KEYRING_BACKEND"}
    environment |= {"XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}
    inner = [sys.executable, "-m", "tests.fakes.secret_service", str(folder), state, *command]
    return subprocess.run(
        ["dbus-run-session", f"--config-file={config}", "--", *inner],
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=timeout_seconds,
        check=False,
    )


def main(arguments: list[str]) -> int:
    _, state, *command = arguments
    if state == "none":
        return subprocess.run(command, check=False).returncode
    unlock = ["--unlock"] if state == "open" else []
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "-f", *unlock, "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(PASSPHRASE.encode() if unlock else b"")
        daemon.stdin.close()
        _wait_for_service()
        return subprocess.run(command, check=False).returncode
    finally:
        daemon.terminate()
        daemon.wait()


def _wait_for_service() -> None:
    question = ["dbus-send", "--session", "--dest=org.freedesktop.DBus", "--print-reply", "/"]
    question += ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
    end = time.monotonic() + PATIENCE_SECONDS
    while b"true" not in subprocess.run(question, capture_output=True, check=False).stdout:
        if time.monotonic() > end:
            raise TimeoutError("gnome-keyring-daemon did not offer its service")
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
