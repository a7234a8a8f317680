"""A countdown is quiet until the last hour, then amber, then late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.ui.look import Look
from app.ui.widgets.countdown import countdown, countdown_width, paint_countdown
from tests.ui.pictures import has, painted

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "level", "text"),
    [(180, "calm", "13:00"), (61, "calm", "13:00"), (60, "soon", "60 min"), (33, "soon", "33 min"), (0, "soon", "0 min"),
     (-12, "late", "12 min late"), (-59, "late", "59 min late"), (-60, "late", "1 h late"), (-47 * 60, "late", "47 h late"),
     (-48 * 60, "late", "2 days late")],
)  # fmt: skip
def test_words_and_level(look: Look, minutes: int, level: str, text: str) -> None:
    shown = countdown(look, NOW + timedelta(minutes=minutes), NOW, "13:00")
    assert (shown.level, shown.text) == (level, text)


def test_a_few_seconds_late_is_a_minute_late(look: Look) -> None:
    assert countdown(look, NOW - timedelta(seconds=5), NOW, "").text == "1 min late"


@pytest.mark.parametrize(("minutes", "colour"), [(33, "status.warn.strong"), (200, "border.default")])
def test_the_arc_is_drawn_at_the_right_edge(look: Look, minutes: int, colour: str) -> None:
    shown = countdown(look, NOW + timedelta(minutes=minutes), NOW, "13:00")
    widths = []
    image = painted(lambda painter: widths.append(paint_countdown(painter, 400, 0, 20, look, shown)))
    assert widths == [countdown_width(look, shown)]
    assert has(image, look.theme.color(colour))


def test_late_has_a_glyph(look: Look) -> None:
    shown = countdown(look, NOW - timedelta(minutes=12), NOW, "")
    assert has(painted(lambda painter: paint_countdown(painter, 400, 0, 20, look, shown)), look.theme.color("status.danger.text"))
