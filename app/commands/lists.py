"""What a list of conversations asks for, as Protocols: little enough to be imported before the window around the list is.

`Reads.now` answers at once on the calling thread (first page, tests, a single small row); `Reads.later` asks a worker thread and calls
back on the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from app.models.conversation import ConversationRow, View

T = TypeVar("T")

Anchor = tuple[int, int]
"""(sort_key, id) of the row before the first one wanted."""


class ListQueries(Protocol):
    """Plain reads. `account_id` None means every account. Sort order: see `Conversation.sort_key`."""

    def conversation_count(self, view: View, account_id: int | None) -> int:
        """From the maintained counters (`due_soon`: from its index)."""

    def conversations(
        self, view: View, account_id: int | None, after: Anchor | None, limit: int = 256
    ) -> list[ConversationRow]: ...

    def conversations_by_id(self, ids: Sequence[int]) -> list[ConversationRow]: ...

    def conversation_ids(self, view: View, account_id: int | None) -> Sequence[int]:
        """All ids in list order as an `array('q')`; for far jumps, made on a worker thread."""


class ListReads(Protocol):
    """`commands.services.Reads` as far as a list needs it: whatever it is given can at least answer `ListQueries`."""

    def now(self, query: Callable[[Any], T]) -> T:
        """Run on the calling thread."""

    def later(self, query: Callable[[Any], T], deliver: Callable[[T], None]) -> Callable[[], None]:
        """Run on a worker thread, call `deliver` on the UI thread; the returned function cancels the delivery."""
