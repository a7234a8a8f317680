"""Where the secrets of accounts are kept: the system's keyring, an encrypted file, or memory. Never in plain text, never in the database.

What is stored under an account's key is secret as a whole: every value is made known to the log's redactor, so that names of servers
and the like do not belong here. All calls may wait for a disk, a bus or the user's answer: call them in a worker thread. The key must
be unique among all profiles of this computer, for they share one keyring.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import keyring
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, NoKeyringError, PasswordDeleteError
from keyring.errors import KeyringLocked as LockedByUser

from app.runtime.errors import (
    CredentialTrouble,
    Damaged,
    KeyringLocked,
    NoKeyring,
    VaultLocked,
    WrongPassphrase,
    disk_trouble,
)
from app.runtime.log import Held

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if sys.platform == "linux":
    # keyring lets what these two raise pass through as it is.
    from jeepney.wrappers import DBusErrorResponse
    from secretstorage.exceptions import SecretStorageException

    _STORE_ERRORS: tuple[type[Exception], ...] = (KeyringError, DBusErrorResponse, SecretStorageException, OSError)
else:
    _STORE_ERRORS = (KeyringError, OSError)

SERVICE = "Tertulia"
CHUNK = 1000
"""Characters an entry holds: Windows takes 1280, and an entry here may grow by escapes."""

SCRYPT_N = 2**17
"""Cost of trying one passphrase: 128 MB and 0.4 s here."""
GREATEST_N = 2**20
VAULT_VERSION = 1

Register = Callable[[Held], None]
"""`Redactor.register`."""


class Credentials(Protocol):
    """Secrets by account. All methods raise `CredentialTrouble` or `DiskTrouble`."""

    def get(self, account_key: str) -> dict[str, str] | None:
        """What was set, or None."""
        ...

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None:
        """Replaces all secrets of the account, or keeps all the old ones if it fails."""
        ...

    def delete(self, account_key: str) -> None:
        """Does nothing if there are none."""
        ...


class Keeping(StrEnum):
    """Where secrets are to be kept."""

    AUTOMATIC = "automatic"
    """The vault if the profile has one, else the keyring."""
    KEYRING = "keyring"
    VAULT = "vault"
    SESSION = "session"
    """Nowhere: signing in each time."""


def open_credentials(
    vault: Path, register: Register, keeping: Keeping = Keeping.AUTOMATIC, passphrase: str | None = None
) -> Credentials:
    """Raises `NoKeyring` where the system has none, `VaultLocked` without a passphrase, `WrongPassphrase` with a wrong one."""
    if keeping is Keeping.SESSION:
        return SessionCredentials(register)
    if keeping is Keeping.VAULT or (keeping is Keeping.AUTOMATIC and vault.exists()):
        return VaultCredentials(vault, passphrase or "", register)
    return KeyringCredentials(register)


class SessionCredentials:
    """Forgets everything at exit."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._kept: dict[str, dict[str, str]] = {}

    def get(self, account_key: str) -> dict[str, str] | None:
        found = self._kept.get(account_key)
        return None if found is None else dict(found)

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None:
        self._register(Held(account_key, tuple(secrets.values())))
        self._kept[account_key] = dict(secrets)

    def delete(self, account_key: str) -> None:
        self._kept.pop(account_key, None)


class KeyringCredentials:
    """The system's keyring: Secret Service, macOS Keychain, Windows Credential Manager.

    Each value is cut into entries small enough for Windows. An index entry, written last, names the set of entries that counts, so
    that a crash in between leaves the old secrets in force.
    """

    def __init__(self, register: Register, backend: KeyringBackend | None = None) -> None:
        """Raises `NoKeyring`. `backend` is keyring's choice for this system unless given."""
        self._register = register
        with _keyring_errors():
            self._ring = backend if backend is not None else keyring.get_keyring()
        kind = type(self._ring).__module__
        # "fail" is keyring's way to say there is none, "null" forgets silently, keyrings.alt writes files that anyone can read.
        if kind.startswith(("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")):
            raise NoKeyring(technical=f"keyring offers {kind}")

    def get(self, account_key: str) -> dict[str, str] | None:
        index = self._index(account_key)
        if index is None:
            return None
        secrets = {}
        for name, chunks in index["chunks"].items():
            parts = [self._read(_entry(account_key, index["set"], name, number)) for number in range(chunks)]
            if None in parts:
                return None  # somebody removed an entry by hand: as good as signed out
            secrets[name] = "".join(part for part in parts if part is not None)
        self._register(Held(account_key, tuple(secrets.values())))
        return secrets

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None:
        self._register(Held(account_key, tuple(secrets.values())))
        old = self._index(account_key)
        fresh = 1 - old["set"] if old is not None else 0
        cut = {name: [value[at : at + CHUNK] for at in range(0, len(value), CHUNK)] for name, value in secrets.items()}
        with _keyring_errors():
            for name, parts in cut.items():
                for number, part in enumerate(parts):
                    self._ring.set_password(SERVICE, _entry(account_key, fresh, name, number), part)
            index = {"set": fresh, "chunks": {name: len(parts) for name, parts in cut.items()}}
            self._ring.set_password(SERVICE, account_key, json.dumps(index))
        self._drop(account_key, old)

    def delete(self, account_key: str) -> None:
        index = self._index(account_key)
        if index is not None:
            self._remove(account_key)
            self._drop(account_key, index)

    def _index(self, account_key: str) -> dict[str, Any] | None:
        text = self._read(account_key)
        try:
            index = json.loads(text) if text else None
        except ValueError:
            index = None
        return index if isinstance(index, dict) and {"set", "chunks"} <= index.keys() else None

    def _read(self, entry: str) -> str | None:
        with _keyring_errors():
            return self._ring.get_password(SERVICE, entry)

    def _drop(self, account_key: str, index: Mapping[str, Any] | None) -> None:
        for name, chunks in index["chunks"].items() if index is not None else ():
            for number in range(chunks):
                self._remove(_entry(account_key, index["set"], name, number) if index is not None else "")

    def _remove(self, entry: str) -> None:
        with _keyring_errors():
            try:
                self._ring.delete_password(SERVICE, entry)
            except PasswordDeleteError:
                return  # it is gone, as wished


class VaultCredentials:
    """One file, readable by its owner alone, encrypted by AES-256-GCM under a key that Scrypt makes from a passphrase.

    The file is read at each call and replaced as a whole, under a lock: several processes of a profile share it.
    """

    def __init__(self, path: Path, passphrase: str, register: Register, scrypt_n: int = SCRYPT_N) -> None:
        """Makes the file if there is none, under this passphrase. Raises `VaultLocked` for an empty one, and `WrongPassphrase`."""
        if not passphrase:
            raise VaultLocked
        self._path = path
        self._register = register
        # The same passphrase typed on another system may arrive composed differently.
        self._passphrase = unicodedata.normalize("NFKC", passphrase).encode()
        self._scrypt_n = scrypt_n
        self._keys: dict[tuple[bytes, int], bytes] = {}
        if self._path.exists():
            self._read()
            return
        with self._locked():
            self._write(self._read())

    def get(self, account_key: str) -> dict[str, str] | None:
        secrets = self._read().get(account_key)
        if secrets is not None:
            self._register(Held(account_key, tuple(secrets.values())))
        return secrets

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None:
        self._register(Held(account_key, tuple(secrets.values())))
        with self._locked():
            self._write({**self._read(), account_key: dict(secrets)})

    def delete(self, account_key: str) -> None:
        with self._locked():
            kept = self._read()
            if kept.pop(account_key, None) is not None:
                self._write(kept)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise disk_trouble(error) from error
        try:
            document = json.loads(text)
            header = {name: document[name] for name in ("version", "n", "salt")}
            salt, nonce, sealed = (base64.b64decode(document[name]) for name in ("salt", "nonce", "sealed"))
            n = int(header["n"])
            if header["version"] != VAULT_VERSION or not 2**10 <= n <= GREATEST_N:
                raise ValueError(f"unknown form: {header}")
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged(technical=f"{self._path}: {error}") from error
        try:
            plain = AESGCM(self._key(salt, n)).decrypt(nonce, sealed, _bound(header))
        except InvalidTag as error:
            raise WrongPassphrase from error
        self._scrypt_n = n
        kept: dict[str, dict[str, str]] = json.loads(plain)
        return kept

    def _write(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        salt = next(iter(self._keys), (os.urandom(16), 0))[0]
        header = {
            "version": VAULT_VERSION,
            "n": self._scrypt_n,
            "salt": base64.b64encode(salt).decode(),
        }
        nonce = os.urandom(12)
        sealed = AESGCM(self._key(salt, self._scrypt_n)).encrypt(nonce, json.dumps(kept).encode(), _bound(header))
        document = {
            **header,
            "nonce": base64.b64encode(nonce).decode(),
            "sealed": base64.b64encode(sealed).decode(),
        }
        temporary = self._path.with_name(f"{self._path.name}.new")
        try:
            temporary.unlink(missing_ok=True)
            with os.fdopen(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(json.dumps(document))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as error:
            raise disk_trouble(error) from error

    def _key(self, salt: bytes, n: int) -> bytes:
        if (salt, n) not in self._keys:
            self._keys = {(salt, n): Scrypt(salt=salt, length=32, n=n, r=8, p=1).derive(self._passphrase)}
        return self._keys[salt, n]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Waits until no other process is between its reading and its writing."""
        try:
            file = os.open(self._path.with_name(f"{self._path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise disk_trouble(error) from error
        try:
            if sys.platform == "win32":
                msvcrt.locking(file, msvcrt.LK_LOCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)  # which gives the lock back


def _entry(account_key: str, which_set: int, name: str, number: int) -> str:
    return f"{account_key}/{which_set}/{name}/{number}"


def _bound(header: Mapping[str, object]) -> bytes:
    """What the seal covers besides the secrets, so that nobody can weaken the header unseen."""
    return json.dumps(header, sort_keys=True).encode()


@contextmanager
def _keyring_errors() -> Iterator[None]:
    try:
        yield
    except LockedByUser as error:
        raise KeyringLocked(technical=str(error)) from error
    except NoKeyringError as error:
        raise NoKeyring(technical=str(error)) from error
    except InitError as error:
        # Secret Service says so when the user closes its question; secretstorage, the cause, exists on Linux alone.
        dismissed = type(error.__cause__).__name__ == "PromptDismissedException"
        raise (KeyringLocked if dismissed else CredentialTrouble)(technical=str(error)) from error
    except PasswordDeleteError:
        raise
    except _STORE_ERRORS as error:
        raise CredentialTrouble(technical=f"{type(error).__name__}: {error}") from error
