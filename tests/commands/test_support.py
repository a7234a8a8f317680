"""Commands of the Answers and Audience tabs: each asks its tab, and is there only where that is shown."""

from __future__ import annotations

from typing import Any

import pytest

from app.commands import support
from app.commands.command import Command, Context, State
from tests.commands.test_insights import Window


@pytest.mark.parametrize(
    ("made", "asked", "tab"),
    [
        (support.call_centre, ("call_centre", {}), "answers"),
        (support.purchasing, ("list", {"which": "purchasing"}), "audience"),
        (support.newsletter, ("list", {"which": "newsletter"}), "audience"),
        (support.put_away, ("put_away", {}), "audience"),
        (support.put_back, ("put_back", {}), "audience"),
    ],
)
async def test_a_command_asks_its_tab(made: Command, asked: tuple[str, dict[str, object]], tab: str) -> None:
    window: Any = Window()
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert window.asked == [asked]
    assert made.when is not None
    assert made.when(State(facts=frozenset({tab})))
    assert not made.when(State(facts=frozenset({"summary"})))


async def test_each_tab_can_be_gone_to_from_anywhere() -> None:
    window: Any = Window()
    for made in (support.answer_figures, support.audience):
        await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert window.asked == [("insights", {"tab": "answers"}), ("insights", {"tab": "audience"})]


def test_a_file_that_takes_no_changes_has_no_typing_in() -> None:
    read_only = State(facts=frozenset({"answers", "audience"}), read_only=True)
    assert not any(made.when(read_only) for made in (support.call_centre, support.put_away, support.put_back) if made.when is not None)
