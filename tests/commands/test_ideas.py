"""Commands about ideas: C in the Inbox, the question that is open, and the sheets over the calendar."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Context, State
from app.commands.ideas import COMMANDS, from_faq, from_message
from app.runtime.words import Message


class Desk:
    """What commands reach, noting what they ask."""

    def __init__(self, **state: Any) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.said: list[tuple[Message, bool]] = []
        self.entry: object = 5
        self.state = State(**state)
        ideas = SimpleNamespace(from_message=self._do("message"), from_faq=self._do("faq"))
        services = SimpleNamespace(ideas=ideas)
        window = SimpleNamespace(
            show_page=lambda page, **target: self.asked.append((page, target)), in_page=lambda _verb: self.entry
        )
        notices = SimpleNamespace(say=lambda said, undo=False, seconds=0: self.said.append((said, undo)))
        self.context = Context(self.state, services, window, notices, None)  # type: ignore[arg-type]

    def _do(self, name: str) -> Any:
        async def act(number: int) -> int:
            self.asked.append((name, number))
            return 1

        return act


async def test_c_makes_an_idea_of_the_message_with_a_way_back() -> None:
    desk = Desk(conversation=7, conversations=(7,))
    assert from_message.shortcut == "C"
    await from_message.run(desk.context)
    assert desk.asked == [("message", 7)]
    assert [(said.id, undo) for said, undo in desk.said] == [("ideas.said.made", True)]


async def test_without_a_conversation_nothing_is_made() -> None:
    desk = Desk()
    assert not from_message.when(desk.state)
    await from_message.run(desk.context)
    assert desk.asked == []


async def test_the_open_question_becomes_an_idea() -> None:
    desk = Desk(facts=frozenset({"entry"}))
    assert from_faq.when(desk.state)
    await from_faq.run(desk.context)
    assert desk.asked == [("faq", 5)]
    desk.entry = None
    await from_faq.run(desk.context)
    assert desk.asked == [("faq", 5)]


@pytest.mark.parametrize("name", ["praise", "older", "products", "import_posts", "import_archive"])
async def test_the_others_open_their_sheet_over_the_calendar(name: str) -> None:
    desk = Desk()
    command = next(each for each in COMMANDS if each.id == f"ideas.{name}")
    assert command.when(desk.state)
    assert not command.when(State(read_only=True))
    await command.run(desk.context)
    assert desk.asked == [("calendar", {"sheet": name})]
