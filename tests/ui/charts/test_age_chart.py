"""Lines over a post's age: said, walked and copied like all charts, and painted on any device."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.ui.charts.age_chart import AgeChart, Grown
from app.ui.look import Look

HOUR = timedelta(hours=1)


@pytest.fixture
def chart(look: Look) -> AgeChart:
    chart = AgeChart(look, "Since it went out", lambda value: f"{value:.0f}", lambda age: f"{age / HOUR:.0f} h")
    chart.show_grown([Grown("X", ((HOUR, 8.0), (24 * HOUR, 40.0))), Grown("Mastodon", ((6 * HOUR, 3.0),)), Grown("none", ())])
    return chart


def test_each_age_says_the_last_totals_known_then(chart: AgeChart) -> None:
    assert chart.places == 3
    assert [chart.said(place) for place in range(3)] == ["1 h: X 8, Mastodon —", "6 h: X 8, Mastodon 3", "24 h: X 40, Mastodon 3"]
    assert chart.table().rows == (("1 h", "8", "—"), ("6 h", "8", "3"), ("24 h", "40", "3"))


def test_it_paints_on_any_device_and_finds_the_age_under_the_mouse(chart: AgeChart) -> None:
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    chart.draw(painter, QRectF(0, 0, 400, 200), 1)
    painter.end()
    assert len({image.pixel(x, y) for x in range(0, 400, 2) for y in range(0, 200, 2)}) > 5
    found = {chart.place_at(x, 50) for x in range(400)}
    assert {0, 1, 2} <= found


def test_without_figures_nothing_is_said(look: Look) -> None:
    chart = AgeChart(look, "Since it went out", str, str)
    chart.show_grown([])
    assert chart.places == 0
    assert chart.table().rows == ()
