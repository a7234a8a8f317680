"""A month's meter, item by item."""

from __future__ import annotations

from app.models.spending import ItemSpent, MonthSpent
from app.store.database import Database
from app.store.reading import charges as reading
from app.store.writing import charges
from tests.store.making import HOUR_MS, NOW_MS, add_account


def test_a_month_without_calls(database: Database):
    assert database.reader.now(reading.month, "x", 0) == MonthSpent("x")


def test_what_is_settled_counts_as_used_and_what_is_not_in_full(database: Database):
    account, other = add_account(database, network="x"), add_account(database)

    def reserve(item: str, most: int, price: int, at: int = NOW_MS, of: int = account, network: str = "x") -> int:
        found = database.write_now(charges.reserve, of, network, item, most, price, 10**9, 0, at)
        assert found is not None
        return found

    database.write_now(charges.settle, reserve("own_read", 80, 1000), 7)
    database.write_now(charges.settle, reserve("own_read", 80, 1000), 0)
    reserve("post", 1, 15_000)
    reserve("post", 1, 15_000, NOW_MS - 2 * HOUR_MS)
    reserve("post", 1, 15_000, of=other, network="mastodon")
    month = database.reader.now(reading.month, "x", NOW_MS - HOUR_MS)
    assert month == MonthSpent(
        "x", 3, 22_000, 15_000, (ItemSpent("post", 1, 1, 15_000), ItemSpent("own_read", 2, 7, 7_000))
    )
