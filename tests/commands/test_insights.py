"""Commands of Insights: each asks the page, and saving needs figures."""

from __future__ import annotations

from typing import Any

import pytest

from app.commands import insights
from app.commands.command import Command, Context, State


class Window:
    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, object]]] = []

    def in_page(self, verb: str, **values: object) -> None:
        self.asked.append((verb, values))

    def show_page(self, page: str, **values: object) -> None:
        self.asked.append((page, values))


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (insights.go_insights, ("insights", {})),
        (insights.earlier, ("step", {"step": -1})),
        (insights.later, ("step", {"step": 1})),
        (insights.now, ("now", {})),
        (insights.week, ("length", {"days": 7})),
        (insights.four_weeks, ("length", {"days": 28})),
        (insights.quarter, ("length", {"days": 90})),
        (insights.export, ("export", {})),
    ],
)
async def test_a_command_asks_the_page(made: Command, asked: tuple[str, dict[str, object]]) -> None:
    window: Any = Window()
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert window.asked == [asked]


def test_figures_are_saved_once_they_are_there() -> None:
    assert not insights.export.when(State())
    assert insights.export.when(State(facts=frozenset({"summary"})))
