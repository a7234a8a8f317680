"""The reads of ideas and products, as screens ask for them."""

from __future__ import annotations

from app.models.product import FeedKind, ReadProduct
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import products
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS


def test_products_are_asked_for_by_words_and_by_number(database: Database, clock: FakeClock) -> None:
    number = database.write_now(lambda s: products.add_feed(s, "C", FeedKind.CSV, "/c", {}, ""))
    database.write_now(lambda s: products.keep(s, number, [ReadProduct("1", "Marea")], NOW_MS))
    assert [row.name for row in database.reader.now(lambda c: StoreQueries(c, clock).feeds())] == ["C"]
    assert [row.title for row in database.reader.now(lambda c: StoreQueries(c, clock).products("mar", number))] == [
        "Marea"
    ]
    assert [row.title for row in database.reader.now(lambda c: StoreQueries(c, clock).products_by_ids([1, 2]))] == [
        "Marea"
    ]
