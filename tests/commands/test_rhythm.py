"""Commands of good times and rhythm: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import rhythm
from app.commands.command import Command, Context, State
from app.commands.rhythm import COMMANDS


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (rhythm.next_good_time, ("next_good_time", {})),
        (rhythm.put_first, ("next_good_time", {"first": True})),
        (rhythm.spread, ("spread", {})),
        (rhythm.fill, ("fill", {})),
    ],
)
async def test_each_asks_the_page(made: Command, asked: tuple[str, dict[str, Any]]) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == [asked]


async def test_good_times_are_in_the_settings() -> None:
    heard: list[Any] = []
    window = SimpleNamespace(show_page=lambda page, **target: heard.append((page, target)))
    await rhythm.good_times.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == [("settings", {"section": "slots"})]


@pytest.mark.parametrize(("fact", "ids"), [
    ("movable", {"calendar.next_good_time", "calendar.put_first"}), ("flood", {"calendar.spread"}), ("silence", {"calendar.fill"}),
])  # fmt: skip
def test_they_apply_where_there_is_something_to_do(fact: str, ids: set[str]) -> None:
    state = State(facts=frozenset({fact}))
    assert {each.id for each in COMMANDS if each.when(state)} == {*ids, "calendar.good_times"}
    reading = State(facts=frozenset({fact}), read_only=True)
    assert {each.id for each in COMMANDS if each.when(reading)} == {"calendar.good_times"}
