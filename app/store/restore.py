"""Puts the last copy back in place of a damaged data file. The damaged file is set aside, never overwritten. Standard library only."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from app.runtime.errors import disk_trouble


def latest_backup(backups: Path) -> Path | None:
    """The youngest copy, or None."""
    copies = sorted(backups.glob("*.db"), key=lambda copy: copy.stat().st_mtime) if backups.is_dir() else []
    return copies[-1] if copies else None


def restore_latest(database: Path, backups: Path, now: datetime) -> Path:
    """Set the data file and its journals aside and copy the youngest backup to its place; answers where the old file is now.

    Raises `DiskTrouble`; FileNotFoundError where there is no backup (the caller asked `latest_backup` before).
    """
    copy = latest_backup(backups)
    if copy is None:
        raise FileNotFoundError(backups)
    stem = f"damaged-{now:%Y-%m-%dT%H-%M-%SZ}"
    aside = database.with_name(f"{stem}.db")
    fresh = database.with_name(database.name + ".new")
    try:
        # First the copy: without room for it the damaged file stays where it is, and no empty one takes its place.
        shutil.copyfile(copy, fresh)
        for suffix in ("-wal", "-shm", ""):
            part = database.with_name(database.name + suffix)
            if part.exists():
                part.rename(database.with_name(f"{stem}.db{suffix}"))
        fresh.replace(database)
    except OSError as error:
        raise disk_trouble(error) from error
    return aside
