"""Orders wait for the customers they name, and never take one for another."""

from __future__ import annotations

from app.models.customer import CustomerWords
from app.models.order import ReadOrder
from app.store.database import Database
from app.store.writing import customers, order_matching, orders
from tests.store.making import NOW_MS, add_account, arrival, keep, rows


def owner(database: Database) -> int | None:
    return rows(database, "SELECT customer_id FROM shop_order")[0][0]


def order(database: Database, **named: str) -> None:
    database.write_now(orders.keep, [ReadOrder(2, "A-1", **named)], {}, NOW_MS)


def test_a_new_customer_finds_the_orders_that_name_the_handle(database: Database, account_id: int) -> None:
    order(database, handle="ximena")
    keep(database, account_id, arrival(author_handle="@Ximena"))
    assert owner(database) == 1


def test_a_handle_that_two_bear_proves_nothing(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    order(database, handle="ximena")
    keep(database, add_account(database, "@discosaurora", "x"), arrival("b1", author_id="u2", thread_key="t2"))
    assert owner(database) is None


def test_a_handle_that_only_looks_alike_is_another(database: Database, account_id: int) -> None:
    order(database, handle="ximena")
    keep(database, account_id, arrival(author_handle="@xіmena"))  # a Cyrillic letter
    assert owner(database) is None


def test_the_address_of_a_joined_customer_means_the_kept_one(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(), arrival("m2", author_id="u2", author_handle="@x2", thread_key="t2"))
    database.write_now(customers.describe, 1, CustomerWords("A", "", "", "a@b.example", "", ()))
    database.write_now(customers.join, 2, 1, NOW_MS)
    order(database, email="a@b.example")
    assert owner(database) == 2


def test_the_probes_use_the_indexes(database: Database) -> None:
    def plan(sql: str) -> str:
        return " ".join(str(row[-1]) for row in rows(database, f"EXPLAIN QUERY PLAN {sql}"))

    assert "order_handle" in plan(
        "SELECT DISTINCT handle FROM shop_order WHERE handle IN ('a') AND +customer_id IS NULL"
    )
    assert "customer_email" in plan("SELECT email, id FROM customer WHERE email IN ('a') AND email <> ''")


def test_a_customer_without_a_handle_takes_no_order(database: Database) -> None:
    order(database, email="a@b.example")
    database.write_now(order_matching.match_new, {"": 1, "@": 2})
    assert owner(database) is None
