"""Commands of Today ask the page by verb."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import State
from app.commands.registry import collect
from app.commands.today import COMMANDS
from app.commands.view import COMMANDS as VIEW

REGISTRY = collect(VIEW, COMMANDS)


async def asked(command_id: str) -> tuple[str, dict[str, object]]:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await REGISTRY[command_id].run(SimpleNamespace(window=window))  # type: ignore[arg-type]
    return heard[0]


async def test_enter_starts() -> None:
    assert await asked("today.start") == ("start", {})


@pytest.mark.parametrize(("name", "number"), [("first", 1), ("second", 2), ("third", 3), ("fourth", 4)])
async def test_a_digit_opens_its_answer_where_there_is_one(name: str, number: int) -> None:
    command = REGISTRY[f"today.answer_{name}"]
    assert command.shortcut == str(number)
    assert await asked(command.id) == ("answer", {"number": number})
    assert command.when(State(facts=frozenset({f"answer_{number}"})))
    assert not command.when(State())


@pytest.mark.parametrize("name", ["promise_kept", "promise_let_go"])
async def test_the_promise_that_is_due_first_ends_where_there_is_one(name: str) -> None:
    command = REGISTRY[f"today.{name}"]
    assert await asked(command.id) == (name, {})
    assert command.when(State(facts=frozenset({"promises"})))
    assert not command.when(State(facts=frozenset({"promises"}), read_only=True))
    assert not command.when(State())
