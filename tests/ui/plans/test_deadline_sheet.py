"""A deadline from the calendar's day: written, changed, removed, and what is missing said beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.calendar.desk import Slot
from tests.ui.campaign_window import DAY, TODAY, Window, write
from tests.ui.shop import nameless

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


def marks(window: Window) -> list[tuple[str, str, object]]:
    return [(mark.kind, mark.title, mark.on_day) for mark in window.page.desk.shown.span.marks]


async def test_a_deadline_is_noted_changed_and_removed(qapp: QApplication, opens: Opens) -> None:
    async with opens("calendar") as window:
        window.page.desk.choose(None, Slot(FRIDAY, 600))
        window.shell.actions.run("deadlines.new")
        sheet = window.sheet
        assert sheet.day_field.day == FRIDAY
        assert nameless(sheet) == []
        sheet.keep()
        await window.settle()
        assert window.sheet is sheet
        assert "Say what has to be done" in sheet.title_field.line.accessibleDescription()
        write(sheet.title_field, "Cierra la lista")
        sheet.keep()
        await window.settle()
        assert window.sheet is None
        assert marks(window) == [("deadline", "Cierra la lista", FRIDAY)]
        (mark,) = window.page.desk.shown.span.marks
        window.page.day_plans.sheets.deadline(mark)
        window.sheet.remove_button.click()
        await window.settle()
        assert marks(window) == []
        await window.shop.services.undo.undo()
        await window.settle()
        assert marks(window) == [("deadline", "Cierra la lista", FRIDAY)]
