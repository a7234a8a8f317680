"""The reads of writing a post over one connection: what commands/drafting_services.py asks for as `DraftingQueries`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.models.hashtags import HashtagSet
from app.store.reading import customers, hashtags
from app.store.reading.list_queries import StoreListQueries


class StoreDraftingQueries(StoreListQueries):
    """Hashtags and people to complete with."""

    def hashtag_sets(self) -> list[HashtagSet]:
        return hashtags.sets(self._connection)

    def hashtags_known(self, campaign_id: int | None = None) -> list[str]:
        return hashtags.known(self._connection, campaign_id)

    def people_on(self, network: str, text: str, limit: int = 6) -> list[tuple[str, str]]:
        return customers.known_on(self._connection, network, text, limit)

    def handles_elsewhere(self, handles: Sequence[str]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return customers.handles_elsewhere(self._connection, handles)
