"""Commands of the guided hour ask the window by verb, and apply where they mean something."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Context, State
from app.commands.hour import COMMANDS, GUIDED, PAUSED

BY_ID = {each.id: each for each in COMMANDS}


@pytest.mark.parametrize("verb", ["begin", "next", "show", "pause", "leave"])
async def test_each_asks_the_window(verb: str) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(guide=heard.append)
    await BY_ID[f"hour.{verb}"].run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == [verb]


def applying(*facts: str, read_only: bool = False) -> set[str]:
    state = State(facts=frozenset(facts), read_only=read_only)
    return {each.id.removeprefix("hour.") for each in COMMANDS if each.when(state)}


def test_it_is_begun_once_goes_on_and_may_be_left_at_any_time() -> None:
    assert applying() == {"begin"}
    assert applying(read_only=True) == set()
    assert not any(each.when(State(page="first_run")) for each in COMMANDS)
    assert applying(GUIDED) == {"next", "show", "pause", "leave"}
    assert applying(GUIDED, PAUSED) == {"pause", "leave"}
