"""The profile as a whole: where it is, what keeps it safe and what deletes it, and the sample shop beside it."""

from __future__ import annotations

import asyncio
import subprocess

from app.runtime.paths import Paths
from app.services.erasing import Erasing
from app.services.locking import Locking
from app.services.restart import program
from app.services.safekeeping import Safekeeping
from app.store.database import Database


class Data:
    """Knows where the profile is, and opens the sample shop in a process of its own."""

    def __init__(
        self, database: Database, paths: Paths, safekeeping: Safekeeping, erasing: Erasing, locking: Locking
    ) -> None:
        self.safekeeping = safekeeping
        self.erasing = erasing
        self.locking = locking
        self._paths = paths
        self.read_only = database.read_only
        self.folder = paths.root

    async def open_sample(self) -> None:
        """Start the sample shop in its own profile and window; this one stays as it is."""
        command = [*program(), "--profile", str(self._paths.root), "--sample"]
        await asyncio.to_thread(_start, command)


def _start(command: list[str]) -> None:
    # The new window outlives this one; its output goes nowhere, it has a log of its own.
    subprocess.Popen(  # noqa: S603  (our own program, no text of others)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
