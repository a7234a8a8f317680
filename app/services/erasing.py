"""Deleting everything: tokens at the networks and in the keyring, the publishing service, the profile's folder. Nothing of it can be undone.

The order is that in which a half-done deletion harms least: first what would still act (service, tokens), then what is only stored.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from app.models.account import AccountState
from app.runtime.errors import AppError, UserMistake, disk_trouble
from app.runtime.paths import Paths
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.services.accounts import Accounts, Keeper
from app.services.autostart import Entry, FileEntry
from app.services.login_service import LoginService
from app.store.database import Database
from app.store.reading import accounts as accounts_reading

_log = logging.getLogger(__name__)

OURS = (
    "tertulia.db", "media", "backups", "logs", "cache", "secrets.vault", "window.ini", "window.lock", "restoring", "prices", "reports", "letters", "network.jsonl",
)  # fmt: skip
"""What the program makes in a profile, besides files that begin as the data file or `damaged-` do."""
FURTHER_SECRETS = ("analytics", "links.bitly", "links.shlink")
"""Secrets of a profile besides those of its accounts."""


class Erasing:
    """Takes away what acts and what is secret while the program runs; the folder goes last, when nobody has it open any more."""

    def __init__(
        self,
        database: Database,
        paths: Paths,
        accounts: Accounts,
        login_service: LoginService,
        credentials: Keeper,
        profile_id: str,
        also: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`also`: what the desktop keeps of this profile outside of its folder (autostart)."""
        self._database = database
        self._paths = paths
        self._accounts = accounts
        self._login_service = login_service
        self._credentials = credentials
        self._profile_id = profile_id
        self.also = also
        self.forget_lock: Callable[[], Awaitable[None]] | None = None
        """The window's passphrase, which lies in the keyring wherever the secrets of accounts are."""
        self.is_wanted = False
        """Everything that acts is gone: whoever ends the program deletes the folder (`erase_folder`)."""
        self.finished: Signal[[]] = Signal("erasing.finished")
        """The window is to close."""

    async def word(self) -> str:
        """What must be typed to confirm: the first account's handle without its sign, else the folder's name."""
        rows = await self._database.read(accounts_reading.accounts)
        return (rows[0].handle.lstrip("@") if rows else "") or self._paths.root.name

    async def erase(self, typed: str) -> list[Message]:
        """Sign out everywhere, forget all secrets, remove the service. Answers what could not be done, for the user to do by hand.

        Raises `UserMistake` where the word is not the one asked for; then nothing was touched.
        """
        if typed.strip().casefold() != (await self.word()).casefold():
            raise UserMistake(message("erase.wrong_word"), field="word")
        left = list[Message]()
        await self._attempt(self._remove_service, left)
        for row in await self._database.read(accounts_reading.accounts):
            if row.state is not AccountState.BY_HAND:
                await self._attempt(partial(self._accounts.remove, row.id), left)
        for name in FURTHER_SECRETS:
            await self._attempt(
                partial(asyncio.to_thread, self._credentials.delete, f"{self._profile_id}.{name}"), left
            )
        for also in (self.forget_lock, self.also):
            if also is not None:
                await self._attempt(also, left)
        self.is_wanted = True
        _log.info("everything is to be deleted; %s things are left to the user", len(left))
        return left

    def finish(self) -> None:
        """The user has read what is left to do."""
        self.finished.emit()

    async def _remove_service(self) -> None:
        if (await self._login_service.status()).installed:
            await self._login_service.remove()

    async def _attempt(self, act: Callable[[], Awaitable[None]], left: list[Message]) -> None:
        try:
            await act()
        except AppError as trouble:
            left.append(trouble.message)


def forget_autostart(root: Path, usual: Path, entry: Entry) -> None:
    """The program is started with the session no more, where that is for this profile. Raises DiskTrouble."""
    try:
        if isinstance(entry, FileEntry):
            content = entry.file.read_text(encoding="utf-8", errors="replace") if entry.exists() else ""
            if not content or (str(root) not in content if "--profile" in content else root != usual):
                return
        entry.remove()
    except OSError as error:
        raise disk_trouble(error) from error


def erase_folder(paths: Paths) -> list[Path]:
    """Delete what the program made in a profile, and the folder where nothing else lies in it; answers what is left there.

    For when nobody has it open. Raises DiskTrouble.
    """
    try:
        for path in list(paths.root.iterdir()) if paths.root.is_dir() else ():
            if path.name in OURS or path.name.startswith((f"{paths.database.name}-", "damaged-")):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        left = sorted(paths.root.iterdir()) if paths.root.is_dir() else []
        if not left and paths.root.is_dir():
            paths.root.rmdir()
    except OSError as error:
        raise disk_trouble(error) from error
    if os.path.lexists(paths.socket) and os.name == "posix":
        Path(paths.socket).unlink(missing_ok=True)
    return left
