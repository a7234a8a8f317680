"""Stripes cover half of what they are painted on."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.look import Look
from app.ui.widgets.stripes import paint_stripes


def test_about_half_of_a_band_is_striped(look: Look) -> None:
    image = QImage(240, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(1, 2, 3))
    painter = QPainter(image)
    paint_stripes(painter, QRectF(0, 0, 240, 20), look)
    painter.end()
    striped = sum(image.pixelColor(x, 10) == look.theme.color("surface.base") for x in range(240))
    assert 90 < striped < 150
