"""The calendar as a screen reader walks it: a table, its cells, and posts as buttons in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleInterface

from tests.ui.calendar.fakes import FakeCalendar
from tests.ui.shop import Shop

Role = QAccessible.Role
Opens = Callable[..., tuple[Shop, FakeCalendar]]


def name(part: QAccessibleInterface) -> str:
    return part.text(QAccessible.Text.Name).replace("\u2068", "").replace("\u2069", "")


def walked(table: QAccessibleInterface) -> list[tuple[str, list[str]]]:
    """Cells with something in them, and the names of their buttons."""
    found = []
    for number in range(table.childCount()):
        cell = table.child(number)
        assert cell.role() == Role.Cell
        buttons = [cell.child(place) for place in range(cell.childCount())]
        assert all(button.role() == Role.Button and button.parent() is cell for button in buttons)
        if buttons:
            found.append((name(cell), [name(button) for button in buttons]))
    return found


def test_a_week_is_a_table_of_hours_by_days(open_page: Opens) -> None:
    shop, _ = open_page()
    table = QAccessible.queryAccessibleInterface(shop.page.grid)
    assert (table.role(), name(table), table.childCount()) == (Role.Table, "Calendar", 24 * 7)
    assert walked(table)[2] == (
        "Wed 18 Nov, 13:00, 1 post",
        ["Wed 18 Nov, 13:00, Escucha «Marea», New releases, Scheduled, X and Mastodon"],
    )
    assert name(table.child(0)) == "Mon 16 Nov, 00:00, empty"
    assert table.state().focused


def test_a_month_and_an_agenda_are_tables_of_days(open_page: Opens) -> None:
    shop, _ = open_page()
    for view, many in (("month", 42), ("agenda", 28)):
        shop.page.perform("show", view=view)
        table = QAccessible.queryAccessibleInterface(shop.page.grid)
        assert table.childCount() == many
        assert [len(buttons) for _, buttons in walked(table)] == ([2, 1, 1, 1] if view == "month" else [1, 1, 1])


def test_parts_say_where_they_are_and_what_is_chosen(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    page.desk.choose(3)
    table = QAccessible.queryAccessibleInterface(page.grid)
    (cell,) = [
        cell for cell in map(table.child, range(table.childCount())) if name(cell).startswith("Wed 18 Nov, 13:00")
    ]
    button = cell.child(0)
    assert button.state().selected
    assert cell.rect().contains(button.rect().center())
    assert cell.childAt(button.rect().center().x(), button.rect().center().y()) is button
    assert table.indexOfChild(cell) == 13 * 7 + 2
    assert table.child(9_999) is None
    page.desk.filter(page.desk.filters.toggled("stances", "failed"))
    assert not button.isValid()


def test_the_pages_around_it_lead_to_it(open_page: Opens) -> None:
    shop, _ = open_page()
    table = QAccessible.queryAccessibleInterface(shop.page.grid)
    above = table.parent()
    assert table in [above.child(number) for number in range(above.childCount())]
