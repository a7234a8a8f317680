"""Lines: a gap is no line, each has its dash and its name at its end, and the table says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtGui import QImage

from app.ui.charts.frame import Span
from app.ui.charts.line_chart import DASHES, HUES, LineChart, Series
from app.ui.look import Look
from tests.ui.charts.conftest import coloured

DAYS = [date(2026, 11, 1) + timedelta(days=number) for number in range(20)]


def chart_of(look: Look, *lines: Series) -> LineChart:
    chart = LineChart(look, "New followers", lambda value: f"{value:+.0f}")
    chart.show_lines(lines, DAYS)
    return chart


def test_days_that_nobody_measured_are_a_gap(look: Look, painted: Callable[..., QImage]) -> None:
    whole = chart_of(look, Series("X", tuple(float(number) for number in range(20))))
    gap = chart_of(look, Series("X", tuple(None if 5 < number < 14 else float(number) for number in range(20))))
    hue = look.theme.hue(HUES[0], "strong")
    columns = {x for x, _ in coloured(painted(whole), hue)}
    with_gap = {x for x, _ in coloured(painted(gap), hue)}
    assert len(with_gap) < len(columns) * 0.75


def test_no_two_lines_look_alike_without_colour() -> None:
    assert len(set(DASHES)) == len(DASHES) == len(HUES)


def test_a_place_says_every_line_of_its_day(look: Look) -> None:
    chart = chart_of(look, Series("X", (1.0, *[None] * 19)), Series("Mastodon", (*[None] * 19, 4.0)))
    assert chart.places == 20
    assert "X \u2068+1\u2069" in chart.said(0)
    assert "Mastodon —" in chart.said(0)
    table = chart.table()
    assert table.columns[1:] == ("X", "Mastodon")
    assert len(table.rows) == 20
    assert table.to_text().count("\n") == 20


def test_without_figures_there_is_nothing_to_walk(look: Look, painted: Callable[..., QImage]) -> None:
    chart = LineChart(look, "New followers", str)
    painted(chart)
    assert chart.places == 0
    assert chart.place_at(10, 10) == -1


def test_what_explains_a_day_is_said_with_its_figures(look: Look) -> None:
    chart = LineChart(look, "Followers", lambda value: f"{value:.0f}")
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(3)]
    chart.show_lines([Series("X", (1, 2, 3))], days, [Span(days[1], days[1], "Buen Fin", "orange")])
    assert "Buen Fin" in chart.said(1)
    assert "Buen Fin" not in chart.said(0)
    assert [row[-1] for row in chart.table().rows] == ["", "Buen Fin", ""]
