"""Stands in for backups, restoring and deleting: notes what it is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app.models.safekeeping import BackupFile, BackupKind, Manifest, Restored
from app.runtime.errors import UserMistake
from app.runtime.signals import Signal
from app.runtime.words import Message, message

WHEN = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


class SafekeepingFake:
    """`files` are the backups there are; `stopped` makes all work be stopped."""

    place = "here"
    is_under_way = False

    def __init__(self, folder: Path, done: list[str]) -> None:
        self.progress: Signal[[object]] = Signal("progress")
        self.replaced: Signal[[Restored]] = Signal("replaced")
        self.said: Signal[[Message]] = Signal("said")
        self.folder = folder
        self.done = done
        self.files: list[BackupFile] = []
        self.made_at = "here"
        self.stopped = False

    def _did(self, what: str, path: Path) -> Path | None:
        self.done.append(f"{what} {path.name}")
        return None if self.stopped else path

    def stop(self) -> None:
        self.done.append("stop")

    async def backup(self, target: Path | None = None) -> Path | None:
        return self._did("backed up", target or self.folder / "backups" / "copy.tertulia-backup")

    async def backups(self) -> list[BackupFile]:
        return self.files

    async def look_at(self, file: Path) -> Manifest:
        if file.suffix != ".tertulia-backup":
            raise UserMistake(message("restore.no_backup", file=file.name))
        rows = {"message": 701, "post": 271}
        return Manifest(BackupKind.BY_HAND, WHEN, "0.1", 1, self.made_at, "", rows, {"media/a.jpg": 1}, False)

    async def restore(self, file: Path) -> Restored | None:
        self._did("restored", file)
        return None if self.stopped else Restored(WHEN)

    async def former(self) -> BackupFile | None:
        return next((each for each in self.files if each.kind is BackupKind.BEFORE_RESTORE), None)

    async def move(self, target: Path) -> Path | None:
        return self._did("moved", target)

    async def export(self, target: Path) -> Path | None:
        return self._did("exported", target)


class ErasingFake:
    """Its word is "aurora"."""

    def __init__(self, done: list[str]) -> None:
        self.done = done
        self.left: list[Message] = []

    async def word(self) -> str:
        return "aurora"

    async def erase(self, typed: str) -> list[Message]:
        if typed == "Aurora":
            raise UserMistake(message("erase.wrong_word"), field="word")
        self.done.append(f"erased {typed}")
        return self.left

    def finish(self) -> None:
        self.done.append("finished")
