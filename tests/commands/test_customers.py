"""Commands about customers: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Command, Context, State
from app.commands.customers import COMMANDS, edit, flags, history, import_orders, join, mood, orders, separate, tags

ALL = frozenset({"customer", "joined", "orders", "moods"})


@pytest.mark.parametrize(("made", "verb"), [
    (edit, "edit_customer"), (tags, "edit_customer_tags"), (flags, "choose_flags"), (join, "join_customer"), (separate, "separate_customer"),
    (mood, "choose_mood"), (history, "show_history"), (orders, "show_orders"),
])  # fmt: skip
async def test_each_asks_the_page(made: Command, verb: str) -> None:
    asked: list[str] = []
    window = SimpleNamespace(in_page=asked.append)
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert asked == [verb]


async def test_orders_are_imported_in_settings() -> None:
    shown: list[Any] = []
    window = SimpleNamespace(show_page=lambda page, **target: shown.append((page, target)))
    await import_orders.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert shown == [("settings", {"section": "data", "orders": "import"})]


def test_they_apply_where_there_is_a_customer() -> None:
    about_one = [made for made in COMMANDS if made is not import_orders]
    assert all(made.when(State(facts=ALL)) for made in about_one)
    assert not any(made.when(State()) for made in about_one)
    assert not separate.when(State(facts=frozenset({"customer"})))


def test_a_profile_that_is_only_read_may_be_looked_at() -> None:
    allowed = {made.id for made in COMMANDS if made.when(State(facts=ALL, read_only=True))}
    assert allowed == {"customer.history", "customer.orders"}
