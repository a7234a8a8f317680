"""Which column is what: guessed, chosen by hand or not there; titles are shown as they are and never run."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.models.order import Column, DayOrder
from app.ui.look import Look
from app.ui.orders.column_form import NOTHING, ColumnForm


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def form(qapp: QApplication, look: Look, chosen: list[str]) -> ColumnForm[Column]:
    made = ColumnForm(look, {column: f"orders.column.{column}" for column in Column}, encoded=chosen.append)
    made.show_file(("Folio", "", "<b>x"), [("A-1", "03/04/2026", "y")], {Column.NUMBER: 0}, None, "utf-16-le")
    return made


def test_what_is_guessed_stands_there_and_the_rest_is_nothing(form: ColumnForm[Column]) -> None:
    assert form.chosen_columns() == {Column.NUMBER: 0}
    assert form.columns[Column.DATE].currentData() == NOTHING
    assert form.chosen_days() is None, "it cannot be told, so it is asked"
    assert form.chosen_encoding() == "utf-16"


def test_another_choice_holds(form: ColumnForm[Column]) -> None:
    form.columns[Column.DATE].choose(1)
    form.columns[Column.NUMBER].choose(NOTHING)
    form.days.choose(DayOrder.MONTH_FIRST)
    assert form.chosen_columns() == {Column.DATE: 1}
    assert form.chosen_days() is DayOrder.MONTH_FIRST


def test_a_column_without_a_title_has_its_number(form: ColumnForm[Column]) -> None:
    titles = [form.columns[Column.NUMBER].itemText(row) for row in range(form.columns[Column.NUMBER].count())]
    assert titles[1] == "Folio"
    assert "2" in titles[2] or titles[2].startswith("orders.column_number")
    assert titles[3] == "<b>x"


def test_another_encoding_is_told(form: ColumnForm[Column], chosen: list[str]) -> None:
    form.encoding.setCurrentIndex(3)
    form.encoding.activated.emit(3)
    assert chosen == ["cp1251"]


def test_every_field_has_a_name(form: ColumnForm[Column]) -> None:
    assert all(part.accessibleName() for part in (*form.columns.values(), form.days, form.encoding))
