"""The commands that explain open what they name."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import help as help_commands
from app.commands.command import Command, Context, State


@pytest.mark.parametrize(
    ("made", "asked"),
    [(help_commands.keys, "keys"), (help_commands.history, "history"), (help_commands.news, "news")],
)
async def test_a_help_command_opens_what_it_names(made: Command, asked: str) -> None:
    calls: list[str] = []
    window: Any = SimpleNamespace(show_help=calls.append)
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert calls == [asked]
    assert made.at_once


async def test_texts_that_were_not_sent_are_read_and_shown() -> None:
    shown: list[object] = []
    window: Any = SimpleNamespace(show_kept_texts=shown.append)
    reads = SimpleNamespace(now=lambda query: query(SimpleNamespace(kept_texts=lambda: ["kept"])))
    services: Any = SimpleNamespace(reads=reads)
    await help_commands.kept_texts.run(Context(State(), services, window, None, None))  # type: ignore[arg-type]
    assert shown == [["kept"]]


async def test_about_is_told_where_the_data_is() -> None:
    shown: list[object] = []
    window: Any = SimpleNamespace(show_about=shown.append)
    services: Any = SimpleNamespace(data=SimpleNamespace(folder=Path("here")))
    await help_commands.about.run(Context(State(), services, window, None, None))  # type: ignore[arg-type]
    assert shown == [Path("here")]


async def test_the_guide_opens_at_the_page_of_the_screen() -> None:
    asked: list[str] = []
    window: Any = SimpleNamespace(show_guide=lambda place="": asked.append(place))
    await help_commands.guide.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert asked == [""]
    assert help_commands.guide.at_once
