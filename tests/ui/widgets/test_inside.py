"""What lies in a widget: in its order, and without a trace of who asked."""

from __future__ import annotations

import gc
import subprocess
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers, isValid

from app.ui.widgets.focus_order import stops_in
from app.ui.widgets.inside import nest, nest_at, parts_in, standing_in

FIELDS_COME_AND_GO = """
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from app.ui.widgets.focus_order import stops_in
from app.ui.widgets.inside import nest

application = QApplication([])
window = QWidget()
column = QVBoxLayout(window)
window.show()
for _ in range(30):
    fields = [QLineEdit() for _ in range(40)]
    for field in fields[:20]:
        column.addWidget(field)
    row = QHBoxLayout()
    for field in fields[20:]:
        row.addWidget(field)
    nest(column, row)
    QApplication.processEvents()
    assert len(stops_in(window)) == 40
    for field in fields:
        field.deleteLater()
    del fields, field, row
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    area, content = QScrollArea(), QWidget()
    rows = QVBoxLayout(content)
    for _ in range(40):
        row = QHBoxLayout()
        row.addWidget(QLineEdit())
        rows.addLayout(row)
    del row
    area.setWidget(content)
    del content, rows
    area.setWidget(QWidget())
print("lived")
"""


def label(name: str) -> QLabel:
    made = QLabel(name)
    made.setObjectName(name)
    return made


def test_what_stands_in_it_comes_in_the_order_of_rows_within_columns(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    stray = label("stray")
    stray.setParent(root)
    below, right, left, corner = label("below"), label("right"), label("left"), label("corner")
    column, row, grid = QVBoxLayout(root), QHBoxLayout(), QGridLayout()
    row.addWidget(right)
    row.insertWidget(0, left)
    grid.addWidget(corner, 0, 0)
    column.addWidget(below)
    nest_at(column, 0, row)
    nest(column, grid)
    assert [each.objectName() for each in standing_in(root)] == ["left", "right", "below", "corner", "stray"]


def test_panes_stand_as_they_were_put(qtbot: QtBot) -> None:
    splitter = QSplitter()
    qtbot.addWidget(splitter)
    splitter.addWidget(label("right"))
    splitter.insertWidget(0, label("left"))
    assert [each.objectName() for each in standing_in(splitter) if isinstance(each, QLabel)] == ["left", "right"]


def test_all_parts_come_each_before_what_lies_in_it(qtbot: QtBot) -> None:
    root, box = QWidget(), QWidget()
    qtbot.addWidget(root)
    box.setObjectName("box")
    box.setParent(root)
    label("inner").setParent(box)
    label("last").setParent(root)
    assert [each.objectName() for each in parts_in(root)] == ["box", "inner", "last"]


def items() -> int:
    """Items of layouts that Python has a half of and that are no layouts themselves."""
    return sum(isinstance(each, QLayoutItem) and not isinstance(each, QObject) for each in getAllValidWrappers())


def test_a_row_that_is_full_already_is_put_into_a_column_without_a_half_of_what_stands_in_it(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    before = items()
    column, outer, inner, grid = QVBoxLayout(root), QVBoxLayout(), QHBoxLayout(), QGridLayout()
    inner.addWidget(label("first"))
    inner.addStretch(1)
    inner.addWidget(label("second"))
    nest(outer, inner, 1)
    grid.addWidget(label("cell"), 0, 0)
    nest(column, outer)
    nest_at(column, 0, grid, 2)
    assert items() == before
    assert (outer.count(), inner.count(), outer.stretch(0), column.stretch(0)) == (1, 3, 1, 2)
    assert [each.objectName() for each in standing_in(root)] == ["cell", "first", "second"]


def gone() -> int:
    """Qt's objects that Python still holds after they have gone."""
    gc.collect()
    return sum(issubclass(type(each), QObject) and not isValid(each) for each in gc.get_objects())


def test_a_window_that_was_asked_holds_nothing_of_what_has_gone(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    root.show()
    before = gone()
    for _ in range(3):
        area, field = QScrollArea(), QLineEdit()
        field.setClearButtonEnabled(True)
        column.addWidget(area)
        column.addWidget(field)
        QCoreApplication.processEvents()
        assert field in list(parts_in(root))
        assert field in stops_in(root)
        area.deleteLater()
        field.deleteLater()
        del area, field
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone() == before


def test_fields_may_come_and_go_after_tab_went_through_them() -> None:
    """In a process of its own, which would go down."""
    done = subprocess.run([sys.executable, "-c", FIELDS_COME_AND_GO], capture_output=True, text=True, check=False)
    assert done.stdout == "lived\n", done.stderr
