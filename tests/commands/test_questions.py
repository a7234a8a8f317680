"""Commands of questions and of posts that come again: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Command, Context, State
from app.commands.questions import (
    COMMANDS,
    ask,
    export,
    follow_up,
    go_questions,
    keep,
    open_reply,
    replies_to,
    skip,
    thank,
)

PAGES = {"go.questions", "questions.ask", "calendar.replies"}


@pytest.mark.parametrize("made", [each for each in COMMANDS if each.id not in PAGES], ids=lambda each: each.id)
async def test_each_asks_the_page(made: Command) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await made.run(Context(State(), SimpleNamespace(), window, SimpleNamespace(), SimpleNamespace()))  # type: ignore[arg-type]
    assert heard == [(made.id.split(".")[1], {})]


async def test_three_show_pages() -> None:
    heard: list[Any] = []
    window = SimpleNamespace(show_page=lambda page, **target: heard.append((page, target)))
    for made in (go_questions, ask, replies_to):
        await made.run(Context(State(post=4), SimpleNamespace(), window, SimpleNamespace(), SimpleNamespace()))  # type: ignore[arg-type]
    assert heard == [("questions", {}), ("composer", {"new": True, "origin": "questions", "question": True}), ("questions", {"post": 4})]


def test_each_applies_where_there_is_something_to_do() -> None:
    nothing, all_of = State(), State(facts=frozenset({"replies", "reply", "kept", "question", "occurrence"}))
    for made in (keep, thank, open_reply, follow_up, export, skip, replies_to):
        assert not made.when(nothing)
        assert made.when(all_of)
    reading = State(facts=all_of.facts, read_only=True)
    assert not keep.when(reading)
    assert export.when(reading)
