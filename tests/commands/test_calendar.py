"""Commands of the Calendar: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import calendar
from app.commands.calendar import COMMANDS
from app.commands.command import Command, Context, State

MOVABLE = frozenset({"post", "planned", "movable"})


@pytest.mark.parametrize(("made", "asked"), [
    (calendar.week, ("show", {"view": "week"})), (calendar.month, ("show", {"view": "month"})), (calendar.agenda, ("show", {"view": "agenda"})),
    (calendar.today, ("today", {})), (calendar.next_page, ("turn", {"step": 1})), (calendar.previous_page, ("turn", {"step": -1})),
    (calendar.next_post, ("step", {"step": 1})), (calendar.previous_post, ("step", {"step": -1})),
    (calendar.right, ("arrow", {"right": 1, "down": 0})), (calendar.left, ("arrow", {"right": -1, "down": 0})),
    (calendar.down, ("arrow", {"right": 0, "down": 1})), (calendar.up, ("arrow", {"right": 0, "down": -1})),
    (calendar.later, ("nudge", {"minutes": 15})), (calendar.earlier, ("nudge", {"minutes": -15})),
    (calendar.day_later, ("nudge", {"days": 1})), (calendar.day_earlier, ("nudge", {"days": -1})), (calendar.retime, ("retime", {})),
    (calendar.open_post, ("open", {})), (calendar.look, ("look", {})), (calendar.new, ("new", {})), (calendar.duplicate, ("duplicate", {})),
    (calendar.to_ideas, ("to_ideas", {})), (calendar.tick, ("tick", {})), (calendar.next_warning, ("warning", {"step": 1})),
    (calendar.previous_warning, ("warning", {"step": -1})),
])  # fmt: skip
async def test_each_asks_the_page(made: Command, asked: tuple[str, dict[str, Any]]) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == [asked]


async def test_it_is_gone_to_from_everywhere() -> None:
    heard: list[str] = []
    window = SimpleNamespace(show_page=heard.append)
    await calendar.go_calendar.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == ["calendar"]
    assert calendar.go_calendar.applies_in("inbox")


def test_what_is_published_can_be_copied_but_not_moved_to_a_time() -> None:
    out = State(facts=frozenset({"post", "planned"}))
    assert calendar.duplicate.when(out)
    assert not calendar.retime.when(out)
    assert calendar.retime.when(State(facts=MOVABLE))


def test_a_profile_that_is_only_read_is_looked_at() -> None:
    changing = {
        made.id
        for made in COMMANDS
        if made.when(State(facts=MOVABLE)) and not made.when(State(facts=MOVABLE, read_only=True))
    }
    assert changing == {
        f"calendar.{name}"
        for name in ("later", "earlier", "day_later", "day_earlier", "retime", "new", "duplicate", "to_ideas")
    }
