"""The sheet that brings in figures of the past: what stands in the file, which account they are of, and what came in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.orders.figure_sheet import open_figures
from tests.fakes.clock import FakeClock
from tests.store.making import rows
from tests.ui.campaign_window import Window, opener
from tests.ui.shop import nameless

Opens = Callable[..., Any]


@pytest.fixture
def opens(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Opens:
    return opener(qapp, look, clock, tmp_path)


async def sheet_of(window: Window, folder: Path, text: str) -> Any:
    path = folder / "cifras.csv"
    path.write_text(text, "utf-8")
    open_figures(window.page._face, window.shell.window, path)
    await window.settle()
    return window.sheet


def said(label: Any) -> str:
    text: str = label.text()
    return text.replace("\u2068", "").replace("\u2069", "")


async def test_figures_come_in_for_the_chosen_account(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        sheet = await sheet_of(window, tmp_path, "Date,Followers,Colour\n2026-10-01,10\n2026-10-02,12\n2026-10-03,x\n")
        assert nameless(sheet) == []
        assert said(sheet.said) == "2 days in cifras.csv: 1–2 October 2026"
        assert said(sheet.columns) == "Read: Followers (followers)"
        assert sheet.days.isHidden()
        sheet.start()
        await window.settle()
        assert "2 days came in." in sheet.result.text()
        assert "not a whole number" in sheet.wrong.text()
        assert rows(window.shop.database, "SELECT value FROM sample WHERE metric = 'followers' ORDER BY at") == [
            (10,),
            (12,),
        ]
        sheet.start()
        assert window.sheet is None


async def test_days_that_can_be_read_in_two_ways_are_asked_about_first(
    qapp: QApplication, opens: Opens, tmp_path: Path
) -> None:
    async with opens("insights") as window:
        sheet = await sheet_of(window, tmp_path, "Date,Followers\n03/04/2026,10\n")
        assert sheet.days.isVisible()
        sheet.start()
        await window.settle()
        assert sheet.trouble.isVisible()
        assert rows(window.shop.database, "SELECT * FROM sample WHERE metric = 'followers'") == []
        sheet.days.choose("dmy")
        sheet.start()
        await window.settle()
        assert "1 day came in." in sheet.result.text()


async def test_a_file_without_figures_is_said(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        assert await sheet_of(window, tmp_path, "Name\nAurora\n") is None
        assert any("The file needs a column with the day" in each for each in window.said())
