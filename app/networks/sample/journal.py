"""The simulated server's memory: a file of JSON lines that only grows, on the disk before any answer leaves.

Several processes may hold it; each reads what the others appended. A line torn by a killed process is skipped, never repaired.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Entry = Mapping[str, Any]


class Journal:
    """Appends entries and hands out those not yet read, in the order of the file, which is the same for every process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity: tuple[int, int] | None = None
        self._read_to = 0

    def news(self) -> tuple[bool, list[Entry]]:
        """(whether the file began anew, entries not yet read); a file that is not there is an empty one."""
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                identity = (status.st_dev, status.st_ino)
                anew = self._identity is not None and (identity != self._identity or status.st_size < self._read_to)
                if anew:
                    self._read_to = 0
                self._identity = identity
                if status.st_size == self._read_to:
                    return anew, []
                file.seek(self._read_to)
                data = file.read()
        except FileNotFoundError:
            anew, self._identity, self._read_to = self._identity is not None, None, 0
            return anew, []
        complete = data.rfind(b"\n") + 1
        self._read_to += complete
        return anew, list(_entries(data[:complete]))

    def append(self, entries: Iterable[Entry]) -> None:
        """Returns when the entries are on the disk. Raises OSError when they cannot be."""
        lines = b"".join(
            json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for entry in entries
        )
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.write(lines if self._ends_a_line() else b"\n" + lines)
            file.flush()
            os.fsync(file.fileno())

    def remove(self) -> None:
        """All that ever happened is forgotten."""
        self._path.unlink(missing_ok=True)

    def _ends_a_line(self) -> bool:
        with self._path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _entries(data: bytes) -> Iterable[Entry]:
    for line in data.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and "op" in entry:
            yield entry
