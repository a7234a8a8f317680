"""The line below a customer's name: the handle is whole before what is due has its words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.case import Target
from app.ui.inbox.handle_line import HandleLine
from app.ui.look import Look
from tests.fakes.clock import FakeClock

MINUTE = timedelta(minutes=1)
HANDLE = "@gregstanhope"


@pytest.fixture
def line(look: Look, clock: FakeClock, qtbot: QtBot) -> HandleLine:
    line = HandleLine(look, clock.now)
    qtbot.addWidget(line)
    line.glyph.show_network("x")
    line.handle.setText(HANDLE)
    line.due.show_due(Target.NEXT, clock.now() - 90 * MINUTE)
    line.resize(600, 20)
    line.show()
    QApplication.processEvents()
    return line


def handle_is_whole(line: HandleLine) -> bool:
    return line.handle.width() >= line.handle.fontMetrics().horizontalAdvance(HANDLE)


def test_where_there_is_room_all_of_it_is_said(line: HandleLine) -> None:
    assert handle_is_whole(line)
    assert line.due.width() == line.due.whole_width()


def test_where_it_is_narrow_the_time_stays_and_the_handle_is_whole(line: HandleLine) -> None:
    wide = line.due.width()
    line.resize(line.due.whole_width() + line.handle.sizeHint().width(), 20)
    QApplication.processEvents()
    assert handle_is_whole(line)
    assert line.due.width() < wide
    assert line.due.toolTip() == line.due.said == "Next answer: 1 h late"


def test_a_shorter_handle_gives_the_words_back(line: HandleLine, qtbot: QtBot) -> None:
    line.resize(line.due.whole_width() + line.handle.sizeHint().width(), 20)
    QApplication.processEvents()
    assert line.due.width() < line.due.whole_width()
    line.handle.setText("@g")
    qtbot.waitUntil(lambda: line.due.width() == line.due.whole_width(), timeout=30_000)


def test_what_is_not_due_takes_nothing(line: HandleLine) -> None:
    line.due.show_due(None, None)
    QApplication.processEvents()
    assert (line.due.isHidden(), line.due.whole_width()) == (True, 0)
    assert handle_is_whole(line)


def test_a_handle_of_which_nothing_but_dots_would_be_left_gives_way(line: HandleLine, qtbot: QtBot) -> None:
    line.setMinimumWidth(1)  # what lies in a header is as narrow as that is
    line.due.be_brief(True)
    line.resize(line.due.sizeHint().width() + 45, 20)
    qtbot.waitUntil(lambda: line.handle.isHidden() and line.due.isVisible(), timeout=30_000)
    line.resize(600, 20)
    qtbot.waitUntil(lambda: line.handle.isVisible() and handle_is_whole(line), timeout=30_000)
