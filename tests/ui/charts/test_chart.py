"""What all charts share: places walked by keys, the table on the clipboard, Enter for what is behind."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.charts.column_chart import ColumnChart
from app.ui.look import Look

DAYS = [date(2026, 11, 1) + timedelta(days=number) for number in range(3)]


def test_keys_walk_the_places_and_stay_at_the_ends(qapp: QApplication, look: Look) -> None:
    chart = ColumnChart(look, "Clicks", lambda value: f"{value:.0f}", "Day")
    opened: list[int] = []
    chart.opened.connect(opened.append)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.place == -1
    chart.show_days(DAYS, [1, 2, 3])
    for key, place in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_End, 2), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(chart, key)
        assert chart.place == place
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [0]
    assert chart.accessibleDescription() == chart.said(0)
    QTest.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == chart.table().to_text()


def test_fewer_places_let_go_of_a_place_that_is_gone(qapp: QApplication, look: Look) -> None:
    chart = ColumnChart(look, "Clicks", lambda value: f"{value:.0f}", "Day")
    chart.show_days(DAYS, [1, 2, 3])
    chart.look_at(2)
    chart.show_days(DAYS[:1], [1])
    assert chart.place == 0
