"""Days and hours as a field: deeper where more came, with figures in it, walked in four directions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent

from app.ui.charts.heat_chart import HeatChart
from app.ui.look import Look


def chart_of(look: Look) -> HeatChart:
    chart = HeatChart(look, "When customers write", lambda value: f"{value:.0f}", "Day")
    chart.show_heat([("Mon", (0, 1, 8)), ("Tue", (4, 0, 0))], ["9:00", "10:00", "11:00"])
    return chart


def test_more_is_deeper_and_nothing_is_bare(look: Look, painted: Callable[..., QImage]) -> None:
    chart = chart_of(look)
    image = painted(chart)
    corner = [chart._cells[place].topLeft() for place in range(chart.places)]
    shade = [image.pixelColor(round(point.x()) + 5, round(point.y()) + 5).lightness() for point in corner]
    assert shade[2] < shade[3] < shade[1]
    assert shade[0] == shade[4] == shade[5]
    assert chart.place_at(corner[3].x() + 5, corner[3].y() + 5) == 3
    assert chart.place_at(-1, -1) == -1


def test_each_place_says_itself_and_the_table_holds_all(look: Look) -> None:
    chart = chart_of(look)
    assert [chart.said(place) for place in (2, 3)] == ["Mon, 11:00: 8", "Tue, 9:00: 4"]
    assert chart.table().columns == ("Day", "9:00", "10:00", "11:00")
    assert chart.table().rows == (("Mon", "0", "1", "8"), ("Tue", "4", "0", "0"))


def test_arrows_go_in_four_directions_and_not_beyond(look: Look) -> None:
    chart = chart_of(look)

    def press(key: Qt.Key) -> int:
        chart.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        return chart.place

    walk = (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_End)
    assert [press(key) for key in walk] == [0, 1, 4, 4, 1, 1, 5]


def test_nothing_to_show_paints_nothing(look: Look, painted: Callable[..., QImage]) -> None:
    chart = HeatChart(look, "x", str, "Day")
    painted(chart)
    assert (chart.places, chart.table().rows) == (0, ())
