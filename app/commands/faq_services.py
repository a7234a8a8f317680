"""What commands and screens may ask about the FAQ, as Protocols."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.models.faq import FaqBehind, FaqFilter, FaqGathered, FaqLink, FaqListing, FaqMessage, FaqState, FaqWords
from app.runtime.signals import Signal


class FaqQueries(Protocol):
    """Reads of the FAQ."""

    def faq(self, chosen: FaqFilter) -> FaqListing:
        """All entries, those most asked first."""

    def faq_messages(self, entry_id: int, chosen: FaqFilter) -> list[FaqMessage]:
        """Those behind an entry, the newest first."""

    def faq_links(self, language: str) -> list[FaqLink]:
        """Published entries that a reply may point to, those in the language first."""


class FaqService(Protocol):
    """What is made of questions that are asked often. What changes something can be taken back."""

    async def behind(self, entry_id: int, chosen: FaqFilter) -> FaqBehind:
        """The messages of an entry, the words they have in common, and the best answer that was given."""

    def impersonal(self, text: str) -> str:
        """A reply without what concerned one customer; answers at once."""

    async def keep(self, entry_id: int, words: FaqWords) -> None:
        """What stands in the editor. No act to undo: `write` makes one of it."""

    async def write(self, entry_id: int, words: FaqWords, before: tuple[FaqState, FaqWords] | None = None) -> None:
        """What an entry says, as one act; `before`: how it stood when somebody began to write."""

    async def publish(self, entry_id: int, url: str) -> None:
        """It stands there now. Raises UserMistake (field `url`, `question` or `answer`)."""

    async def withdraw(self, entry_id: int) -> None:
        """It is a draft again."""

    async def hide(self, entry_id: int, *, hidden: bool = True) -> None:
        """No question for the FAQ; or one after all."""

    async def merge(self, kept_id: int, other_ids: Sequence[int]) -> None:
        """They ask the same."""

    async def move_out(self, message_ids: Sequence[int], to: int | None = None) -> None:
        """These messages ask something else: what another entry says, or nothing that belongs here."""

    async def make_answer(self, entry_id: int) -> int:
        """An answer of the playbook; answers its id. Raises UserMistake (field `question` or `answer`)."""


class FaqGatheringService(Protocol):
    """Finds questions that are asked often."""

    progress: Signal[int, int]
    """(how much is done, of how much); (0, 0) when nothing is under way."""

    @property
    def is_under_way(self) -> bool: ...

    async def gather(self, days: int) -> FaqGathered:
        """Look through so many days and as many before. Does nothing while it is under way."""

    async def is_due(self, days: int) -> bool:
        """Whether there is anything that was not looked through."""

    def stop(self) -> None:
        """End the search; what is stored stays."""


class FaqFilesService(Protocol):
    """The FAQ as a page."""

    async def export(self, path: Path, language: str, entry_ids: Sequence[int]) -> int:
        """These entries in this order, HTML or Markdown by the ending of the name; answers how many. Those without question or answer in
        the language are left out. Raises UserMistake.
        """
