"""The FAQ's reads over one connection."""

from __future__ import annotations

from app.models.faq import FaqFilter
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from tests.fakes.clock import FakeClock


def test_an_empty_profile_has_no_faq(database: Database, clock: FakeClock) -> None:
    def ask(queries: StoreQueries) -> None:
        assert queries.faq(FaqFilter()).rows == ()
        assert queries.faq_messages(1, FaqFilter()) == []
        assert queries.faq_links("es") == []

    database.reader.now(lambda connection: ask(StoreQueries(connection, clock)))
