"""Tab goes the way of the eye, whatever was made when."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.widgets.focus_order import Round, go_round, move_focus, stops_in


def line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    return made


def names(root: QWidget) -> list[str]:
    return [stop.objectName() for stop in stops_in(root)]


@pytest.fixture
def root(qtbot: QtBot) -> Round:
    """Two lines, and below them what scrolls; its lines were made first."""
    scrolled, late, first, second = QScrollArea(), line("below"), line("first"), line("second")
    scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    QVBoxLayout(inner).addWidget(late)
    scrolled.setWidget(inner)
    made = Round()
    column, row = QVBoxLayout(made), QHBoxLayout()
    row.addWidget(first)
    row.addWidget(second)
    column.addLayout(row)
    column.addWidget(scrolled)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def test_what_was_made_later_stands_where_it_stands(root: Round) -> None:
    assert names(root) == ["first", "second", "below"]
    row = root.findChild(QHBoxLayout)
    assert row is not None
    row.insertWidget(1, line("between"))
    QApplication.processEvents()
    assert names(root) == ["first", "between", "second", "below"]


def test_tab_goes_round_both_ways(root: Round) -> None:
    stops = stops_in(root)
    stops[0].setFocus()
    for expected in (*stops[1:], stops[0]):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)  # type: ignore[arg-type]
        assert QApplication.focusWidget() is expected
    QTest.keyClick(stops[0], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is stops[-1]


def test_what_takes_no_keyboard_is_no_stop(root: Round) -> None:
    first, second, below = stops_in(root)
    first.setEnabled(False)
    second.hide()
    assert stops_in(root) == [below]
    below.setEnabled(False)
    assert not go_round(root, forward=True)


def test_panes_go_from_left_to_right_and_what_is_in_no_layout_comes_last(qtbot: QtBot) -> None:
    splitter, right, left = QSplitter(), line("right"), line("left")
    splitter.addWidget(right)
    splitter.insertWidget(0, left)
    made = QWidget()
    grid = QGridLayout(made)
    stray = line("stray")
    stray.setParent(made)
    number = QSpinBox()
    number.setObjectName("number")
    grid.addWidget(splitter, 0, 0)
    grid.addWidget(number, 1, 0)
    qtbot.addWidget(made)
    made.show()
    assert names(made) == ["left", "right", "number", "stray"]


def test_at_its_end_the_keyboard_leaves_a_part(root: Round) -> None:
    stops = stops_in(root)
    area = root.findChild(QScrollArea)
    assert area is not None
    inner = area.widget()
    assert inner is not None
    stops[2].setFocus()
    assert move_focus(inner, forward=True)
    assert QApplication.focusWidget() in stops[:2]


def test_a_stop_within_a_stop_is_left_again(root: Round) -> None:
    first, second, below = stops_in(root)
    inner = line("inner")
    first.setLayout(QHBoxLayout())
    first.layout().addWidget(inner)  # type: ignore[union-attr]
    QApplication.processEvents()
    assert stops_in(root) == [first, inner, second, below]
    inner.setFocus()
    assert go_round(root, forward=True)
    assert QApplication.focusWidget() is second


def test_what_is_hidden_gives_the_keyboard_on(root: Round) -> None:
    class Part(QWidget):
        def focusNextPrevChild(self, forward: bool) -> bool:
            return move_focus(self, forward)

    part, inner = Part(), line("inner")
    QVBoxLayout(part).addWidget(inner)
    root.findChild(QHBoxLayout).insertWidget(1, part)  # type: ignore[union-attr]
    QApplication.processEvents()
    _first, _inner, second, _below = stops_in(root)
    inner.setFocus()
    part.hide()
    assert QApplication.focusWidget() is second
