"""The Today page over a shop of stand-ins."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.today.page import TodayPage
from tests.fakes.clock import FakeClock
from tests.ui.shop import Shop, close_shop, open_shop, show_page


@pytest.fixture(autouse=True)
def told_time(look: Look, clock: FakeClock) -> None:
    """Words know which day it is."""
    look.words.clock = clock


@pytest.fixture
def shop(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    """Today in front, 1440 wide, made but not yet asked for anything else."""
    shop = open_shop(qapp, look, clock, tmp_path, [PageEntry("today", "sun-horizon", "page.today", TodayPage)])
    show_page(shop, qapp, "today")
    yield shop
    close_shop(shop, qapp)
