"""Columns of figures are never narrower than their words, whatever the face."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from app.ui.insights.campaign_cards import FigureTable, Line
from app.ui.insights.column_list import ColumnList, Figures
from app.ui.look import Look
from app.ui.widgets.text import text_width
from tests.ui.test_plain_list import Face

LONG = "A long title of a column"
ROW = ("Marea", "12", "3", "Artist, brand and label")


def titled(look: Look, title: str) -> float:
    return text_width(title, look.theme.font("captionStrong"))


def test_a_list_gives_each_column_room_for_its_title_and_for_what_stands_in_it(qapp: QApplication, look: Look) -> None:
    face: Any = Face(look)
    columns = [Figures(title, lambda row, place=place: row[place], 56 if place else 0) for place, title in enumerate(("Name", "n", LONG, "Kind"))]
    rows = ColumnList(face, "Interests", columns)
    rows.show_rows([ROW])
    rooms = [room.width() for room in rows.rooms(QRectF(0, 0, 900, 30))]
    assert rooms[1] == look.theme.px(56)
    assert rooms[2] >= titled(look, LONG)
    assert rooms[3] >= text_width(ROW[3], look.theme.font("small", tabular=True))
    assert sum(rooms) <= 900
    rows.show_rows([])
    assert rows.rooms(QRectF(0, 0, 900, 30))[3].width() == look.theme.px(56)
    look.theme.choose(zoom=150)
    assert rows.rooms(QRectF(0, 0, 900, 30))[2].width() >= titled(look, LONG)


def test_a_table_with_little_room_has_columns_as_narrow_as_their_words_and_no_narrower(qapp: QApplication, look: Look) -> None:
    face: Any = Face(look)
    table = FigureTable(face, "Posts", [("Post", 0), ("Day", 110), (LONG, 90), ("Sold for", 120)], words=2)
    table.show_lines([Line(("Marea", "Wed 18 Nov", "1", "12,500 MXN")), Line(("Alud", "a day of which much is said, too much for a column", "", ""))])
    wide = [place.width() for place in table.places(QRectF(0, 0, 1200, 30))]
    assert wide[1] == look.theme.px(110)
    assert wide[3] == look.theme.px(120)
    narrow = [place.width() for place in table.places(QRectF(0, 0, 420, 30))]
    assert narrow[3] < wide[3]
    assert narrow[2] >= titled(look, LONG)
    assert narrow[3] >= text_width("12,500 MXN", look.theme.font("small", tabular=True))
    assert text_width("Wed 18 Nov", look.theme.font("small")) <= narrow[1] <= wide[1]
