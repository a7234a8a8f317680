"""Secrets where they are to be found: the system's keyring, or the encrypted vault file that the user asked for. Opened when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.runtime.credentials import Credentials, Keeping, Register, VaultCredentials, open_credentials
from app.runtime.errors import UserMistake
from app.runtime.words import message

SHORTEST_PASSPHRASE = 8


class Secrets:
    """Implements `Credentials`. A machine without a keyring can still look, plan and write: only signing in and sending ask for secrets.

    Asked again after a failure it tries again, so that installing or unlocking a keyring needs no restart.
    """

    def __init__(self, vault: Path, register: Register, passphrase: str | None = None) -> None:
        self._vault = vault
        self._register = register
        self._passphrase = passphrase
        self._open: Credentials | None = None

    @property
    def has_vault(self) -> bool:
        """Whether this profile keeps its secrets in the vault file."""
        return self._vault.exists()

    def make_vault(self, passphrase: str) -> None:
        """Keep secrets in an encrypted file from now on; what a keyring holds stays there and is asked for by signing in again."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise UserMistake(message("vault.passphrase_short", n=SHORTEST_PASSPHRASE), field="passphrase")
        self._open = VaultCredentials(self._vault, passphrase, self._register)

    def unlock(self, passphrase: str) -> None:
        """Open the vault; raises `WrongPassphrase`."""
        self._open = open_credentials(self._vault, self._register, Keeping.VAULT, passphrase)

    def get(self, account_key: str) -> dict[str, str] | None:
        return self._there().get(account_key)

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None:
        self._there().set(account_key, secrets)

    def delete(self, account_key: str) -> None:
        self._there().delete(account_key)

    def _there(self) -> Credentials:
        if self._open is None:
            self._open = open_credentials(self._vault, self._register, Keeping.AUTOMATIC, self._passphrase)
        return self._open
