"""The ground of a chart: higher figures stand higher, days are named without touching, spans are tinted within the plot."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.charts.frame import Span, lay_ground, name_days, paint_spans
from app.ui.charts.scale import scale_of
from app.ui.look import Look
from tests.ui.charts.conftest import coloured

DAYS = [date(2026, 11, 1) + timedelta(days=number) for number in range(28)]


def test_figures_stand_on_the_ground_and_spans_within_it(qapp: QApplication, look: Look) -> None:
    image = QImage(400, 200, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    ground = lay_ground(painter, QRectF(0, 0, 400, 200), look, scale_of([0, 300]), lambda value: f"{value:.0f}", 40)
    step = ground.plot.width() / len(DAYS)

    def x_of(number: float) -> float:
        return ground.plot.left() + number * step

    outside = Span(DAYS[-1] + timedelta(days=3), DAYS[-1] + timedelta(days=9), "Later", "rose")
    paint_spans(painter, ground, look, [Span(DAYS[3], DAYS[5], "Buen Fin", "orange"), outside], DAYS, x_of)
    name_days(painter, ground, look, DAYS, x_of)
    painter.end()
    assert ground.y(300) < ground.y(100) < ground.y(0)
    assert ground.plot.right() <= 361
    tinted = coloured(image, look.theme.hue("orange", "tint"))
    assert tinted
    assert all(x_of(3) - 1 <= x <= x_of(6) + 1 for x, _ in tinted)
    assert not coloured(image, look.theme.hue("rose", "tint"))
