"""Commands of reports: the page is asked, Settings are opened at their section."""

from __future__ import annotations

from typing import Any

import pytest

from app.commands import reports
from app.commands.command import Command, Context, State
from tests.commands.test_insights import Window


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (reports.report, ("report", {})),
        (reports.pictures, ("report", {"kind": "pictures"})),
        (reports.settings, ("settings", {"section": "reports"})),
    ],
)
async def test_a_command_asks_the_page(made: Command, asked: tuple[str, dict[str, object]]) -> None:
    window: Any = Window()
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert window.asked == [asked]


def test_a_report_needs_figures() -> None:
    assert not reports.report.when(State())
    assert reports.report.when(State(facts=frozenset({"summary"})))
