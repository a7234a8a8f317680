"""Keys and the mouse before the calendar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.calendar.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton


def press(key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    if text:
        QTest.keyClicks(focus, text)
    else:
        QTest.keyClick(focus, key, held)


def type_key(text: str) -> None:
    press(Qt.Key.Key_unknown, text)


def ids(page: Any) -> list[int]:
    return [placed.post.id for placed in page.grid.placed]


def drag(
    grid: Canvas, begins: QPoint, ends: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    view = grid.viewport()
    QTest.mousePress(view, LEFT, held, begins)
    for step in (1, 2, 3):
        QTest.mouseMove(view, begins + (ends - begins) * step / 3)
    QTest.mouseRelease(view, LEFT, held, ends)


def chip_point(page: Any, number: int) -> QPoint:
    grid = page.grid
    grid.scroll_to(grid.chip_of(number).rect)
    found: QPoint = grid.chip_of(number).rect.topLeft() + QPoint(20, 8) - grid.offset()
    return found
