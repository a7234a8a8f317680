"""A day as people type it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.plans.typed_day import DayField, written
from tests.fakes.clock import FakeClock
from tests.ui.campaign_window import write


@pytest.fixture
def face(qapp: QApplication, look: Look, clock: FakeClock) -> Any:
    look.words.clock = clock
    return SimpleNamespace(look=look, words=look.words, clock=clock, text=look.text)


@pytest.mark.parametrize(
    ("text", "day", "minute", "hint"),
    [
        ("fri", date(2026, 11, 20), None, "Friday 20 November 2026"),
        ("2 dec 10:30", date(2026, 12, 2), 630, "Wednesday 2 December 2026, 10:30"),
        ("2026-12-02 9:00", date(2026, 12, 2), 540, "Wednesday 2 December 2026, 09:00"),
        ("whenever", None, None, " "),
        ("", None, None, " "),
    ],
)
def test_what_is_typed_is_understood_and_shown(
    face: Any, text: str, day: date | None, minute: int | None, hint: str
) -> None:
    field = DayField(face, "Day", with_time=True)
    write(field, text)
    assert (field.day, field.minute, field.hint.text()) == (day, minute, hint)
    assert field.demand() is (day is not None)


def test_where_a_day_is_wanted_a_time_is_none(face: Any) -> None:
    field = DayField(face, "Day", date(2026, 12, 2))
    assert field.text == "2026-12-02"
    assert field.demand()
    write(field, "2 dec 10:00")
    assert not field.demand()


def test_what_is_kept_is_written_so_that_it_can_be_read() -> None:
    assert written(date(2026, 12, 2), 5) == "2026-12-02 00:05"
    assert written(None, 5) == ""
