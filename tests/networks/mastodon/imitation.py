"""Starts mastodon_mock, an imitation of Mastodon 4.6 that others wrote, in a process of its own on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60


@contextmanager
def imitation(folder: Path, *names: str) -> Iterator[str]:
    """Its address. Each of the accounts has the token `<name>-token`; on its sign-in page one is chosen without a password."""
    accounts = [f'[[seed.accounts]]\nusername = "{name}"\ndisplay_name = "{name.title()}"\naccess_token = "{name}-token"' for name in names]
    config = folder / "config.toml"
    config.write_text("\n".join(["[auth]", "enforce_scopes = true", *accounts, ""]), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--config", str(config), "--in-memory", "--host", "127.0.0.1", "--port", str(port)]
    log = folder / "log"
    with log.open("wb") as out, subprocess.Popen([*command, "--log-level", "warning"], cwd=folder, stdout=out, stderr=out) as process:
        try:
            wait_for(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"mastodon_mock did not start:\n{log.read_text('utf-8')[-2000:]}")
