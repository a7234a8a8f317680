"""The reads of the FAQ over one connection: what commands/faq_services.py asks for as `FaqQueries`."""

from __future__ import annotations

from app.models.faq import FaqFilter, FaqLink, FaqListing, FaqMessage
from app.store.reading import faq
from app.store.reading.list_queries import StoreListQueries


class StoreFaqQueries(StoreListQueries):
    """Entries, what stands behind them, and links for replies."""

    def faq(self, chosen: FaqFilter) -> FaqListing:
        return faq.listing(self._connection, chosen, self._now_ms())

    def faq_messages(self, entry_id: int, chosen: FaqFilter) -> list[FaqMessage]:
        return faq.messages(self._connection, entry_id, chosen, self._now_ms())

    def faq_links(self, language: str) -> list[FaqLink]:
        return faq.links(self._connection, language)
