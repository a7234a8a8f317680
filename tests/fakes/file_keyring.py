"""A keyring in a file outside the profile, for processes that share one: `PYTHON_KEYRING_BACKEND=tests.fakes.file_keyring.FileKeyring`."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

FILE = "TESTS_KEYRING_FILE"
BACKEND = "tests.fakes.file_keyring.FileKeyring"


class FileKeyring(KeyringBackend):
    """`path`, else what the environment names in `TESTS_KEYRING_FILE`. In plain text: the safe itself is not what is tested."""

    priority = 0  # type: ignore[assignment]  # never chosen by itself

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self.path = path or Path(os.environ[FILE])

    def get_password(self, service: str, username: str) -> str | None:
        with self._entries() as entries:
            return entries.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        with self._entries() as entries:
            entries[f"{service} {username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        with self._entries() as entries:
            if entries.pop(f"{service} {username}", None) is None:
                raise PasswordDeleteError("not there")

    @contextmanager
    def _entries(self) -> Iterator[dict[str, str]]:
        """Read and, where they changed, replaced as a whole, so that a process killed in between leaves the old ones."""
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            entries = json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}
            before = dict(entries)
            yield entries
            if entries != before:
                fresh = self.path.with_suffix(".new")
                fresh.write_text(json.dumps(entries), encoding="utf-8")
                fresh.replace(self.path)
