"""What commands and screens may ask of backups, of restoring them, of exporting and of deleting everything, as Protocols. Imports nothing
that loads after the first frame.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.models.safekeeping import BackupFile, Manifest, Progress, Restored
from app.runtime.signals import Signal
from app.runtime.words import Message


class SafekeepingService(Protocol):
    """One long piece of work at a time; what is stopped answers None and leaves nothing behind."""

    progress: Signal[[Progress | None]]
    """How far the work under way is; None when it has ended."""
    replaced: Signal[[Restored]]
    """The data is another's now: the window has to begin anew."""
    said: Signal[[Message]]
    is_under_way: bool
    place: str
    """Names this computer and folder: backups made elsewhere have another."""

    def stop(self) -> None: ...

    async def backup(self, target: Path | None = None) -> Path | None:
        """Everything but secrets in one file that was read back; into the profile's backups without a target."""

    async def backups(self) -> list[BackupFile]: ...

    async def look_at(self, file: Path) -> Manifest:
        """What a file says of itself. Raises `UserMistake` for one that is no backup, and DiskTrouble."""

    async def check(self, file: Path) -> Manifest | None:
        """Read a backup from its first byte to its last."""

    async def restore(self, file: Path) -> Restored | None:
        """Put it in the place of the data, which is kept; `replaced` follows."""

    async def former(self) -> BackupFile | None:
        """What the last restore took the place of."""

    async def move(self, target: Path) -> Path | None:
        """A backup to go on with elsewhere; accounts stop sending here first."""

    async def export(self, target: Path) -> Path | None:
        """Everything in files that people read, in a new folder or a `.zip`."""


class ErasingService(Protocol):
    """Deleting everything."""

    is_wanted: bool
    finished: Signal[[]]
    """The window is to close, and the folder to go."""

    def finish(self) -> None: ...

    async def word(self) -> str:
        """What must be typed to confirm."""

    async def erase(self, typed: str) -> list[Message]:
        """Sign out everywhere, forget all secrets; the folder goes when the window has closed. Answers what is left to the user."""
