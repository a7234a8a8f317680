"""What commands and screens may ask of customers and their orders, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from app.models.customer import CustomerWords, Flag
from app.models.order import FilePreview, ImportResult, Mapped


class CustomersService(Protocol):
    """What the user knows and decides about customers; each act can be taken back."""

    async def join(self, kept_id: int, joined_id: int) -> int:
        """Two customers are one from now on; answers the joining. Raises UserMistake where they cannot be."""

    async def separate(self, joining_id: int) -> None: ...

    async def describe(self, customer_id: int, words: CustomerWords) -> None:
        """Raises UserMistake (field `email`) for what is no address."""

    async def flag(self, customer_id: int, flags: Sequence[Flag]) -> None:
        """These flags and no others."""

    async def edit_note(self, note_id: int, text: str) -> None:
        """An empty text removes it."""

    async def remove_note(self, note_id: int) -> None: ...

    async def correct_mood(self, message_id: int, to: int | None) -> None:
        """A person's word on how a message sounds (-1, 0, 1), which wins for ever; None: the program's own opinion again."""

    async def judge(self, customer_id: int) -> None:
        """Moods of the last messages nobody looked at."""


class OrdersService(Protocol):
    """Orders of the shop, from its export."""

    async def preview(self, path: Path, encoding: str = "") -> FilePreview:
        """What the file seems to be; raises UserMistake where it is none."""

    async def import_file(
        self, path: Path, mapped: Mapped, progress: Callable[[int, int], object] | None = None, encoding: str = ""
    ) -> ImportResult:
        """Store what can be read, tell what cannot; `progress` hears how much of how much is done."""

    def stop(self) -> None:
        """End an import under way; what was stored stays."""
