"""Missing pages are read once, onwards from the nearest row or through the ids, and old answers come to nothing."""

from __future__ import annotations

from app.ui.page_reader import STRETCH, PageReader
from app.ui.slots import PAGE, Slots
from tests.ui.test_slots import Item, anchor
from tests.ui.test_windowed_model import Table, Worker


def reader(table: Table, worker: Worker, count: int) -> tuple[PageReader[Item], Slots[Item], list[tuple[int, int]]]:
    slots: Slots[Item] = Slots(anchor)
    slots.start(anchor, count, list(table.order()[:PAGE]))
    filled: list[tuple[int, int]] = []
    made: PageReader[Item] = PageReader(worker, slots, lambda first, last: filled.append((first, last)))
    made.read(table)
    return made, slots, filled


def test_a_page_is_read_onwards_from_the_rows_before_it() -> None:
    table = Table(1000)
    made, slots, filled = reader(table, Worker(), 1000)
    made.ask_for(2 * PAGE)
    assert filled == [(256, 767)]  # the page between comes along
    assert slots.peek(700) == Item(1400, 700)


def test_a_page_is_asked_for_once_at_a_time() -> None:
    worker = Worker(hold=True)
    made, _, filled = reader(Table(1000), worker, 1000)
    made.ask_for(PAGE)
    made.ask_for(PAGE)
    assert len(worker.held) == 1
    worker.release()
    made.ask_for(PAGE)
    assert len(worker.held) == 1
    assert filled == [(256, 511)]


def test_forgetting_makes_answers_under_way_worthless() -> None:
    worker = Worker(hold=True)
    made, _, filled = reader(Table(9000), worker, 9000)
    heard: list[object] = []
    made.ask_for(PAGE)
    made.with_ids(heard.append)
    made.ask(lambda _queries: 1, heard.append)
    made.forget()
    worker.release()
    assert (filled, heard) == ([], [])


def test_ids_are_read_again_for_those_who_wait_when_places_move() -> None:
    worker = Worker(hold=True)
    table = Table(9000)
    made, _, _ = reader(table, worker, 9000)
    heard: list[int] = []
    made.with_ids(lambda ids: heard.append(len(ids)))
    made.places_moved()
    worker.release()
    assert heard == [9000]


def test_ids_that_do_not_fit_the_list_fill_nothing() -> None:
    table = Table(5000)
    made, slots, filled = reader(table, Worker(), 9000)
    made.ask_for(30 * PAGE)
    assert filled == []
    assert slots.peek(30 * PAGE) is None


def test_far_away_a_stretch_around_the_place_is_read_through_the_ids() -> None:
    made, slots, filled = reader(Table(9000), Worker(), 9000)
    made.ask_for(30 * PAGE + 3)
    assert filled == [(30 * PAGE, 30 * PAGE + STRETCH - 1)]
    assert slots.peek(30 * PAGE + 3) == Item(2 * (30 * PAGE + 3), 30 * PAGE + 3)


def test_once_the_ids_are_known_nothing_between_is_read_along() -> None:
    made, _, filled = reader(Table(9000), Worker(), 9000)
    made.ask_for(30 * PAGE)
    filled.clear()
    made.ask_for(2 * PAGE)
    assert filled == [(2 * PAGE, 2 * PAGE + STRETCH - 1)]
    filled.clear()
    made.ask_for(PAGE)
    assert filled == [(PAGE, 2 * PAGE - 1)]  # it follows on rows that are here
