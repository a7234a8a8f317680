"""Products offered so that what may be sold and was not featured for long comes first."""

from __future__ import annotations

from app.models.product import FeedKind, ReadProduct
from app.store.database import Database
from app.store.reading import products as reading
from app.store.writing import products
from tests.store.making import NOW_MS

DAY_MS = 86_400_000


def stocked(database: Database) -> int:
    read = [ReadProduct(str(n), f"Disco {n}", "Alud", available=n != 3) for n in range(1, 6)]

    def act(session: object) -> int:
        number = products.add_feed(session, "Catálogo", FeedKind.CSV, "/c", {}, "")  # type: ignore[arg-type]
        products.keep(session, number, read, NOW_MS - 1)  # type: ignore[arg-type]
        products.keep(session, number, read[:4], NOW_MS)  # type: ignore[arg-type]
        products.read_through(session, number, FeedKind.CSV, NOW_MS)  # type: ignore[arg-type]
        products.used(session, [1], NOW_MS - DAY_MS)  # type: ignore[arg-type]
        products.used(session, [2], NOW_MS - 40 * DAY_MS)  # type: ignore[arg-type]
        return number

    return database.write_now(act)


def test_never_featured_first_then_longest_ago_and_what_cannot_be_had_last(database: Database) -> None:
    number = stocked(database)
    for typed in ("", "disco", "alud dis"):
        found = database.reader.now(reading.products, typed, None, 10)
        assert [row.title for row in found] == ["Disco 4", "Disco 2", "Disco 1", "Disco 3", "Disco 5"]
    assert [row.gone for row in found] == [False, False, False, False, True]
    assert database.reader.now(reading.gone, number) == 1
    assert len(database.reader.now(reading.products, "", None, 2)) == 2


def test_any_text_may_be_typed(database: Database) -> None:
    stocked(database)
    for typed in ('"', "*", "a AND", "NEAR(", "disco -4", "  ", "\0", "😀", "(disco)"):
        found = database.reader.now(reading.products, typed, None, 10)
        assert {row.id for row in found} <= {1, 2, 3, 4, 5}, typed


def test_a_removed_feed_takes_its_products_out_of_sight(database: Database) -> None:
    number = stocked(database)
    database.write_now(lambda s: products.set_removed(s, number, NOW_MS))
    assert database.reader.now(reading.feeds) == []
    assert database.reader.now(reading.products, "disco", None, 10) == []
    assert database.reader.now(reading.by_ids, [1, 2]) == []
    database.write_now(lambda s: products.set_removed(s, number, None))
    assert [row.id for row in database.reader.now(reading.by_ids, [2, 99, 1])] == [2, 1]
