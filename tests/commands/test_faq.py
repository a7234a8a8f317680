"""Commands of the FAQ: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Command, Context, State
from app.commands.faq import (
    COMMANDS,
    export,
    go_faq,
    hidden,
    hide,
    look,
    make_answer,
    merge,
    move_out,
    next_language,
    open_message,
    previous_language,
    publish,
    save,
    show,
    stop,
    use_best,
    withdraw,
)


@pytest.mark.parametrize(("made", "asked"), [
    (save, ("save", {})), (next_language, ("language", {"step": 1})), (previous_language, ("language", {"step": -1})),
    (publish, ("publish", {})), (withdraw, ("withdraw", {})), (make_answer, ("make_answer", {})), (use_best, ("use_best", {})),
    (merge, ("merge", {})), (move_out, ("move_out", {})), (open_message, ("open_message", {})), (hide, ("hide", {})),
    (show, ("show", {})), (hidden, ("hidden", {})), (look, ("look", {})), (export, ("export", {})),
])  # fmt: skip
async def test_each_asks_the_page(made: Command, asked: tuple[str, dict[str, Any]]) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == [asked]


async def test_one_goes_there_and_one_ends_the_search() -> None:
    heard: list[str] = []
    window = SimpleNamespace(show_page=heard.append)
    services = SimpleNamespace(faq_gathering=SimpleNamespace(stop=lambda: heard.append("stopped")))
    for made in (go_faq, stop):
        await made.run(Context(State(), services, window, None, None))  # type: ignore[arg-type]
    assert heard == ["faq", "stopped"]


def applying(*facts: str, read_only: bool = False) -> set[str]:
    return {made.id for made in COMMANDS if made.when(State(facts=frozenset(facts), read_only=read_only))}


def test_they_apply_where_there_is_something_to_do() -> None:
    always = {"go.faq", "faq.export", "faq.hidden", "faq.look"}
    assert applying() == always
    entry = always | {
        "faq.save",
        "faq.next_language",
        "faq.previous_language",
        "faq.publish",
        "faq.make_answer",
        "faq.hide",
    }
    assert applying("entry", "asked") == entry
    assert applying("entry", "published", "answer") == (entry | {"faq.withdraw"}) - {"faq.make_answer"}
    assert applying("entry", "hidden") == (entry | {"faq.show"}) - {"faq.hide"}
    assert applying("entry", "several", "best", "message") == entry | {
        "faq.merge", "faq.use_best", "faq.move_out", "faq.open_message",
    }  # fmt: skip
    assert "faq.stop" in applying("searching")


def test_a_profile_that_is_only_read_may_be_looked_at() -> None:
    assert applying("entry", "message", "several", "best", read_only=True) == {
        "go.faq", "faq.export", "faq.hidden", "faq.next_language", "faq.previous_language", "faq.open_message",
    }  # fmt: skip
