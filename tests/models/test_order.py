"""The words that a file of orders is described with."""

from __future__ import annotations

from app.models.order import Column, DayOrder, ImportResult, Mapped


def test_a_file_may_say_nothing_of_its_days() -> None:
    assert Mapped({Column.NUMBER: 0}).days is None


def test_an_import_begins_with_nothing_done() -> None:
    assert ImportResult() == ImportResult(0, 0, 0, 0, 0, (), False)


def test_orders_of_days_are_named_as_on_the_command_line() -> None:
    assert sorted(DayOrder) == ["dmy", "mdy", "ymd"]
