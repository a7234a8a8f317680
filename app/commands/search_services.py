"""What screens and commands may ask of searching, of saved searches and of spikes, as Protocols; part of services.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.commands.lists import Anchor
from app.models.find import FoundRows, SavedSearchRow, Wanted
from app.models.spending import SearchPrice
from app.models.spike import Spike
from app.runtime.signals import Signal


class FindQueries(Protocol):
    """Reads of searching."""

    def find(self, wanted: Wanted, limit: int = 50, after: Anchor | None = None, effort: int = 1000) -> FoundRows:
        """The next conversations that were found, newest match first, after at most so much work; `after` is the last answer's `resume`."""

    def searched(self) -> tuple[int, datetime | None]:
        """(how many messages there are, when the first of them was written)."""

    def saved_searches(self) -> list[SavedSearchRow]: ...

    def saved_search_counts(self, account_id: int | None) -> Mapping[int, int]:
        """What each search found that needs an answer or was not read yet."""

    def saved_search_count(self, search_id: int, wanted: Wanted, account_id: int | None) -> int:
        """The same for one whose words hold conditions that come and go."""

    def saved_search_ids(self, search_id: int, wanted: Wanted, account_id: int | None) -> Sequence[int]:
        """All conversations of a search, newest first."""

    def saved_search_passages(self, search_id: int, wanted: Wanted, ids: Sequence[int]) -> Mapping[int, str]:
        """Of some of these, the passage with the hit."""


class SearchesService(Protocol):
    """Saved searches."""

    async def save(self, name: str, words: str, accounts: Sequence[int] = (), *, asks: bool = False) -> int:
        """A new one, with all it finds in the past; `words` has English operators. `accounts` look for it at their networks too, and
        `asks` says that what is found there needs an answer.
        """

    async def change(self, search: SavedSearchRow) -> None: ...

    async def remove(self, search_id: int) -> None: ...

    async def order(self, search_ids: Sequence[int]) -> None: ...

    def can_ask(self, network: str) -> bool:
        """Whether a network lets programs search it; answers at once."""

    def prices(self, networks: Sequence[str]) -> Sequence[SearchPrice]:
        """What one search costs at most at these networks; nothing for those that are free. Answers at once."""


class SpikesService(Protocol):
    """What suddenly repeats."""

    changed: Signal[Spike | None]
    current: Spike | None

    async def dismiss(self) -> str:
        """The shown one is no problem: silence about it for a week. Answers its topic, empty where none is shown."""
