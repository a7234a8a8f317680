"""A picture as a tile: its name, its mark, and its keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.widgets.picture_tile import PictureTile


def red() -> QPixmap:
    pixmap = QPixmap(40, 20)
    pixmap.fill(Qt.GlobalColor.red)
    return pixmap


def painted(tile: PictureTile) -> QImage:
    tile.resize(tile.sizeHint())
    return tile.grab().toImage()


def asked_of(tile: PictureTile) -> list[Any]:
    asked: list[Any] = []
    tile.clicked.connect(lambda: asked.append("choose"))
    tile.stepped.connect(lambda step: asked.append(("step", step)))
    tile.moved.connect(lambda step: asked.append(("move", step)))
    tile.removed.connect(lambda: asked.append("remove"))
    return asked


def test_it_says_what_it_shows(qapp: QApplication, look: Look) -> None:
    tile = PictureTile(look, 72, red())
    tile.show_described(2, "Un disco azul", chosen=True)
    assert tile.accessibleName() == "Picture 2: Un disco azul"
    assert tile.isChecked()
    tile.show_described(2, "  ", chosen=False)
    assert tile.accessibleName() == "Picture 2, no alt text"


def test_a_mark_tells_whether_it_is_described_where_there_is_room(qapp: QApplication, look: Look) -> None:
    for side, differs in ((72, True), (40, False)):
        tile = PictureTile(look, side, red())
        tile.show_described(1, "", chosen=False)
        bare = painted(tile)
        tile.show_described(1, "Un disco", chosen=False)
        assert (painted(tile) != bare) is differs


def test_keys_choose_move_and_remove(qapp: QApplication, look: Look) -> None:
    tile = PictureTile(look, 72, red())
    asked = asked_of(tile)
    QTest.keyClick(tile, Qt.Key.Key_Right)
    QTest.keyClick(tile, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert asked == [("step", 1), "choose", ("move", -1), "choose", "remove"]


def test_without_an_order_there_is_only_removing(qapp: QApplication, look: Look) -> None:
    tile = PictureTile(look, 40, red(), arranged=False)
    asked = asked_of(tile)
    QTest.keyClick(tile, Qt.Key.Key_Right)
    QTest.keyClick(tile, Qt.Key.Key_Backspace)
    assert asked == ["choose", "remove"]
