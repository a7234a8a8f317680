"""An arc shows how much of the circle is used, from twelve o'clock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from tests.ui.pictures import painted, share


@pytest.mark.parametrize(("part", "low", "high"), [(-1, 0, 0), (0, 0, 0), (0.25, 0.2, 0.3), (0.5, 0.45, 0.55), (2, 0.99, 1)])
def test_the_part_is_drawn(look: Look, part: float, low: float, high: float) -> None:
    fill, track = look.theme.color("accent.fill"), look.theme.color("accent.track")
    image = painted(lambda painter: paint_arc(painter, QRectF(0, 0, 100, 100), part, fill, track, 20), 100, 100)
    used, rest = share(image, fill), share(image, track)
    assert low <= used / (used + rest) <= high


def test_it_begins_at_the_top_and_goes_to_the_right(look: Look) -> None:
    fill, track = look.theme.color("accent.fill"), look.theme.color("accent.track")
    image = painted(lambda painter: paint_arc(painter, QRectF(0, 0, 100, 100), 0.25, fill, track, 20), 100, 100)
    assert image.pixelColor(80, 20).name() == fill.name()
    assert image.pixelColor(20, 20).name() == track.name()
