"""Writes down what the user sets, beside everything else: nobody waits for it but the end of the program, and a full disk only puts it off."""

from __future__ import annotations

from app.runtime.errors import DiskFull
from app.runtime.tasks import Tasks
from app.store.database import Database
from app.store.writing import settings


class SettingWriting:
    """Of one open data file. Its tasks are the database's, so that whoever closes that waits for them first."""

    def __init__(self, database: Database, tasks: Tasks) -> None:
        self._database = database
        self._tasks = tasks
        self._pending: dict[str, str] = {}
        database.disk.connect(self._disk_changed)

    def keep(self, name: str, value: str) -> None:
        """A group as JSON; called in the loop. Trouble comes out of the task."""
        self._pending[name] = value
        self._write(name)

    def _write(self, name: str) -> None:
        self._tasks.spawn(f"keep setting {name}", self._write_down(name), owner=self._database)

    async def _write_down(self, name: str) -> None:
        value = self._pending.get(name)
        if value is None:
            return  # written by the task before
        await self._database.write(settings.save, name, value)
        if self._pending.get(name) == value:
            del self._pending[name]

    def _disk_changed(self, full: DiskFull | None) -> None:
        for name in sorted(self._pending) if full is None else ():
            self._write(name)
