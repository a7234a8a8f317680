"""The Calendar page over a shop of stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.calendar.page import CalendarPage
from app.ui.look import Look
from app.ui.page import PageEntry
from tests.fakes.clock import FakeClock
from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.shop import Shop, close_shop, open_shop, show_page

ENTRY = PageEntry("calendar", "calendar-blank", "page.calendar", CalendarPage)


@pytest.fixture(autouse=True)
def told_time(look: Look, clock: FakeClock) -> None:
    """Words know which day it is."""
    look.words.clock = clock


@pytest.fixture
def open_page(
    qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path
) -> Generator[Callable[..., tuple[Shop, FakeCalendar]], None, None]:
    """Opens the calendar, as wide as asked."""
    opened: list[Shop] = []

    def opens(fake: FakeCalendar | None = None, *, width: int = 1440) -> tuple[Shop, FakeCalendar]:
        shop = open_shop(qapp, look, clock, tmp_path, [ENTRY])
        made = fake or FakeCalendar()
        made.lend(shop)
        show_page(shop, qapp, "calendar", width)
        opened.append(shop)
        return shop, made

    yield opens
    for shop in opened:
        close_shop(shop, qapp)
