"""The journal of commits as other processes read it: what they changed since the last look. Standard library only."""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path

from app.store.changes import ALL, Changes
from app.store.schema import connect_read_only
from app.store.troubles import troubles

KEPT_MILLISECONDS = 24 * 3600 * 1000
"""How long a row stays: far longer than any process looks away."""


class Watcher:
    """Notices other processes' commits on a connection of its own. One thread looks at a time; any may close it, also in the middle of a
    look: SQLite does not survive a connection that is closed while another thread reads from it.
    """

    def __init__(self, path: Path, process_id: str, seen: int) -> None:
        """`seen` is the last row of the journal that is no news any more."""
        self._process_id = process_id
        self._seen = seen
        self._version = -1
        self._reading = threading.Lock()
        self._closed = False
        with troubles():
            self._connection = connect_read_only(path)

    def look(self) -> Changes:
        """What others committed since the last look; nothing is read when nothing was committed, nor once it is closed."""
        try:
            with self._reading:
                return Changes() if self._closed else self._look()
        finally:
            if self._closed:  # in the middle of this look: it is the last one's to put the connection away
                self.close()

    def _look(self) -> Changes:
        with troubles():
            version = self._data_version()
            if version == self._version:
                return Changes()
            self._version = version
            rows = self._connection.execute(
                "SELECT id, process, table_name, ids FROM change WHERE id > ? ORDER BY id", (self._seen,)
            ).fetchall()
        changes = Changes()
        for number, process, table, ids in rows:
            self._seen = number
            if process != self._process_id:
                changes = changes.merge(Changes({table: ids_of_text(ids)}))
        return changes

    def close(self) -> None:
        """At once, or at the end of the look that is under way; never waits for it."""
        self._closed = True
        if self._reading.acquire(blocking=False):
            try:
                self._connection.close()
            finally:
                self._reading.release()

    def _data_version(self) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version


def last_row(connection: sqlite3.Connection) -> int:
    """Where the journal stands now."""
    row: int = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    return row


def ids_as_text(ids: frozenset[int] | None) -> str:
    """As the journal keeps them: a JSON list, empty for any row."""
    return "" if ids is ALL else json.dumps(sorted(ids), separators=(",", ":"))


def ids_of_text(text: str) -> frozenset[int] | None:
    return frozenset(json.loads(text)) if text else ALL
