"""What explains figures stands on every time axis: launches, contests and phases of the calendar, and public holidays once they are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.insight import Note
from app.store.writing import calendar
from app.ui.insights.tab import spans_of
from tests.ui.calendar.hands import press
from tests.ui.insights.conftest import measured

Opens = Callable[..., Any]
DAY = timedelta(days=1)


async def test_a_launch_is_said_with_the_day_it_falls_on(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        last = page.period.last
        await window.shop.database.write(calendar.add_mark, "launch", "«Marea» a la venta", str(last))
        campaign = await window.shop.database.write(calendar.add_campaign, "Buen Fin", "", "orange")
        await window.shop.database.write(calendar.add_phase, campaign, "promo", str(last - 2 * DAY), str(last - DAY))
        page.read()
        await window.settle()
        for chart in (page.view.clicks, page.view.followers, page.view.replies):
            chart.setFocus()
            press(Qt.Key.Key_End)
            assert "«Marea» a la venta" in chart.accessibleDescription()
            press(Qt.Key.Key_Left)
            assert "Buen Fin" in chart.accessibleDescription()
        assert page.view.clicks.table().columns[-1] == "On the calendar"


async def test_public_holidays_come_when_they_are_known_and_stand_there_once(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        first = page.period.first
        await window.shop.database.write(calendar.add_mark, "holiday", "Día de Muertos", str(first))
        page.tab.holidays = {first: "Día de Muertos", first + DAY: "Fieles Difuntos", page.period.last + DAY: "Mañana"}
        page.read()
        await window.settle()
        titles = [note.title for note in page.view.summary.notes]
        assert titles.count("Día de Muertos") == 1
        assert "Fieles Difuntos" in titles
        assert "Mañana" not in titles


def test_notes_are_spans_of_charts() -> None:
    day = date(2026, 11, 2)
    (span,) = spans_of([Note(day, day, "Marea", "rose")])
    assert (span.first, span.title, span.hue) == (day, "Marea", "rose")


async def test_holidays_are_read_once_the_figures_stand(qapp: QApplication, opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        asked: list[list[int]] = []

        def holidays(years: Sequence[int], _language: str) -> dict[date, str]:
            asked.append(list(years))
            return {page.period.last: "Día de la Revolución"}

        monkeypatch.setattr(window.shop.services.planning, "holidays", holidays)
        page.shelf.holidays._years = frozenset({1999})
        page.read()
        await window.settle()
        page.shelf.holidays._rest.timeout.emit()
        await window.settle()
        assert [note.title for note in page.view.summary.notes] == ["Día de la Revolución"]
        page.read()
        await window.settle()
        assert asked == [[2026]]


async def test_a_window_that_becomes_narrow_has_a_narrow_summary(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        cards = page.view.kpis.values()
        for card in cards:
            card.setMinimumWidth(190)  # beside each other they have no room in a narrow window, whatever the face
        window.shell.window.resize(1440, 900)
        await window.settle()
        wide = page.view.minimumSizeHint().width()
        assert len({card.y() for card in cards}) == 1
        window.shell.window.resize(1024, 640)
        await window.settle()
        assert page.view.width() <= page.shelf.width() < wide
        assert len({card.y() for card in cards}) == 2
