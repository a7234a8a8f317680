"""What is proposed for a post that is to come again; the sheet itself is tried on its pages (composer, calendar)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from app.models.post import PostDraft, PostState
from app.models.series import Rule
from app.ui.look import Look
from app.ui.series_sheet import day_of, proposed
from tests.fakes.clock import FakeClock


def face(look: Look, clock: FakeClock) -> Any:
    look.words.zone = "America/Mexico_City"
    return SimpleNamespace(words=look.words, clock=clock)


def test_its_weekday_and_wall_time_are_proposed(look: Look, clock: FakeClock) -> None:
    at = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)  # Friday, 20:30 in Mexico City
    draft = PostDraft(
        id=4,
        parts=("Oferta",),
        planned_at=at,
        zone="America/Mexico_City",
        series_id=9,
        series_day="2026-11-20",
        mark_id=3,
    )
    found = proposed(face(look, clock), draft, "Oferta", PostState.DRAFT)
    assert (found.rule, found.minute, found.starts_on, found.state) == (
        Rule(weekdays=(4,)),
        1230,
        date(2026, 11, 20),
        PostState.DRAFT,
    )
    assert found.draft == PostDraft(parts=("Oferta",))


def test_without_a_time_it_is_this_hour_of_this_weekday(look: Look, clock: FakeClock) -> None:
    found = proposed(face(look, clock), PostDraft(), "x", PostState.SCHEDULED)
    assert found.starts_on == day_of(clock.now(), look.words.zone)
    assert found.zone == "America/Mexico_City"
