"""Days of one's own: typed, shown beside others, and refused where they are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.insight import Period
from app.models.periods import Comparison
from app.ui.insights.period_sheet import KINDS, PeriodSheet
from tests.ui.calendar.hands import press, type_key
from tests.ui.insights.conftest import measured
from tests.ui.shop import texts

Opens = Callable[..., Any]
DAY = timedelta(days=1)


def sheet_of(window: Any) -> PeriodSheet:
    (sheet,) = [each for each in window.shell.window.findChildren(PeriodSheet) if each.isVisible()]
    return sheet


async def test_days_of_ones_own_are_shown_beside_chosen_ones(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        yesterday = page.choosing.today - DAY
        page.first_focus().setFocus()
        press(Qt.Key.Key_P, held=Qt.KeyboardModifier.ShiftModifier)
        sheet = sheet_of(window)
        assert sheet.choice is not None
        sheet.first.line.setText((yesterday - 9 * DAY).isoformat())
        sheet.last.line.setText(yesterday.isoformat())
        sheet.kind.choose(KINDS.index(Comparison.CHOSEN))
        sheet.kind.chosen.emit(2)
        sheet.compared.line.setText((yesterday - 29 * DAY).isoformat())
        assert "10 days" in sheet.told.text()
        sheet.first.line.setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        assert page.period == Period(yesterday - 9 * DAY, yesterday)
        assert page.compared == Period(yesterday - 29 * DAY, yesterday - 20 * DAY)
        assert page.view.summary.compares
        followers = next(iter(page.view.kpis.values()))
        assert followers.before.text().endswith(" then")
        type_key("t")
        assert page.period.days == 28


async def test_what_is_no_period_is_said_beside_its_field(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = window.page
        before = page.period
        window.shell.actions.run("insights.own_days")
        sheet = sheet_of(window)
        for first, last, said in (
            (page.choosing.today - 3 * DAY, page.choosing.today - 9 * DAY, "The last day lies before the first."),
            (page.choosing.today - 3 * DAY, page.choosing.today + DAY, "The last full day is"),
            (page.choosing.today - 800 * DAY, page.choosing.today - DAY, "At most 366 days."),
        ):
            sheet.first.line.setText(first.isoformat())
            sheet.last.line.setText(last.isoformat())
            sheet.keep()
            assert said in " ".join(texts(sheet))
        sheet.first.line.setText("¿?")
        sheet.keep()
        assert sheet.isVisible()
        assert page.period == before


async def test_the_same_days_last_year_are_one_command_away(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.shell.actions.run("insights.beside_last_year")
        await window.settle()
        page = window.page
        assert page.compared.first.year == page.period.first.year - 1
        assert "Nothing was measured from" in page.strip.label.text()
        assert not next(iter(page.view.kpis.values())).delta.isVisible()
        assert "beside" in page.header.period.text()


async def test_tabs_turn_by_keys_and_are_remembered(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        page = window.page
        page.first_focus().setFocus()
        press(Qt.Key.Key_Tab, held=Qt.KeyboardModifier.ControlModifier)
        assert page.shelf.place == 1
        assert page.resumable()["tab"] == "posts"
        press(Qt.Key.Key_Tab, held=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert page.shelf.place == 0
        kept = {**page.resumable(), "tab": "posts", "posts_by": "likes", "posts_descending": "false"}
        page.resume(kept)
        assert page.shelf.place == 1
        assert (page.tab.by, page.tab.descending) == ("likes", False)
