"""The Settings page over a shop of stand-ins."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.settings.page import SettingsPage
from tests.fakes.clock import FakeClock
from tests.ui.shop import Shop, close_shop, open_shop, show_page

ENTRY = PageEntry("settings", "gear-six", "page.settings", SettingsPage, at_bottom=True)


@pytest.fixture(autouse=True)
def told_time(look: Look, clock: FakeClock) -> None:
    """Words know which day it is."""
    look.words.clock = clock


@pytest.fixture
def shop(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    """Settings in front, 1440 wide."""
    shop = open_shop(qapp, look, clock, tmp_path, [ENTRY])
    show_page(shop, qapp, "settings")
    yield shop
    close_shop(shop, qapp)
