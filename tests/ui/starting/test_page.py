"""The page before there is anything to show."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.runtime.words import Message
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.starting.page import StartingPage
from app.ui.widgets.button import Button
from tests.fakes.clock import FakeClock
from tests.ui.shop import Shop, close_shop, open_shop, texts

ENTRY = PageEntry("starting", "coffee", "page.starting", StartingPage, in_rail=False, framed=False)


@pytest.fixture
def shop(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    look.words.clock = clock
    shop = open_shop(qapp, look, clock, tmp_path, [ENTRY])
    shop.shell.open("starting")
    yield shop
    close_shop(shop, qapp)


def test_it_says_what_is_going_on(shop: Shop) -> None:
    assert "Preparing your desk" in texts(shop.page)


def test_it_offers_what_it_is_told_and_does_what_is_chosen(shop: Shop) -> None:
    chosen: list[str] = []
    shop.page.opened(
        message=Message("starting.cannot_open"),
        detail=Message("error.damaged"),
        icon="warning-circle",
        choices=((Message("starting.open_folder"), lambda: chosen.append("folder")), (Message("starting.quit"), lambda: chosen.append("quit"))),
    )
    QApplication.processEvents()
    assert "Your data cannot be opened" in texts(shop.page)
    assert "Preparing your desk" not in texts(shop.page)
    first, second = shop.page.findChildren(Button)[-2:]
    assert (first.text(), second.text()) == ("Open the folder", "Quit")
    second.click()
    assert chosen == ["quit"]
