"""Sheets from the calendar's days and from everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.models.campaign import LaunchPlan
from app.ui.calendar.desk import Slot
from tests.ui.campaign_window import DAY, TODAY, write

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


async def test_the_calendars_day_offers_launches_and_campaigns(qapp: QApplication, opens: Opens) -> None:
    async with opens("calendar") as window:
        await window.campaign()
        await window.shop.services.launches.save(LaunchPlan("Marea", FRIDAY, 600))
        await window.settle()
        page = window.page
        page.desk.choose(None, Slot(FRIDAY, 600))
        menu = QMenu()
        page.day_plans.fill(menu)
        offers = [
            action.text().replace("\u2068", "").replace("\u2069", "")
            for action in menu.actions()
            if not action.isSeparator()
        ]
        assert offers == [
            "Launch on Fri 20 Nov…",
            "Campaign from Fri 20 Nov…",
            "Deadline on Fri 20 Nov…",
            "Move Marea…",
            "Change Marea…",
            "Open Buen Fin",
            "Move Buen Fin…",
        ]
        menu.actions()[1].trigger()
        assert window.sheet.day.day == FRIDAY
        write(window.sheet.product, "Casete")
        window.sheet.keep()
        await window.settle()
        assert any(mark.title == "Casete" for mark in page.desk.shown.span.marks)
        page._face.actions.run("campaigns.new")
        assert window.sheet.first.day == FRIDAY
        window.sheet.close_now()
        page._face.actions.run("launches.new")
        assert window.sheet.day.day == FRIDAY
        window.sheet.close_now()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_a_days_head_has_the_menu_too(qapp: QApplication, opens: Opens) -> None:
    async with opens("calendar") as window:
        page = window.page
        head = page.grid._head
        where = QPoint(round(page.grid.column * 4.5), 10)
        qapp.sendEvent(head, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, head.mapToGlobal(where)))
        menu = [each for each in page.findChildren(QMenu) if each.isVisible()][-1]
        assert any("Launch on Fri 20 Nov" in action.text() for action in menu.actions())
        menu.close()


async def test_from_elsewhere_the_commands_lead_to_the_page(qapp: QApplication, opens: Opens) -> None:
    async with opens("today") as window:
        window.shell.actions.run("launches.new")
        await window.settle()
        assert window.sheet.day.day is None
        window.sheet.close_now()
        window.shell.actions.run("go.campaigns")
        assert window.page.first_focus() is window.page.list.new
