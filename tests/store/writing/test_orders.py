"""Orders from the shop's file are kept once, brought up to date, and given to whom they name."""

from __future__ import annotations

import pytest

from app.models.order import ReadOrder
from app.store.database import Database
from app.store.writing import orders
from app.store.writing.orders import Kept
from tests.store.making import NOW_MS, arrival, keep, rows

FIRST = ReadOrder(2, "A-20418", "Ximena Robles", "x@correo.example", "ximena", "Marea", 52_000, "MXN", "paid", NOW_MS)
SECOND = ReadOrder(3, "A-20419", "", "", "", "Sombra")


def store(database: Database, *read: ReadOrder, **by_handle: int) -> Kept:
    return database.write_now(orders.keep, read, by_handle, NOW_MS)


def test_orders_come_once(database: Database) -> None:
    assert store(database, FIRST, SECOND) == Kept(2, 0, 0)
    assert store(database, FIRST, SECOND) == Kept(0, 0, 0)
    assert rows(database, "SELECT number, products, amount FROM shop_order") == [
        ("A-20418", "Marea", 52_000),
        ("A-20419", "Sombra", None),
    ]


def test_a_second_import_writes_nothing(database: Database) -> None:
    store(database, FIRST)
    heard: list[object] = []
    database.changed.connect(heard.append)
    store(database, FIRST)
    assert not any(getattr(changes, "touches", lambda _: False)("shop_order") for changes in heard)


def test_an_order_that_moved_on_is_brought_up_to_date(database: Database) -> None:
    store(database, FIRST)
    assert store(database, FIRST._replace(state="sent")) == Kept(0, 1, 0)
    assert rows(database, "SELECT state FROM shop_order") == [("sent",)]


def test_an_order_finds_its_customer_by_handle(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    assert store(database, FIRST, ximena=1) == Kept(1, 0, 1)
    assert rows(database, "SELECT customer_id FROM shop_order") == [(1,)]


def test_an_order_stays_with_the_customer_it_was_given_to(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(), arrival("m2", author_id="u2", author_handle="@ximena2", thread_key="t2"))
    store(database, FIRST, ximena=1)
    store(database, FIRST._replace(state="sent"), ximena=2)
    assert rows(database, "SELECT customer_id, state FROM shop_order") == [(1, "sent")]
    store(database, FIRST._replace(handle="ximena2"), ximena2=2)
    assert rows(database, "SELECT customer_id FROM shop_order") == [(2,)]


@pytest.mark.parametrize("count", [1200])
def test_many_orders_are_one_statement_a_batch(database: Database, count: int) -> None:
    many = [ReadOrder(number, f"B-{number}") for number in range(count)]
    assert store(database, *many).new == count


def test_where_an_order_came_from_survives_a_file_that_does_not_say_it(database: Database) -> None:
    store(database, FIRST._replace(source="x", campaign="marea", content="p7-2", coupon="marea10"))
    assert store(database, FIRST) == Kept(0, 0, 0)
    assert store(database, FIRST._replace(state="refunded", sold=False)) == Kept(0, 1, 0)
    assert rows(database, "SELECT source, campaign, content, coupon, sold FROM shop_order") == [("x", "marea", "p7-2", "marea10", 0)]
