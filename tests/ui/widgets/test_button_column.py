"""A column of buttons is one stop of the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.widgets.button_column import ButtonColumn, ColumnRow


class Row(ColumnRow):
    def __init__(self, look: Look, text: str) -> None:
        super().__init__(look)
        self.setText(text)
        self.setFixedHeight(40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paint_ground(QPainter(self), lit=False)


@pytest.fixture
def column(look: Look, qapp: QApplication) -> ButtonColumn:
    made = ButtonColumn(look, "Rows")
    made.resize(200, 100)
    made.show_buttons([Row(look, text) for text in "abcd"])
    made.show()
    made.activateWindow()
    qapp.processEvents()
    return made


def stops(column: ButtonColumn) -> list[str]:
    return [button.text() for button in column.buttons if button.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_tab_goes_to_one_and_arrows_to_the_others(column: ButtonColumn):
    assert stops(column) == ["a"]
    column.buttons[0].setFocus()
    for key, text in (
        (Qt.Key.Key_Down, "b"),
        (Qt.Key.Key_End, "d"),
        (Qt.Key.Key_Down, "d"),
        (Qt.Key.Key_Up, "c"),
        (Qt.Key.Key_Home, "a"),
    ):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert stops(column) == [text]
        assert QApplication.focusWidget().text() == text  # type: ignore[attr-defined]


def test_what_is_chosen_by_key_is_in_sight(column: ButtonColumn):
    column.buttons[0].setFocus()
    QTest.keyClick(column.buttons[0], Qt.Key.Key_End)
    assert column.verticalScrollBar().value() > 0


def test_enter_presses(column: ButtonColumn):
    pressed: list[str] = []
    column.buttons[1].clicked.connect(lambda: pressed.append("b"))
    QTest.keyClick(column.buttons[1], Qt.Key.Key_Return)
    QTest.keyClick(column.buttons[1], Qt.Key.Key_Space)
    assert pressed == ["b", "b"]


def test_other_buttons_leave_the_keyboard_where_it_was(column: ButtonColumn, look: Look):
    column.buttons[2].setFocus()
    column.show_buttons([Row(look, "x"), Row(look, "y")], lambda button: button.text() == "y")
    assert QApplication.focusWidget() is column.buttons[1]
    column.show_buttons([])
    assert column.buttons == []
