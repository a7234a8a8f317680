"""The model follows a table of any length: pages when looked at, exact signals for commits, never a reading inside `data`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.slots import KEPT_PAGES, PAGE, Anchor
from app.ui.widgets.row_list import RowList
from app.ui.windowed_model import RowRole, TickedRole, WindowedModel
from tests.ui.test_slots import Item


class Table:
    """The rows there are, as a database would answer; only even ids belong to the list."""

    def __init__(self, count: int = 0) -> None:
        self.rows: dict[int, Item] = {2 * number: Item(2 * number, number) for number in range(count)}
        self.reads: list[str] = []

    def order(self) -> list[Item]:
        return sorted((row for row in self.rows.values() if row.id % 2 == 0), key=lambda row: (row.key, row.id))

    # the source

    def count(self, _queries: Any) -> int:
        return len(self.order())

    def page(self, _queries: Any, after: Anchor | None, limit: int) -> Sequence[Item]:
        self.reads.append(f"page after {after}")
        return [row for row in self.order() if after is None or (row.key, row.id) > after][:limit]

    def by_ids(self, _queries: Any, ids: Sequence[int]) -> Sequence[Item]:
        self.reads.append(f"{len(ids)} by ids")
        return [self.rows[row_id] for row_id in ids if row_id in self.rows]

    def ids(self, _queries: Any) -> Sequence[int]:
        self.reads.append("ids")
        return [row.id for row in self.order()]

    def anchor(self, row: Item) -> Anchor:
        return (row.key, row.id)

    def belongs(self, row: Item) -> bool:
        return row.id % 2 == 0

    def name(self, row: Item) -> str:
        return f"row {row.id}"


class Worker:
    """Fetches at once, or keeps the answers until they are released."""

    def __init__(self, *, hold: bool = False) -> None:
        self.hold = hold
        self.held: list[Callable[[], None]] = []

    def __call__(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> Callable[[], None]:
        alive = [True]

        def answer() -> None:
            result = query(None)
            if alive:
                deliver(result)

        if self.hold:
            self.held.append(answer)
        else:
            answer()
        return alive.clear

    def release(self) -> None:
        held, self.held = self.held, []
        for answer in held:
            answer()


def model(table: Table, worker: Worker | None = None) -> WindowedModel[Item]:
    made: WindowedModel[Item] = WindowedModel(table, worker or Worker())
    made.show(table, table.count(None), table.page(None, None, PAGE))
    table.reads.clear()
    return made


def shown(made: WindowedModel[Item]) -> list[int | None]:
    """The ids in order, without asking for what is missing."""
    return [row.id if (row := made._slots.peek(place)) else None for place in range(made.rowCount())]


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """A model needs one."""


def test_the_first_page_is_shown_without_reading() -> None:
    table = Table(1000)
    made = model(table)
    assert made.rowCount() == 1000
    assert made.data(made.index(0, 0), RowRole) == Item(0, 0)
    assert made.data(made.index(255, 0)) == "row 510"
    assert table.reads == []


def test_a_missing_row_is_none_and_its_page_is_asked_for_once() -> None:
    table, worker = Table(1000), Worker()
    made = model(table, worker)
    worker.hold = True
    assert made.data(made.index(300, 0), RowRole) is None
    assert made.data(made.index(301, 0), RowRole) is None
    assert len(worker.held) == 1
    changed: list[tuple[int, int]] = []
    made.dataChanged.connect(lambda first, last, _roles: changed.append((first.row(), last.row())))
    worker.release()
    assert changed == [(256, 511)]
    assert made.data(made.index(300, 0), RowRole) == Item(600, 300)
    assert table.reads == ["page after (255, 510)"]


def test_a_far_jump_goes_through_the_ids() -> None:
    table = Table(20_000)
    made = model(table)
    made.row_at(19_999)
    assert made.row_at(19_999) == Item(39_998, 19_999)
    assert table.reads == ["ids", "32 by ids"]
    made.row_at(10_000)
    assert made.row_at(10_000) == Item(20_000, 10_000)
    assert table.reads.count("ids") == 1


def test_a_changed_row_is_read_again_and_painted_again() -> None:
    table = Table(10)
    made = model(table)
    changed: list[int] = []
    made.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    made.follow([6])
    assert changed == [3]


def test_a_row_that_left_the_list_is_removed_and_the_selection_goes_on(look: Look) -> None:
    table = Table(10)
    made = model(table)
    view = RowList(look, "list")
    view.setModel(made)
    view.choose(3)
    del table.rows[6]
    made.follow([6])
    assert shown(made) == [0, 2, 4, 8, 10, 12, 14, 16, 18]
    assert made.row_at(view.current_row) == Item(8, 4)


def test_a_new_row_goes_to_its_place() -> None:
    table = Table(10)
    made = model(table)
    table.rows[100] = Item(100, 4)
    counts: list[int] = []
    made.counted.connect(counts.append)
    made.follow([100])
    assert shown(made)[4:7] == [8, 100, 10]
    assert counts == [11]


def test_a_row_that_moves_keeps_its_selection(look: Look) -> None:
    table = Table(10)
    made = model(table)
    view = RowList(look, "list")
    view.setModel(made)
    view.choose(2)
    table.rows[4] = Item(4, 99)
    made.follow([4])
    assert shown(made)[-1] == 4
    assert view.current_row == 9
    table.rows[4] = Item(4, -1)
    made.follow([4])
    assert view.current_row == 0


def test_many_removed_at_once() -> None:
    table = Table(100)
    made = model(table)
    gone = list(range(0, 100, 4))
    for row_id in gone:
        del table.rows[row_id]
    made.follow(gone)
    assert shown(made) == [row.id for row in table.order()]


def test_a_new_row_among_rows_that_are_not_here_only_changes_the_count() -> None:
    table = Table(2000)
    made = model(table)
    table.rows[9000] = Item(9000, 1500)
    made.follow([9000])
    assert made.rowCount() == 2001
    assert made.row_at(255) == Item(510, 255)


def test_a_row_that_comes_from_afar_is_not_counted_twice() -> None:
    table = Table(2000)
    made = model(table)
    table.rows[3000] = Item(3000, -5)
    made.follow([3000])
    assert made.rowCount() == 2000
    assert made.row_at(0) == Item(3000, -5)


def test_when_anything_may_have_changed_all_is_read_anew() -> None:
    table = Table(1000)
    made = model(table)
    made.tick(0)
    table.rows = Table(500).rows
    made.follow(None)
    assert made.rowCount() == 500
    assert made.ticked == (0,)


def test_more_changes_than_can_be_followed_start_over() -> None:
    table = Table(10)
    made = model(table)
    table.rows = Table(800).rows
    made.follow(range(0, 1600, 2))
    assert made.rowCount() == 800
    assert made.row_at(799) == Item(1598, 799)


def test_answers_to_an_older_list_are_dropped() -> None:
    worker = Worker()
    first, second = Table(1000), Table(20)
    made = model(first, worker)
    worker.hold = True
    made.row_at(600)
    made.follow([0])
    made.show_later(second)
    assert made.rowCount() == 1000
    worker.release()
    assert shown(made) == [row.id for row in second.order()]


def test_answers_for_places_that_moved_are_asked_for_again() -> None:
    table, worker = Table(1000), Worker()
    made = model(table, worker)
    worker.hold = True
    made.row_at(300)
    worker.hold = False
    del table.rows[0]
    made.follow([0])
    worker.release()
    assert shown(made)[299] is None  # what was read for the old places was not used
    made.row_at(299)
    assert made.row_at(299) == Item(600, 300)
    assert made.row_at(0) == Item(2, 1)


def test_a_row_is_found_in_memory_or_through_the_ids() -> None:
    table = Table(2000)
    made = model(table)
    found: list[int] = []
    made.find(20, found.append)
    made.find(3000, found.append)
    made.find(7, found.append)
    assert found == [10, 1500, -1]


def test_ticks_stay_with_their_rows() -> None:
    table = Table(10)
    made = model(table)
    heard: list[int] = []
    made.ticks_changed.connect(lambda: heard.append(1))
    made.tick(2)
    made.tick(1, True)
    assert made.ticked == (2, 4)
    assert made.data(made.index(2, 0), TickedRole)
    made.tick(2)
    assert made.ticked == (2,)
    del table.rows[2]
    made.follow([2])
    assert made.ticked == ()
    made.tick_all()
    assert len(made.ticked) == 9
    assert made.clear_ticks()
    assert not made.clear_ticks()
    assert len(heard) == 6


def test_a_list_has_no_depth() -> None:
    made = model(Table(3))
    assert made.rowCount(made.index(0, 0)) == 0
    assert made.columnCount() == 1
    assert made.columnCount(made.index(0, 0)) == 0
    assert made.data(QModelIndex()) is None
    assert made.row_at(99) is None
    assert made.held_ids() == [0, 2, 4]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(-5, 40), st.booleans()), max_size=40), st.booleans())
def test_whatever_happens_the_list_is_what_the_table_says(steps: list[tuple[int, int, bool]], long: bool) -> None:
    table = Table(700 if long else 12)
    made = model(table)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning)  # a breach fails the test
    kept = QPersistentModelIndex(made.index(5, 0))
    followed = 10
    for row_id, key, keep in steps:
        if keep:
            table.rows[2 * row_id] = Item(2 * row_id, key)
        else:
            table.rows.pop(2 * row_id, None)
            if 2 * row_id == followed:
                followed = -1
        made.follow([2 * row_id])
    assert made.rowCount() == table.count(None)
    for place, row in enumerate(table.order()[:KEPT_PAGES]):
        made.row_at(place)
        assert made.row_at(place) == row
    if kept.isValid() and followed >= 0 and (row := made.row_at(kept.row())) is not None and not long:
        assert row.id == followed
    del tester


def test_a_million_rows_open_and_move_at_once(look: Look) -> None:
    class Many(Table):
        def count(self, _queries: Any) -> int:
            return 1_000_000

    table = Many(PAGE)
    made: WindowedModel[Item] = WindowedModel(table, Worker(hold=True))
    view = RowList(look, "list")
    view.setModel(made)
    view.resize(400, 800)
    view.show()
    made.show(table, 1_000_000, table.page(None, None, PAGE))
    view.grab()
    view.choose(10)
    for _ in range(20):
        view.move_by(1)
        view.viewport().repaint()
    assert view.selectionModel().isRowSelected(30, QModelIndex())
