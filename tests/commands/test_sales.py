"""Commands of sales: other reports and sheets are the page's, reading now tells what came of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import sales
from app.commands.command import Command, State
from app.runtime.words import Message, message


class Around:
    """Notes what is asked and said."""

    def __init__(self, trouble: Message | None = None) -> None:
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.said: list[str] = []
        self.trouble = trouble
        self.window = SimpleNamespace(in_page=self._note, show_page=self._note)
        self.notices = SimpleNamespace(say=lambda said, **_how: self.said.append(said.id))
        self.services = SimpleNamespace(analytics=self)

    def _note(self, name: str, **values: object) -> None:
        self.asked.append((name, values))

    async def read_now(self) -> bool:
        return self.trouble is None


async def run(of: Command, around: Around) -> None:
    context: Any = around
    await of.run(context)


@pytest.mark.parametrize(("of", "asked"), [
    (sales.previous_campaign, ("turn_campaign", {"by": -1})),
    (sales.next_campaign, ("turn_campaign", {"by": 1})),
    (sales.add_cost, ("add_cost", {})),
    (sales.coupons, ("coupons", {})),
    (sales.campaign_report, ("insights", {"tab": "campaigns"})),
    (sales.settings, ("settings", {"section": "analytics"})),
    (sales.import_figures, ("settings", {"section": "data", "figures": "import"})),
])  # fmt: skip
async def test_each_asks_the_page(of: Command, asked: tuple[str, dict[str, object]]) -> None:
    around = Around()
    await run(of, around)
    assert around.asked == [asked]


async def test_reading_now_tells_what_came_of_it() -> None:
    around = Around()
    await run(sales.read, around)
    assert around.said == ["analytics.said.read"]
    around = Around(message("analytics.error.gone", host="stats.example"))
    await run(sales.read, around)
    assert around.said == ["analytics.error.gone"]


def test_costs_are_written_down_where_there_is_a_report_and_the_file_may_change() -> None:
    report = frozenset({"campaign_report"})
    assert sales.add_cost.when(State(context="insights", facts=report))
    assert not sales.add_cost.when(State(context="insights"))
    assert not sales.coupons.when(State(context="insights", facts=report, read_only=True))
