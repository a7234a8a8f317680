"""A keyring as keyring's own backends are, kept in memory, with Windows' limits and with ways to fail."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

WINDOWS_CHARACTERS = 1280


class MemoryKeyring(KeyringBackend):
    """`entries` is what lies in it; `is_locked` makes all calls fail; `fails_after` lets so many more entries be written."""

    priority = 0  # type: ignore[assignment]  # never chosen by itself

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.is_locked = False
        self.fails_after: int | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        if len(password) > WINDOWS_CHARACTERS:
            raise PasswordSetError("too long")
        if self.fails_after is not None:
            if self.fails_after == 0:
                raise PasswordSetError("no more")
            self.fails_after -= 1
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")

    def _check(self) -> None:
        if self.is_locked:
            raise KeyringLocked("the user said no")
