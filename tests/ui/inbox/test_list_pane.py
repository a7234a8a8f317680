"""Rows that are being read leave their places empty for a moment; shapes stand there where that takes longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.inbox.list_pane import SKELETON_AFTER_MS, ListPane
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

    ids = range(1000, 1000 + PAGE + 20)
    services.rows.update({number: services.rows[min(services.rows)]._replace(id=number) for number in ids})
    source = FoundSource("find:a", list(ids), lambda row: row.author)
    model: WindowedModel = WindowedModel(source, fetch)  # type: ignore[type-arg]
    model.show(source, len(ids), [services.rows[number] for number in ids[:PAGE]])
    pane = ListPane(make_look(page_clock), model, lambda: shop.NOW)
    qtbot.addWidget(pane)
    pane.resize(360, 700)
    pane.show()
    patience = pane.rows._patience
    assert patience.interval() == SKELETON_AFTER_MS
    patience.setInterval(3_600_000)

    def seen() -> QImage:
        return pane.rows.viewport().grab().toImage()

    pane.rows.scrollTo(model.index(PAGE + 19, 0))
    empty = seen()
    assert len({empty.pixel(x, y) for x in range(0, 300, 7) for y in range(0, 600, 7)}) == 1
    assert patience.isActive()
    patience.timeout.emit()  # it is over
    shapes = seen()
    assert shapes != empty
    answers[0]()
    assert seen() not in (empty, shapes)
