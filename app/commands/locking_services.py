"""What commands and screens may ask of the lock, as a Protocol."""

from __future__ import annotations

from typing import Protocol

from app.runtime.words import Message


class LockingService(Protocol):
    """The passphrase that opens the window. Whether there is one is the setting `Lock.on`."""

    async def why_not(self) -> Message | None:
        """Why no lock can be had here; None where it can."""

    async def choose(self, passphrase: str, current: str = "") -> None:
        """Raises `UserMistake` (too short; the current one is wrong) and `CredentialTrouble`."""

    async def turn_off(self, current: str) -> None:
        """Raises as `choose`."""

    async def unlock(self, passphrase: str) -> bool:
        """False where there is nothing to compare with any more: no lock. Raises `UserMistake` for a wrong one, and `CredentialTrouble`."""

    def wait_seconds(self) -> int:
        """How long nobody may try again."""
