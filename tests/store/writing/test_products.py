"""Products stored by the thousand: known by their key, searched by their words, never forgotten."""

from __future__ import annotations

from app.models.product import FeedKind, ReadProduct
from app.store.database import Database
from app.store.reading import products as reading
from app.store.writing import products
from tests.store.making import NOW_MS


def feed(database: Database, name: str = "Catálogo") -> int:
    return database.write_now(lambda s: products.add_feed(s, name, FeedKind.CSV, f"/{name}", {}, "{title}"))


def keep(database: Database, feed_id: int, *read: ReadProduct, at: int = NOW_MS) -> int:
    new: int = database.write_now(lambda s: products.keep(s, feed_id, read, at))
    return new


def test_a_product_is_known_by_its_key_within_its_feed(database: Database) -> None:
    one, other = feed(database), feed(database, "Otra")
    assert keep(database, one, ReadProduct("1", "Marea"), ReadProduct("2", "Cota"), ReadProduct("2", "Cota II")) == 2
    assert keep(database, one, ReadProduct("1", "Marea azul"), ReadProduct("3", "Niño")) == 1
    assert keep(database, other, ReadProduct("1", "Marea")) == 1
    found = {(row.feed_id, row.title) for row in database.reader.now(reading.products, "", None, 10)}
    assert found == {(one, "Marea azul"), (one, "Cota II"), (one, "Niño"), (other, "Marea")}


def test_the_index_follows_each_change(database: Database) -> None:
    number = feed(database)
    keep(database, number, ReadProduct("1", "Canción de cuna", "Los Tranvías"))
    assert len(database.reader.now(reading.products, "cancion tranv", None, 10)) == 1
    keep(database, number, ReadProduct("1", "Otra cosa"))
    assert database.reader.now(reading.products, "cancion", None, 10) == []
    assert len(database.reader.now(reading.products, "otra", None, 10)) == 1
    checked = "INSERT INTO product_search (product_search) VALUES ('integrity-check')"
    database.write_now(lambda s: s.connection().connection.cursor().execute(checked) and None)


def test_commits_say_that_products_changed_and_when_one_was_used(database: Database) -> None:
    heard: list[bool] = []
    database.changed.connect(lambda changes: heard.append(changes.all_of("product") or bool(changes.ids("product"))))
    number = feed(database)
    keep(database, number, ReadProduct("1", "Marea"))
    (row,) = database.reader.now(reading.products, "", None, 10)
    database.write_now(lambda s: products.used(s, [row.id], NOW_MS))
    assert heard == [False, True, True]
    (row,) = database.reader.now(reading.products, "", None, 10)
    assert row.used_at is not None
