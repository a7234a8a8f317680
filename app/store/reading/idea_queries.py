"""The reads of ideas and products over one connection: what commands/idea_services.py asks for as `IdeaQueries`."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.idea import OlderPost, Seed
from app.models.product import FeedRow, ProductRow
from app.store.reading import ideas, products
from app.store.reading.list_queries import StoreListQueries


class StoreIdeaQueries(StoreListQueries):
    """What ideas can be made of."""

    def kind_words(self, limit: int = 60) -> list[Seed]:
        return ideas.kind_words(self._connection, limit)

    def older_posts(self, limit: int = 60) -> list[OlderPost]:
        return ideas.older_posts(self._connection, self._clock.now(), limit)

    def feeds(self) -> list[FeedRow]:
        return products.feeds(self._connection)

    def products(self, typed: str, feed_id: int | None = None, limit: int = 200) -> list[ProductRow]:
        return products.products(self._connection, typed, feed_id, limit)

    def products_by_ids(self, ids: Sequence[int]) -> list[ProductRow]:
        return products.by_ids(self._connection, ids)
