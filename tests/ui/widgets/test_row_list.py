"""A list knows J and K on every layout, keeps letters for commands, and paints the states of a row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.row_list import RowList, paint_row_ground
from tests.ui.pictures import has, painted
from tests.ui.test_key_names import NONE, SHIFT, pressed


@pytest.fixture
def rows(look: Look, qtbot: QtBot) -> RowList:
    view = RowList(look, "Messages")
    qtbot.addWidget(view)
    model = QStandardItemModel(view)
    for number in range(100):
        item = QStandardItem(f"row {number}")
        item.setEditable(False)
        model.appendRow(item)
    view.setModel(model)
    view.resize(300, 500)
    view.show()
    view.choose(0)
    return view


@pytest.mark.parametrize(("text", "place", "row"), [("j", "J", 51), ("k", "K", 49), ("о", "J", 51), ("л", "K", 49)])
def test_j_and_k_move_on_every_layout(rows: RowList, text: str, place: str, row: int) -> None:
    rows.choose(50)
    QCoreApplication.sendEvent(rows, pressed(text, place))
    assert rows.current_row == row


def test_home_end_and_pages(rows: RowList) -> None:
    for key, row in ((Qt.Key.Key_End, 99), (Qt.Key.Key_Home, 0), (Qt.Key.Key_PageDown, 4), (Qt.Key.Key_PageUp, 0), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Down, 1)):
        QTest.keyClick(rows, key)
        assert rows.current_row == row


def test_the_choice_is_said(rows: RowList) -> None:
    heard: list[int] = []
    rows.current_changed.connect(heard.append)
    rows.move_by(1)
    rows.choose(-1)
    assert heard == [1, -1]
    assert rows.current_row == -1


def test_return_activates_and_shift_extends(rows: RowList) -> None:
    activated, extended = [], []
    rows.activated_row.connect(activated.append)
    rows.ticks_extended.connect(lambda first, last: extended.append((first, last)))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QCoreApplication.sendEvent(rows, pressed("J", "J", SHIFT))
    assert (activated, extended) == ([0], [(0, 1)])


def test_letters_are_left_to_commands(rows: RowList) -> None:
    event = pressed("r", "R", NONE)
    QCoreApplication.sendEvent(rows, event)
    assert not event.isAccepted()
    rows.keyboardSearch("row 50")
    assert rows.current_row == 0


def test_a_context_menu_is_asked_for_a_row(rows: RowList) -> None:
    asked: list[int] = []
    rows.menu_asked.connect(lambda row, _at: asked.append(row))
    reason = QContextMenuEvent.Reason
    rows.contextMenuEvent(QContextMenuEvent(reason.Mouse, QPoint(5, 200), QPoint(5, 200)))
    rows.contextMenuEvent(QContextMenuEvent(reason.Keyboard, QPoint(), QPoint()))
    assert asked == [2, 2]
    assert rows.current_row == 2


def test_rows_follow_zoom_and_density(rows: RowList, look: Look) -> None:
    assert rows.rowHeight(0) == 92
    look.theme.choose(zoom=150)
    assert rows.rowHeight(0) == 138
    rows.set_row_size("row.messageCompact")
    assert rows.rowHeight(0) == 96


@pytest.mark.parametrize(
    ("given", "ground", "bar"),
    [({"selected": True}, "surface.selected", "accent.fill"), ({"selected": True, "list_focused": False}, "surface.selectedInactive", "border.strong"),
     ({"selected": False, "hovered": True}, "surface.hover", ""), ({"selected": False}, "surface.base", ""),
     ({"selected": True, "ring": True}, "surface.selected", "focus.ring")],
)  # fmt: skip
def test_a_row_shows_its_state(look: Look, given: dict[str, bool], ground: str, bar: str) -> None:
    grounds: list[str] = []
    image = painted(lambda painter: grounds.append(paint_row_ground(painter, QRectF(0, 0, 400, 92), look, **given)))
    assert grounds == [ground]
    assert has(image, look.theme.color(ground))
    if bar:
        assert has(image, look.theme.color(bar))


def test_the_list_names_itself_and_takes_no_input_method(rows: RowList) -> None:
    assert rows.accessibleName() == "Messages"
    assert not rows.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
