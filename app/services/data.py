"""The profile as a whole: a copy of it, and the sample shop beside it."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

from app.runtime.clock import Clock
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.paths import Paths
from app.runtime.words import message
from app.services.restart import program
from app.store.database import Database


class Data:
    """Backs up, and opens the sample shop in a process of its own."""

    def __init__(self, database: Database, paths: Paths, clock: Clock) -> None:
        self._database = database
        self._paths = paths
        self._clock = clock
        self.read_only = database.read_only
        self.folder = paths.root

    async def backup(self, target: Path | None = None) -> Path:
        """A complete, verified copy of the data file; answers where it is (in the profile's backups unless told)."""
        if target is None:
            stamp = f"{self._clock.now():%Y-%m-%dT%H-%M-%SZ}"
            target = self._paths.backups / f"tertulia-{stamp}.db"
        if await asyncio.to_thread(_is_profiles_own, target, self._database.path):
            raise UserMistake(message("data.onto_itself", file=target.name), field="file")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_trouble(error) from error
        await self._database.backup(target)
        return target

    async def open_sample(self) -> None:
        """Start the sample shop in its own profile and window; this one stays as it is."""
        command = [*program(), "--profile", str(self._paths.root), "--sample"]
        await asyncio.to_thread(_start, command)


def _is_profiles_own(target: Path, database: Path) -> bool:
    """A copy put in the place of the data file, or of its log, would destroy what it is to save; a folder cannot be replaced at all."""
    own = [database.with_name(database.name + suffix).resolve() for suffix in ("", "-wal", "-shm")]
    return target.resolve() in own or target.is_dir()


def _start(command: list[str]) -> None:
    # The new window outlives this one; its output goes nowhere, it has a log of its own.
    subprocess.Popen(  # noqa: S603  (our own program, no text of others)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
