"""The sample shop has orders: every number that somebody names is one, and stands with the person who names it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.runtime.paths import resources
from app.services.sample_content import Days, read_content
from app.services.sample_orders import add_orders
from app.services.sample_posts import Rows

CONTENT = read_content(resources() / "sample")
NOW = datetime(2026, 11, 18, 16, tzinfo=UTC)


def orders() -> list[dict[str, object]]:
    tables: Rows = {"shop_order": []}  # type: ignore[assignment]
    add_orders(CONTENT, Days(NOW, ZoneInfo(CONTENT.shop["zone"])), tables)
    return tables["shop_order"]  # type: ignore[return-value]


def test_every_order_that_somebody_names_is_there() -> None:
    named: dict[str, str] = {}
    for conversation in CONTENT.conversations:
        for said in conversation["messages"]:
            named.update((number, conversation["person"]) for number in re.findall(r"A-\d{5}", said["text"]))
    keys = [person["key"] for person in CONTENT.people]
    found = {str(order["number"]): keys[int(str(order["customer_id"])) - 1] for order in orders()}
    assert len(named) > 50
    assert {number: found[number] for number in named} == named


def test_orders_lie_in_the_past_and_cost_something() -> None:
    now_ms = round(NOW.timestamp() * 1000)
    for order in orders():
        assert 0 < int(str(order["ordered_at"])) < now_ms
        assert int(str(order["amount"])) > 0
        assert order["products"]


def test_numbers_are_used_once() -> None:
    numbers = [order["number"] for order in orders()]
    assert len(set(numbers)) == len(numbers)
