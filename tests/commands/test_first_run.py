"""Commands of the first run ask the page by verb."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.commands.command import State
from app.commands.first_run import COMMANDS
from app.commands.registry import collect
from app.commands.view import COMMANDS as VIEW

REGISTRY = collect(VIEW, COMMANDS)


async def asked(command_id: str) -> tuple[str, dict[str, object]]:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await REGISTRY[command_id].run(SimpleNamespace(window=window))  # type: ignore[arg-type]
    return heard[0]


async def test_digits_choose_and_enter_goes_on() -> None:
    assert await asked("first_run.connect") == ("choose", {"way": "connect"})
    assert await asked("first_run.sample") == ("choose", {"way": "sample"})
    assert await asked("first_run.go_on") == ("go_on", {})


def test_digits_choose_in_the_first_step_alone() -> None:
    for name in ("connect", "sample"):
        assert REGISTRY[f"first_run.{name}"].when(State(facts=frozenset({"begins"})))
        assert not REGISTRY[f"first_run.{name}"].when(State())
