"""Taking the plan out: what is asked, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from app.models.plan import Plan, PlanPaper, PlanRequest
from app.ui.calendar.desk import Filters
from app.ui.calendar.export_sheet import ExportSheet, span_of
from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.calendar.hands import type_key
from tests.ui.shop import NOW, Shop

Opens = Callable[..., tuple[Shop, FakeCalendar]]


class FakeExport:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    async def export(self, path: Path, wanted: PlanRequest) -> tuple[Path, int]:
        self.asked.append(("export", path.name, wanted))
        return path, 5

    async def paper(self, wanted: PlanRequest, layout: Any, first_weekday: int, filtered: str = "") -> PlanPaper:
        self.asked.append(("paper", layout, first_weekday, filtered))
        return PlanPaper(
            Plan(wanted.first, wanted.last), "Discos Aurora", layout, {}, NOW, "MX", first_weekday, filtered
        )

    async def save(self, path: Path, content: bytes) -> None:
        self.asked.append(("save", path.name, content[:5]))


def opened(shop: Shop) -> ExportSheet:
    sheet = shop.shell.window.overlay()
    assert isinstance(sheet, ExportSheet)
    return sheet


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the sheet hands over, instead of the system's dialog."""
    from app.ui.calendar.export_sheet import Exporting

    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(Exporting, "_choose_file", lambda _self, *wanted: found.append(wanted))
    return found


def test_the_sheet_asks_as_what_and_which_days(open_page: Opens, asked: list[tuple[Any, ...]]) -> None:
    shop, _ = open_page()
    shop.shell.actions.run("calendar.export")
    sheet = opened(shop)
    assert (sheet.kind, sheet.layouts.isHidden(), sheet.narrowed.isHidden()) == ("ics", True, True)
    sheet.days.choose("month")
    sheet.take()
    kind, _, wanted, filtered = asked[0]
    assert (kind, filtered) == ("ics", "")
    assert (wanted.first, wanted.last, wanted.lets) == (date(2026, 11, 1), date(2026, 11, 30), None)


def test_printing_asks_for_the_layout(open_page: Opens, asked: list[tuple[Any, ...]]) -> None:
    shop, _ = open_page()
    type_key("m")
    shop.shell.actions.run("calendar.print")
    sheet = opened(shop)
    assert (sheet.kind, sheet.layouts.isHidden(), sheet.layouts.index) == ("pdf", False, 0)
    sheet.take()
    assert asked[0][1] == "month"


def test_filters_that_hold_are_named_and_may_be_left_out(open_page: Opens, asked: list[tuple[Any, ...]]) -> None:
    shop, fake = open_page()
    shop.page.desk.filter(Filters(pillars=frozenset({"offers"})))
    for kept in (True, False):
        shop.shell.actions.run("calendar.export")
        sheet = opened(shop)
        assert sheet.narrowed.text() == "Only Offers"
        sheet.narrowed.setChecked(kept)
        sheet.take()
    assert [asked[0][2].lets(each) for each in fake.planned] == [False, False, False, True, False]
    assert asked[1][2].lets is None


def test_each_span_has_its_days(open_page: Opens) -> None:
    shop, _ = open_page()
    desk = shop.page.desk
    assert span_of(desk, "shown") == (date(2026, 11, 16), date(2026, 11, 22))
    assert span_of(desk, "next_month") == (date(2026, 12, 1), date(2026, 12, 31))
    assert span_of(desk, "four_weeks") == (date(2026, 11, 18), date(2026, 12, 15))
    assert span_of(desk, "year") == (date(2026, 11, 18), date(2027, 11, 17))


def test_files_are_written_behind_the_window_and_said(open_page: Opens, tmp_path: Path) -> None:
    shop, _ = open_page()
    service = FakeExport()
    shop.services.plan_export = service
    wanted = PlanRequest(date(2026, 11, 16), date(2026, 11, 22))
    shop.page.exporting.write(tmp_path / "plan", "csv", "list", wanted)
    shop.page.exporting.write(tmp_path / "plan.pdf", "pdf", "month", wanted, "Only Offers")
    assert service.asked[0] == ("export", "plan.csv", wanted)
    assert service.asked[1] == ("paper", "month", 1, "Only Offers")
    assert service.asked[2] == ("save", "plan.pdf", b"%PDF-")
    assert "5 posts are in plan.csv." in shop.said()
    assert "0 posts are in plan.pdf." in shop.said()


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_right_click_on_a_free_place_offers_the_calendars_own_commands(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    page.desk.choose(None, None)
    page._show_menu(page.mapToGlobal(page.rect().center()))
    menu = page.findChildren(QMenu)[-1]
    titles = [action.text().replace("&", "") for action in menu.actions()]
    menu.close()
    assert any("Export the plan" in title for title in titles)
    assert any("Print the plan" in title for title in titles)
