"""Commands of searching ask the page by verb and the services for what changes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import State
from app.commands.inbox import COMMANDS as INBOX
from app.commands.registry import collect
from app.commands.searches import COMMANDS
from app.commands.view import COMMANDS as VIEW

REGISTRY = collect(VIEW, INBOX, COMMANDS)


class World:
    """Notes what is asked; `answers` is what the page says."""

    def __init__(self, **answers: Any) -> None:
        self.heard: list[Any] = []
        self._answers = answers
        window = SimpleNamespace(
            in_page=self.in_page, show_page=lambda page, **target: self.heard.append((page, target))
        )
        searches = SimpleNamespace(order=self.note("order"), remove=self.note("remove"))
        services = SimpleNamespace(searches=searches, spikes=SimpleNamespace(dismiss=self.note("dismiss", "descarga")))
        self.said: list[str] = []
        notices = SimpleNamespace(say=lambda message, **_how: self.said.append(message.id))
        self.context: Any = SimpleNamespace(window=window, services=services, notices=notices)

    def in_page(self, verb: str, **values: object) -> Any:
        self.heard.append((verb, values))
        return self._answers.get(verb)

    def note(self, name: str, answer: object = None) -> Any:
        async def noted(*values: object) -> object:
            self.heard.append((name, *values))
            return answer

        return noted

    async def run(self, command_id: str) -> list[Any]:
        await REGISTRY[command_id].run(self.context)
        return self.heard


@pytest.mark.parametrize(
    ("command_id", "asked"),
    [
        ("go.searches", ("inbox", {"searches": True})),
        ("inbox.save_search", ("save_search", {})),
        ("inbox.edit_search", ("edit_search", {})),
        ("inbox.next_hit", ("hit", {"step": 1})),
        ("inbox.previous_hit", ("hit", {"step": -1})),
        ("inbox.show_spike", ("show_spike", {})),
    ],
)
async def test_the_page_is_asked(command_id: str, asked: tuple[str, dict[str, object]]) -> None:
    assert await World().run(command_id) == [asked]


async def test_a_saved_search_is_moved_where_there_is_room() -> None:
    assert await World(searches_moved=(2, 1)).run("inbox.search_down") == [
        ("searches_moved", {"step": 1}),
        ("order", (2, 1)),
    ]
    assert await World(searches_moved=()).run("inbox.search_up") == [("searches_moved", {"step": -1})]


async def test_a_saved_search_is_forgotten_and_the_list_left() -> None:
    world = World(saved_search=(3, "Marea"))
    assert await world.run("inbox.remove_search") == [("saved_search", {}), ("remove", 3), ("leave_search", {})]
    assert world.said == ["find.removed"]


async def test_what_is_no_problem_is_said() -> None:
    world = World()
    assert await world.run("inbox.dismiss_spike") == [("dismiss",)]
    assert world.said == ["find.spike_dismissed"]


@pytest.mark.parametrize(
    ("command_id", "fact", "writes"),
    [
        ("inbox.save_search", "search", True),
        ("inbox.edit_search", "saved_search", True),
        ("inbox.remove_search", "saved_search", True),
        ("inbox.next_hit", "hits", False),
        ("inbox.show_spike", "spike", False),
        ("inbox.dismiss_spike", "spike", True),
    ],
)
def test_they_apply_where_there_is_something(command_id: str, fact: str, writes: bool) -> None:
    when = REGISTRY[command_id].when
    assert when(State(facts=frozenset({fact})))
    assert not when(State())
    assert when(State(facts=frozenset({fact}), read_only=True)) is not writes
