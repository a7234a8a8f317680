"""The lock of the window: a passphrase of which the system's keyring holds a slow, salted hash, and ever longer waits after wrong ones.

It keeps out who passes by. Who holds the user's account of the computer can take it off (`tertulia lock remove`), and the window tells
that afterwards. Nothing of the data is encrypted by it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import os
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from app.runtime.clock import Clock
from app.runtime.errors import CredentialTrouble, NoKeyring, UserMistake
from app.runtime.settings import Lock, Settings
from app.runtime.words import Message, message

_log = logging.getLogger(__name__)

SHORTEST = 6
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
"""What one try costs: 128 MB and 0.4 s here."""
LEAST_N, GREATEST_N = 2**14, 2**20
VERSION = 1
FREE_TRIES = 3
"""So many typing mistakes cost nothing."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
RECORD = "record"


class Ring(Protocol):
    """The system's keyring, whatever keeps the secrets of accounts (`KeyringCredentials`)."""

    def get(self, account_key: str) -> dict[str, str] | None: ...

    def set(self, account_key: str, secrets: Mapping[str, str]) -> None: ...

    def delete(self, account_key: str) -> None: ...


class LockKey:
    """What the keyring holds of one profile's passphrase. Blocks; raises `CredentialTrouble`."""

    def __init__(self, ring: Callable[[], Ring], profile_id: str, cost: int = SCRYPT_N) -> None:
        self._ring = ring
        self._key = f"{profile_id}.lock"
        self._cost = cost

    def is_there(self) -> bool:
        return self._read() is not None

    def matches(self, passphrase: str) -> bool | None:
        """None where the keyring holds nothing to compare with."""
        kept = self._read()
        if kept is None:
            return None
        return hmac.compare_digest(_hash(passphrase, kept["salt"], kept["n"]), kept["hash"])

    def keep(self, passphrase: str) -> None:
        salt = os.urandom(16)
        record = {
            "version": VERSION,
            "n": self._cost,
            "salt": base64.b64encode(salt).decode(),
            "hash": base64.b64encode(_hash(passphrase, salt, self._cost)).decode(),
        }
        self._ring().set(self._key, {RECORD: json.dumps(record)})

    def forget(self) -> None:
        self._ring().delete(self._key)

    def _read(self) -> dict[str, Any] | None:
        found = (self._ring().get(self._key) or {}).get(RECORD)
        if found is None:
            return None
        try:
            record = json.loads(found)
            n = int(record["n"])
            if record["version"] != VERSION or not LEAST_N <= n <= GREATEST_N:
                raise ValueError("unknown form")
            return {"n": n, "salt": base64.b64decode(record["salt"]), "hash": base64.b64decode(record["hash"])}
        except (ValueError, KeyError, TypeError) as error:
            raise CredentialTrouble(technical=f"the lock's entry: {error}") from error


class Locking:
    """Sets, checks and takes off the passphrase. Whether there is one stands in the settings (`Lock.on`), so that a start knows it at once."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        key: LockKey | None,
        *,
        keep: Callable[[str], Awaitable[object]] | None = None,
    ) -> None:
        """`key`: None where there is nothing to lock (the sample shop); `keep` stores the settings' group and returns when that is
        done: a wait that a quick end of the program could undo would be none; None where nothing can be written."""
        self._settings = settings
        self._clock = clock
        self._key = key
        self._keep = keep
        self._wrong: tuple[int, datetime] | None = None
        """How often, and when last; of this process, where the settings cannot be written."""
        self._one_at_a_time = asyncio.Lock()

    @property
    def is_set(self) -> bool:
        return self._settings.get(Lock).on

    async def why_not(self) -> Message | None:
        """Why no lock can be had here; None where it can. Asks the keyring."""
        if self._key is None:
            return message("lock.not_here")
        try:
            await asyncio.to_thread(self._key.is_there)
        except NoKeyring as trouble:
            return message("lock.no_ring", install=trouble.install)  # a vault of its own would not help here
        except CredentialTrouble as trouble:
            return trouble.message
        return None

    async def choose(self, passphrase: str, current: str = "") -> None:
        """Lock under this passphrase from now on. Raises `UserMistake` (too short; the current one is wrong), `CredentialTrouble`."""
        key = self._there()
        if len(passphrase) < SHORTEST:
            raise UserMistake(message("lock.short", n=SHORTEST), field="passphrase")
        if self.is_set:
            await self._check(current, field="current")
        await asyncio.to_thread(key.keep, passphrase)
        await self._change(on=True, taken_off_at="")

    async def turn_off(self, current: str) -> None:
        """No lock any more. Raises as `choose`."""
        await self._check(current, field="current")
        await asyncio.to_thread(self._there().forget)
        await self._change(on=False)

    async def unlock(self, passphrase: str) -> bool:
        """Whether the passphrase was compared; False where the keyring holds none any more, so that there is no lock.

        Raises `UserMistake` for a wrong one, or while one has to wait, and `CredentialTrouble` where the keyring cannot be asked.
        """
        return await self._check(passphrase, field="passphrase")

    async def remove(self) -> bool:
        """Take the lock off without its passphrase, for who holds the account of the computer; the window will tell. Whether there was one."""
        was_set = self.is_set
        if self._key is not None:
            try:
                await asyncio.to_thread(self._key.forget)
            except CredentialTrouble as trouble:  # the keyring may be what is lost; the lock goes by its setting alone
                _log.info("the lock's entry stays in the keyring: %s", trouble)
        if was_set:
            await self._open_for_good()
        return was_set

    async def forget(self) -> None:
        """Nothing of it stays in the keyring; for deleting everything."""
        if self._key is not None and self.is_set:
            await asyncio.to_thread(self._key.forget)

    def wait_seconds(self) -> int:
        """How long nobody may try again; 0: now. A clock that was set back makes no wait longer than it is."""
        wrong, at = self._tries()
        wait = wait_after(wrong)
        if at is None or not wait:
            return 0
        left = min(at + wait - self._clock.now(), wait)
        return max(0, -(-left // timedelta(seconds=1)))

    # ---- inside

    async def _check(self, passphrase: str, field: str) -> bool:
        async with self._one_at_a_time:
            wait = self.wait_seconds()
            if wait:
                raise UserMistake(message("lock.wait", n=wait), field=field)
            found = await asyncio.to_thread(self._there().matches, passphrase) if self._key is not None else None
            if found is False:
                await self._note(self._tries()[0] + 1, self._clock.now())
                wait = self.wait_seconds()
                raise UserMistake(message("lock.wrong_wait", n=wait) if wait else message("lock.wrong"), field=field)
            if self._tries()[0]:
                await self._note(0, None)
            if found is None and self.is_set:
                _log.info("the keyring holds no passphrase: no lock any more")
                await self._open_for_good()
            return bool(found)

    async def _open_for_good(self) -> None:
        await self._change(on=False, taken_off_at=self._clock.now().isoformat())

    async def _change(self, **values: object) -> None:
        if self._keep is not None:
            self._settings.change(Lock, **values)
            await self._keep(self._settings.text(Lock))

    def _there(self) -> LockKey:
        if self._key is None:
            raise UserMistake(message("lock.not_here"))
        return self._key

    def _tries(self) -> tuple[int, datetime | None]:
        if self._keep is None:
            return self._wrong or (0, None)
        kept = self._settings.get(Lock)
        try:
            at = datetime.fromisoformat(kept.wrong_at)
        except ValueError:
            return kept.wrong, None
        return kept.wrong, at if at.tzinfo is not None else None

    async def _note(self, wrong: int, at: datetime | None) -> None:
        await self._change(wrong=wrong, wrong_at=at.isoformat() if at is not None else "")
        if self._keep is None:
            self._wrong = (wrong, at) if at is not None else None


def wait_after(wrong: int) -> timedelta:
    """How long to wait after so many wrong passphrases in a row: 5 s after the third, twice as long after each further one."""
    if wrong < FREE_TRIES:
        return timedelta(0)
    doubled: int = 1 << min(wrong - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _hash(passphrase: str, salt: bytes, n: int) -> bytes:
    # The same passphrase typed on another system may arrive composed differently.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    room = 2 * 128 * n * SCRYPT_R
    return hashlib.scrypt(typed, salt=salt, n=n, r=SCRYPT_R, p=SCRYPT_P, maxmem=room, dklen=32)
