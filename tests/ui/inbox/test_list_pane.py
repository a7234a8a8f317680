"""Rows that are being read leave their places empty for a moment; shapes stand there where that takes longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.sources import FoundSource
from app.ui.windowed_model import PAGE, WindowedModel
from tests.fakes.clock import FakeClock
from tests.ui.inbox import shop
from tests.ui.inbox.fake_services import FakeQueries, FakeServices
from tests.ui.inbox.window import make_look


def test_shapes_stand_for_rows_that_take_long(qtbot: QtBot, qapp: QApplication, services: FakeServices, page_clock: FakeClock) -> None:
    answers: list[Callable[[], None]] = []

    def fetch(query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> Callable[[], None]:
        answers.append(lambda: deliver(query(FakeQueries(services))))
        return answers.clear

    number = min(services.rows)
    source = FoundSource("find:a", [number] * (PAGE + 20), lambda row: row.author)
    model: WindowedModel = WindowedModel(source, fetch)  # type: ignore[type-arg]
    model.show(source, PAGE + 20, [services.rows[number]] * PAGE)
    pane = ListPane(make_look(page_clock), model, lambda: shop.NOW)
    qtbot.addWidget(pane)
    pane.resize(360, 700)
    pane.show()

    def seen() -> QImage:
        return pane.rows.viewport().grab().toImage()

    pane.rows.scrollTo(model.index(PAGE + 19, 0))
    empty = seen()
    assert len({empty.pixel(x, y) for x in range(0, 300, 7) for y in range(0, 600, 7)}) == 1
    qtbot.waitUntil(lambda: seen() != empty, timeout=3000)
    shapes = seen()
    answers[0]()
    assert seen() not in (empty, shapes)
