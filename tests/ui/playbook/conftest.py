"""The Playbook page over a shop of stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.playbook.page import PlaybookPage
from tests.fakes.clock import FakeClock
from tests.ui.playbook.fakes import FakePlaybook, three_answers
from tests.ui.shop import Shop, close_shop, open_shop, show_page

ENTRY = PageEntry("playbook", "book-open", "page.playbook", PlaybookPage)


@pytest.fixture(autouse=True)
def told_time(look: Look, clock: FakeClock) -> None:
    """Words know which day it is."""
    look.words.clock = clock


@pytest.fixture
def open_page(
    qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path
) -> Generator[Callable[..., Shop], None, None]:
    """Opens the Playbook with these answers, as wide as asked."""
    opened: list[Shop] = []

    def opens(answers: Any = None, *, width: int = 1440, read_only: bool = False) -> Shop:
        shop = open_shop(qapp, look, clock, tmp_path, [ENTRY])
        fake = FakePlaybook(three_answers() if answers is None else answers, clock)
        fake.lend(shop)
        shop.services.data.read_only = read_only
        show_page(shop, qapp, "playbook", width)
        opened.append(shop)
        return shop

    yield opens
    for shop in opened:
        close_shop(shop, qapp)
