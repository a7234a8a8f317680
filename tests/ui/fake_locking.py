"""Stands in for the lock's service: one passphrase, waits and troubles as a test wishes."""

from __future__ import annotations

from app.runtime.errors import AppError, UserMistake
from app.runtime.settings import Lock, Settings
from app.runtime.words import Message, message

RIGHT = "nadie pasa"


class LockingFake:
    """`fails_with` is raised once; `why` is what speaks against a lock; `wait` how long nobody may try again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.passphrase = RIGHT
        self.why: Message | None = None
        self.fails_with: AppError | None = None
        self.wait = 0

    async def why_not(self) -> Message | None:
        return self.why

    async def choose(self, passphrase: str, current: str = "") -> None:
        if len(passphrase) < 6:
            raise UserMistake(message("lock.short", n=6), field="passphrase")
        if self.settings.get(Lock).on:
            await self._check(current, "current")
        self.passphrase = passphrase
        self.settings.change(Lock, on=True)

    async def turn_off(self, current: str) -> None:
        await self._check(current, "current")
        self.settings.change(Lock, on=False)

    async def unlock(self, passphrase: str) -> bool:
        await self._check(passphrase, "passphrase")
        return True

    def wait_seconds(self) -> int:
        return self.wait

    async def _check(self, passphrase: str, field: str) -> None:
        failed, self.fails_with = self.fails_with, None
        if failed is not None:
            raise failed
        if passphrase != self.passphrase:
            raise UserMistake(message("lock.wrong"), field=field)
