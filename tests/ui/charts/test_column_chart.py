"""Columns: as high as their figures, beside the ones before, in the hue of what explains them; bins with a marker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtGui import QImage

from app.ui.charts.column_chart import Column, ColumnChart, Marker
from app.ui.charts.frame import Span
from app.ui.look import Look
from tests.ui.charts.conftest import coloured

DAYS = [date(2026, 11, 1) + timedelta(days=number) for number in range(4)]


def chart_of(look: Look) -> ColumnChart:
    return ColumnChart(look, "Clicks", lambda value: f"{value:.0f}", "Day")


def test_twice_the_figure_is_twice_as_high(look: Look, painted: Callable[..., QImage]) -> None:
    chart = chart_of(look)
    chart.show_days(DAYS, [100, 50, None, 0])
    image = painted(chart)
    heights: dict[int, int] = {}
    for x, _y in coloured(image, look.theme.color("accent.fill")):
        heights[x] = heights.get(x, 0) + 1
    high, low = (heights.get(round(chart._rects[place].center().x()), 0) for place in (0, 1))
    assert abs(high - 2 * low) <= 3
    assert round(chart._rects[2].center().x()) not in heights


def test_days_of_a_campaign_have_its_hue(look: Look, painted: Callable[..., QImage]) -> None:
    chart = chart_of(look)
    chart.show_days(DAYS, [5, 5, 5, 5], (), [Span(DAYS[1], DAYS[2], "Buen Fin", "orange")])
    assert [column.colour for column in chart.columns] == ["accent.fill", *["categorical.orange.strong"] * 2, "accent.fill"]
    assert coloured(painted(chart), look.theme.hue("orange", "strong"))


def test_a_place_says_its_figure_and_the_one_before(look: Look) -> None:
    chart = chart_of(look)
    chart.show_days(DAYS, [5, None, 7, 8], [4, 3, None, 2])
    assert "5" in chart.said(0)
    assert "before 4" in chart.said(0)
    assert "—" in chart.said(1)
    assert "before" not in chart.said(2)
    assert chart.table().rows[0][1:] == ("5", "4")
    assert len(chart.table().columns) == 3


def test_bins_have_no_figures_before_and_one_marker(look: Look, painted: Callable[..., QImage]) -> None:
    chart = chart_of(look)
    chart.show_bins([Column("5 m", 2), Column("1 h", 4), Column("more", 1, None, "status.danger.strong")], Marker(2, "your promise"))
    image = painted(chart, 1)
    assert coloured(image, look.theme.color("status.danger.strong"))
    assert chart.place_at(chart._rects[1].center().x(), 0) == 1
    assert chart.table().columns == ("Day", "Clicks")


def test_what_explains_a_day_is_said_copied_and_tinted(look: Look, painted: Callable[..., QImage]) -> None:
    chart = chart_of(look)
    chart.show_days(DAYS, [5, 5, None, 5], (), [Span(DAYS[1], DAYS[2], "Día de Muertos", ""), Span(DAYS[2], DAYS[2], "Marea", "")])
    assert "Día de Muertos" in chart.said(1)
    assert "Marea" in chart.said(2)
    assert "Día de Muertos" not in chart.said(0)
    table = chart.table()
    assert len(table.columns) == 3
    assert [row[2] for row in table.rows] == ["", "Día de Muertos", "Día de Muertos, Marea", ""]
    assert coloured(painted(chart), look.theme.hue("slate", "tint"))
