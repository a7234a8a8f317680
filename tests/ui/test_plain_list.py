"""A short list of painted rows: as high as its rows, said row by row, and the choice stays where it was."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.plain_list import PlainList


class Face:
    """Of a page's face, what a list needs."""

    def __init__(self, look: Look) -> None:
        self.look = look

    @property
    def theme(self) -> Any:
        return self.look.theme


def test_it_is_as_high_as_its_rows_and_keeps_its_choice(qapp: QApplication, look: Look) -> None:
    painted: list[str] = []

    def paint(_painter: QPainter, _rect: QRectF, row: str, _ground: str) -> None:
        painted.append(row)

    face: Any = Face(look)
    rows: PlainList[str] = PlainList(face, "Posts", "row.table", lambda row: f"post {row}", paint)
    rows.show_rows(["a", "b", "c"])
    high = rows.height()
    rows.choose(2)
    rows.show_rows(["d", "e", "f"])
    assert rows.current == "f"
    assert rows.height() == high
    rows.show_rows(["d"])
    assert rows.current == "d"
    assert rows.height() * 3 == high
    rows.grab()
    assert painted[-1] == "d"
    assert rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "post d"
    rows.show_rows([])
    assert rows.current is None
