"""A sheet stays open while something is missing, and says what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from app.ui.plans.campaign_sheet import whole_number
from tests.ui.campaign_window import DAY, TODAY, write
from tests.ui.shop import texts

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


async def test_what_is_missing_is_said_and_the_sheet_stays(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        window.page.perform("new")
        sheet = window.sheet
        sheet.keep()
        assert "Give the campaign a name." in texts(sheet)
        write(sheet.name, "Buen Fin")
        write(sheet.first, "cualquier día")
        sheet.keep()
        assert any("Write a day" in each for each in texts(sheet))
        write(sheet.first, "fri")
        write(sheet.figures["replies"], "muchas")
        sheet.keep()
        await window.settle()
        assert "Write a whole number." in texts(sheet)
        assert window.sheet is sheet
        assert [whole_number(text) for text in ("", "4 000", "4.000", "x", "-1")] == [0, 4000, 4000, None, None]
