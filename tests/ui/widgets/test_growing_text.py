"""A field for several lines is as high as its text, says what is typed and keeps quiet about what is shown."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.growing_text import GrowingText


@pytest.fixture
def field(look: Look, qtbot: QtBot) -> GrowingText:
    field = GrowingText(look, 2)
    qtbot.addWidget(field)
    field.resize(300, 10)
    field.show()
    return field


def lines(field: GrowingText) -> int:
    return round(field.height() / QFontMetricsF(field.font()).lineSpacing())


def test_it_grows_and_shrinks_with_its_text(field: GrowingText) -> None:
    assert lines(field) == 2
    field.show_text("a\nb\nc\nd\ne")
    assert lines(field) == 5
    field.show_text("a")
    assert lines(field) == 2


def test_it_keeps_room_for_more_where_that_is_asked(field: GrowingText) -> None:
    field.keep_lines(6)
    assert lines(field) == 6


def test_what_is_typed_is_said_and_what_is_shown_is_not(field: GrowingText) -> None:
    heard: list[str] = []
    field.edited.connect(heard.append)
    field.show_text("Hola")
    assert heard == []
    QTest.keyClicks(field, "!")
    assert heard == ["!Hola"]


def test_the_same_text_again_leaves_the_cursor_where_it_is(field: GrowingText) -> None:
    field.show_text("Hola")
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    field.show_text("Hola")
    assert field.textCursor().position() == 3
