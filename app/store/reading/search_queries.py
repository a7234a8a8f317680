"""The reads of searching over one connection: part of what commands/services.py asks for as `Queries`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.models.find import FoundRows, SavedSearchRow, Wanted
from app.runtime.clock import from_ms
from app.store import finding
from app.store.finding import EFFORT
from app.store.reading import saved_searches
from app.store.reading.list_queries import StoreListQueries


class SearchQueries(StoreListQueries):
    """Finding, and the saved searches."""

    def find(
        self, wanted: Wanted, limit: int = 50, after: tuple[int, int] | None = None, effort: int = EFFORT
    ) -> FoundRows:
        return saved_searches.find(self._connection, wanted, self._now_ms(), limit, after, effort)

    def searched(self) -> tuple[int, datetime | None]:
        many, first = finding.searched(self._connection)
        return many, None if first is None else from_ms(first)

    def saved_searches(self) -> list[SavedSearchRow]:
        return saved_searches.searches(self._connection)

    def saved_search_counts(self, account_id: int | None) -> Mapping[int, int]:
        return saved_searches.counts(self._connection, account_id)

    def saved_search_count(self, search_id: int, wanted: Wanted, account_id: int | None) -> int:
        return saved_searches.count(self._connection, search_id, wanted, account_id, self._now_ms())

    def saved_search_ids(self, search_id: int, wanted: Wanted, account_id: int | None) -> Sequence[int]:
        return saved_searches.ids(self._connection, search_id, wanted, account_id, self._now_ms())

    def saved_search_passages(self, search_id: int, wanted: Wanted, ids: Sequence[int]) -> Mapping[int, str]:
        return saved_searches.passages(self._connection, search_id, wanted, ids)
