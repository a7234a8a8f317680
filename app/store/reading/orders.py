"""Orders of the shop as they are stored: those of a customer, newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection

from app.models.order import OrderRow
from app.runtime.clock import from_ms
from app.runtime.rhythm import giving_way

MOST = 500
"""More orders of one customer than this are not listed."""


def of_customer(connection: sqlite3.Connection, customer_id: int, limit: int = MOST) -> list[OrderRow]:
    sql = (
        "SELECT id, number, products, amount, currency, state, ordered_at FROM shop_order WHERE customer_id = ?"
        " ORDER BY ordered_at DESC, id DESC LIMIT ?"
    )
    return [
        OrderRow(number, name, products, amount, currency, state, None if at is None else from_ms(at))
        for number, name, products, amount, currency, state, at in connection.execute(sql, (customer_id, limit))
    ]


def count_of_customer(connection: sqlite3.Connection, customer_id: int) -> int:
    many: int = connection.execute("SELECT count(*) FROM shop_order WHERE customer_id = ?", (customer_id,)).fetchone()[
        0
    ]
    return many


def count(connection: sqlite3.Connection) -> tuple[int, int]:
    """(all, those that stand with a customer)."""
    found = connection.execute("SELECT count(*), count(customer_id) FROM shop_order").fetchone()
    return found[0], found[1]


def only_bearers(connection: sqlite3.Connection, wanted: Collection[str], fold: Callable[[str], str]) -> dict[str, int]:
    """Whose the handles are that one customer alone bears: one walk over all profiles, for a whole file of orders."""
    found: dict[str, set[int]] = {}
    for handle, customer_id in giving_way(connection.execute("SELECT handle, customer_id FROM identity"), 1000):
        folded = fold(handle)
        if folded in wanted:
            found.setdefault(folded, set()).add(customer_id)
    return {handle: next(iter(bearers)) for handle, bearers in found.items() if len(bearers) == 1}
