"""What may be asked of a sample profile before anything is loaded: whether its shop is of today, and how to empty it.

Standard library only: the window asks before its first frame.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.runtime.errors import disk_trouble
from app.runtime.paths import Paths

SETTING = "sample_shop"
"""Name of the setting that says which day's shop this is; written last."""
VERSION = 3
"""Raised when what is made changes, so that an older sample shop is made anew."""
SERVER_FILE = "network.jsonl"


def server_file(paths: Paths) -> Path:
    """Where the simulated server of a sample profile keeps its world."""
    return paths.root / SERVER_FILE


def made_on(now: datetime, zone: str) -> str:
    """What the setting holds for a shop made now."""
    return json.dumps({"version": VERSION, "day": _day(now, zone), "zone": zone})


def stale(document: str | None, now: datetime) -> bool:
    """Whether a sample shop (by its setting `SETTING`) is of another version, of another day in its own zone, or not complete."""
    try:
        made = json.loads(document or "")
        return bool(made["version"] != VERSION or made["day"] != _day(now, made["zone"]))
    except (ValueError, KeyError, TypeError):
        return True


def has_window(paths: Paths) -> bool:
    """Whether another process, as far as can be seen from here, has the profile's window open (its lock names who: id, program, host)."""
    try:
        lines = paths.lock.read_text(encoding="utf-8", errors="replace").splitlines()
        pid, host = int(lines[0]), lines[2]
    except (OSError, ValueError, IndexError):
        return False
    if pid == os.getpid():
        return False
    if host != socket.gethostname() or os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def make_room(paths: Paths) -> None:
    """Empties a sample profile. Nobody may have it open. Raises `DiskTrouble`."""
    try:
        for suffix in ("", "-wal", "-shm"):
            paths.database.with_name(paths.database.name + suffix).unlink(missing_ok=True)
        server_file(paths).unlink(missing_ok=True)
        if paths.media.is_dir():
            shutil.rmtree(paths.media)
            paths.media.mkdir(mode=0o700)
    except OSError as error:
        raise disk_trouble(error) from error


def _day(now: datetime, zone: str) -> str:
    return now.astimezone(ZoneInfo(zone)).date().isoformat()
