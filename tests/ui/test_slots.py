"""The places of a long list: where rows are, where another belongs, and what is let go."""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.slots import KEPT_PAGES, PAGE, Anchor, Slots


@dataclass(frozen=True)
class Item:
    """A row."""

    id: int
    key: int


def anchor(item: Item) -> Anchor:
    return (item.key, item.id)


def items(*keys: int) -> list[Item]:
    return [Item(key, key) for key in keys]


def slots(count: int, *keys: int) -> Slots[Item]:
    made: Slots[Item] = Slots(anchor)
    made.start(anchor, count, items(*keys))
    return made


def test_places_beyond_the_first_rows_are_empty() -> None:
    made = slots(5, 10, 20)
    assert len(made) == 5
    assert [made.peek(place) for place in range(5)] == [*items(10, 20), None, None, None]
    assert made.runs() == [(0, 2)]
    assert made.rows() == items(10, 20)
    assert made.last_gap() == 4


def test_rows_are_found_by_id() -> None:
    assert slots(5, 10, 20, 30).positions((30, 10, 99)) == {30: 2, 10: 0}


def test_a_row_belongs_between_its_neighbours() -> None:
    made = slots(3, 10, 20, 30)
    assert made.place_for(Item(5, 5)) == 0
    assert made.place_for(Item(25, 25)) == 2
    assert made.place_for(Item(99, 99)) == 3
    assert made.place_for(Item(25, 25), ignoring=0) == 2


def test_among_rows_that_are_not_here_no_place_is_known() -> None:
    made = slots(5, 10, 20)
    assert made.place_for(Item(15, 15)) == 1
    assert made.place_for(Item(99, 99)) is None
    made.fill(4, items(90))
    assert made.place_for(Item(50, 50)) is None
    assert made.place_for(Item(99, 99)) == 5
    assert slots(4).place_for(Item(1, 1)) is None


def test_an_empty_list_takes_anything() -> None:
    assert slots(0).place_for(Item(1, 1)) == 0
    assert slots(1, 10).place_for(Item(1, 1), ignoring=0) == 0


def test_its_own_place_does_not_part_a_row_from_its_neighbours() -> None:
    made = slots(3, 10, 20, 30)
    assert made.place_for(Item(20, 5), ignoring=1) == 0
    assert made.place_for(Item(10, 40), ignoring=0) == 3
    assert made.place_for(Item(30, 15), ignoring=2) == 1


def test_rows_move_and_gaps_open() -> None:
    made = slots(3, 10, 20, 30)
    assert made.move(0, 3) == 2
    assert [row.id for row in made.rows()] == [20, 30, 10]
    made.insert(0, Item(1, 1))
    made.open_gap(1, 2)
    made.remove(4, 5)
    assert [row and row.id for row in (made.peek(place) for place in range(len(made)))] == [1, None, None, 20]
    made.put(0, Item(1, 2))
    assert made.peek(0) == Item(1, 2)


def test_pages_unseen_for_long_are_let_go() -> None:
    made = slots((KEPT_PAGES + 2) * PAGE, *range(PAGE))
    for page in range(1, KEPT_PAGES + 1):
        made.fill(page * PAGE, items(*range(page * PAGE, (page + 1) * PAGE)))
    assert made.peek(0) is None
    assert made.peek(PAGE) == Item(PAGE, PAGE)


def test_looking_at_a_row_keeps_its_page() -> None:
    made = slots((KEPT_PAGES + 2) * PAGE, *range(PAGE))
    for page in range(1, KEPT_PAGES + 1):
        made.row(0)
        made.fill(page * PAGE, items(*range(page * PAGE, (page + 1) * PAGE)))
    assert made.row(0) == Item(0, 0)
