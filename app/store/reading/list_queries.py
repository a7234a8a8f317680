"""The reads of a list of conversations over one connection: what commands/lists.py asks for as `ListQueries`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from app.models.conversation import ConversationRow, View
from app.runtime.clock import Clock, to_ms
from app.store.reading import conversations


class StoreListQueries:
    """Cheap to make: one for each read."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def conversation_count(self, view: View, account_id: int | None) -> int:
        return conversations.count(self._connection, view, account_id, self._now_ms())

    def conversations(
        self, view: View, account_id: int | None, after: tuple[int, int] | None, limit: int = 256
    ) -> list[ConversationRow]:
        return conversations.page(self._connection, view, account_id, after, limit, self._now_ms())

    def conversations_by_id(self, ids: Sequence[int]) -> list[ConversationRow]:
        return conversations.by_id(self._connection, ids)

    def conversation_ids(self, view: View, account_id: int | None) -> Sequence[int]:
        return conversations.ids(self._connection, view, account_id, self._now_ms())

    def _now_ms(self) -> int:
        return to_ms(self._clock.now())
