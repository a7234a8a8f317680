"""Commands of campaigns: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import campaigns
from app.commands.campaigns import COMMANDS, CONTEXT, PHASES
from app.commands.command import Command, Context, State

ALL = frozenset({"campaign", "movable", "phase"})


def context(window: Any) -> Context:
    return Context(State(), None, window, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("made", "asked"), [
    (campaigns.previous, ("step", {"step": -1})), (campaigns.following, ("step", {"step": 1})), (campaigns.announce, ("announce", {})),
    (campaigns.edit, ("edit", {})), (campaigns.move, ("move", {})), (campaigns.launch_here, ("new_launch", {})),
    (campaigns.add_phase, ("new_phase", {})), (campaigns.remove, ("remove", {})), (campaigns.edit_phase, ("edit_phase", {})),
    (campaigns.phase_left, ("choose_phase", {"step": -1})), (campaigns.phase_right, ("choose_phase", {"step": 1})),
    (campaigns.phase_earlier, ("stretch", {"first": -1, "last": -1})), (campaigns.phase_later, ("stretch", {"first": 1, "last": 1})),
    (campaigns.phase_shorter, ("stretch", {"first": 0, "last": -1})), (campaigns.phase_longer, ("stretch", {"first": 0, "last": 1})),
    (campaigns.phase_sooner, ("stretch", {"first": -1, "last": 0})), (campaigns.phase_begin_later, ("stretch", {"first": 1, "last": 0})),
    (campaigns.new_campaign, ("new_campaign", {})), (campaigns.new_launch, ("new_launch", {})), (campaigns.patterns, ("patterns", {})),
    (campaigns.new_deadline, ("new_deadline", {})),
])  # fmt: skip
async def test_each_asks_the_page(made: Command, asked: tuple[str, dict[str, Any]]) -> None:
    heard: list[Any] = []
    await made.run(context(SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)) or True)))
    assert heard == [asked]


@pytest.mark.parametrize(
    ("made", "target"),
    [
        (campaigns.go_campaigns, {}),
        (campaigns.new_campaign, {"new": "campaign"}),
        (campaigns.new_launch, {"new": "launch"}),
        (campaigns.patterns, {"new": "patterns"}),
    ],
)
async def test_where_the_page_knows_nothing_of_it_the_campaigns_are_shown(
    made: Command, target: dict[str, str]
) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda _verb: None, show_page=lambda page, **values: heard.append((page, values)))
    await made.run(context(window))
    assert heard == [("campaigns", target)]


def test_a_profile_that_is_only_read_is_looked_at() -> None:
    free = {made.id for made in COMMANDS if made.when(State(facts=ALL, read_only=True))}
    assert free == {
        "go.campaigns", "campaigns.previous", "campaigns.next", "campaigns.phase_left", "campaigns.phase_right"
    }  # fmt: skip
    assert all(made.when(State(facts=ALL)) for made in COMMANDS)


def test_arrows_are_the_bands_alone() -> None:
    assert campaigns.phase_longer.applies_in(PHASES)
    assert not campaigns.phase_longer.applies_in(CONTEXT)
    assert campaigns.announce.applies_in(PHASES)


async def test_a_deadline_begins_on_the_calendar() -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb: heard.append(verb), show_page=heard.append)
    await campaigns.new_deadline.run(context(window))
    assert heard == ["new_deadline", "calendar", "new_deadline"]
