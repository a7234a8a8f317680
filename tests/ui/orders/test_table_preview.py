"""The first rows of a file under their titles: bounded, on one line each, and replaced as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.orders.table_preview import MOST_COLUMNS, TablePreview
from tests.ui.shop import texts


def test_rows_stand_under_their_titles_and_others_take_their_place(qapp: QApplication, look: Look) -> None:
    table = TablePreview(look)
    table.show_rows(["Text", "When"], [["Hola\nmundo", "hoy"]])
    table.show()
    assert texts(table)[:2] == ["Text", "When"]
    assert not any("\n" in text for text in texts(table))
    table.show_rows(["a"] * 40, [["b"] * 40])
    qapp.processEvents()
    assert texts(table).count("b") == MOST_COLUMNS
    table.close()
