"""Charts on a picture, without a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.charts.chart import Chart


@pytest.fixture
def painted(qapp: QApplication) -> Callable[..., QImage]:
    """A chart as a picture of 400 by 200."""

    def paint(chart: Chart, place: int = -1) -> QImage:
        image = QImage(400, 200, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        chart.draw(painter, QRectF(0, 0, 400, 200), place)
        painter.end()
        return image

    return paint


def coloured(image: QImage, colour: Any) -> list[tuple[int, int]]:
    """Where this very colour is."""
    wanted = QColor(colour).rgb()
    return [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == wanted]
