"""Charts as files of their own: with title, legend and words; the chart of the screen stays what it was."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.ui.charts.column_chart import ColumnChart
from app.ui.charts.heat_chart import HeatChart
from app.ui.charts.pair_bars import Pair, PairBars
from app.ui.look import Look
from app.ui.painting.chart_files import about, alt_text, chart_png, chart_svg, height_of
from app.ui.painting.paper import paper_look

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]


def columns(look: Look) -> ColumnChart:
    chart = ColumnChart(look, "Reposts", lambda value: str(round(value)), "Day", 54, bare=True)
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(28)]
    chart.show_days(days, [float(number) for number in range(28)], [3.0] * 28)
    return chart


def test_alone_a_chart_has_its_axis_and_says_what_its_marks_are(qapp: QApplication, look: Look) -> None:
    chart = columns(look)
    assert about(look, chart) == look.text("insights.each_day_and_before")
    found = texts(chart_svg(chart, look))
    assert "20" in found
    assert any("Nov" in each for each in found)
    assert not chart.alone


def test_alone_bars_say_what_their_colours_are(qapp: QApplication, look: Look) -> None:
    chart = PairBars(look, "Both", ("informs", "sells"), lambda value: str(round(value)))
    chart.show_pairs([Pair("Clicks", (12, 3)), Pair("Replies", (None, 1))])
    assert {"informs", "sells", "Clicks", "12", "—"} <= set(texts(chart_svg(chart, look)))
    assert about(look, chart) == ""


def test_a_file_has_its_title_and_days(qapp: QApplication, look: Look) -> None:
    chart = columns(look)
    assert {"Reposts"} <= set(texts(chart_svg(chart, look, "1–28 November")))
    assert any(each.startswith("1–28 November") for each in texts(chart_svg(chart, look, "1–28 November")))
    assert "Reposts" not in texts(chart_svg(chart, look))
    image = QImage.fromData(chart_png(chart, paper_look(look, look.words), "1–28 November"))
    assert image.width() == 1360
    assert image.height() > 2 * height_of(chart)


def test_of_many_places_those_are_told_that_tell_most(qapp: QApplication, look: Look) -> None:
    chart = columns(look)
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(28)]
    chart.show_days(days, [1.0] * 9 + [50.0] + [None] * 18)
    assert list(chart.telling()) == [0, 9, 27]
    heat = HeatChart(look, "When", str, "Day")
    heat.show_heat([("Mon", [0] * 23 + [7]), ("Tue", [2] + [0] * 23)], [f"{hour}:00" for hour in range(24)])
    assert list(heat.telling()) == [23, 24]
    assert "Mon, 23:00: 7; … Tue, 0:00: 2" in alt_text(look, heat)


def test_a_chart_is_told_in_words(qapp: QApplication, look: Look) -> None:
    told = alt_text(look, columns(look))
    assert told.startswith("Reposts: ")
    assert "27, before 3" in told
    empty = ColumnChart(look, "Reposts", str, "Day")
    assert alt_text(look, empty) == look.text("report.alt_empty", name="Reposts")
