"""A shadow is darker near what throws it and stretches without blur."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.ui.look import Look
from app.ui.widgets.shadow import Shadow
from tests.ui.pictures import painted


def test_it_reaches_beyond_the_rectangle_and_fades(look: Look) -> None:
    shadow = Shadow(look, "e3", 8)
    image = painted(lambda painter: shadow.paint(painter, QRectF(40, 40, 120, 60)), 220, 160)
    below = [image.pixelColor(100, y).alpha() for y in range(101, 118)]
    assert below[0] > 0
    assert below == sorted(below, reverse=True)
    assert image.pixelColor(2, 2).alpha() == 0
    assert shadow.margin == 18


def test_it_is_drawn_anew_for_another_theme(look: Look) -> None:
    shadow = Shadow(look, "e2", 8)
    light = painted(lambda painter: shadow.paint(painter, QRectF(40, 40, 120, 60)), 220, 160)
    look.theme.choose(mode="dark")
    assert painted(lambda painter: shadow.paint(painter, QRectF(40, 40, 120, 60)), 220, 160) != light
    assert Shadow(look, "e0", 8).margin == 0
