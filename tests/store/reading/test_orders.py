"""Orders as the card and the import ask for them."""

from __future__ import annotations

from app.models.order import ReadOrder
from app.store.database import Database
from app.store.reading import orders
from app.store.writing import orders as writing
from tests.store.making import NOW_MS, add_account, arrival, keep


def test_orders_of_a_customer_newest_first(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    read = [ReadOrder(n, f"A-{n}", handle="ximena", ordered_at=n, amount=n * 100, currency="MXN") for n in range(4)]
    database.write_now(writing.keep, [*read, ReadOrder(9, "B-1")], {"ximena": 1}, NOW_MS)
    found = database.reader.now(lambda c: orders.of_customer(c, 1, 2))
    assert [(order.number, order.amount) for order in found] == [("A-3", 300), ("A-2", 200)]
    assert database.reader.now(lambda c: orders.count_of_customer(c, 1)) == 4
    assert database.reader.now(orders.count) == (5, 4)


def test_only_who_bears_a_handle_alone_is_known_by_it(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(), arrival("m2", author_id="u2", author_handle="@Paul", thread_key="t2"))
    keep(database, add_account(database, "@discosaurora", "x"), arrival("b1", author_id="u3", thread_key="t3"))
    wanted = {"ximena", "paul", "nobody"}
    assert database.reader.now(lambda c: orders.only_bearers(c, wanted, lambda h: h.lstrip("@").lower())) == {"paul": 2}
