"""Where chips and bands stand."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.calendar import CalendarPost, PhaseRow
from app.models.outbox import DeliveryState
from app.models.stance import is_urgent
from app.ui.calendar.layout import bands, chosen, side_by_side
from tests.ui.calendar.fakes import post

MONDAY = date(2026, 11, 16)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]


def at(*minutes: int, failed: int = -1) -> list[tuple[CalendarPost, int]]:
    return [
        (post(place, shown=DeliveryState.FAILED if place == failed else DeliveryState.WAITING), minute)
        for place, minute in enumerate(minutes)
    ]


def test_posts_that_touch_stand_beside_each_other_and_others_alone() -> None:
    slots, more = side_by_side(at(600, 630, 680, 800), 2, is_urgent)
    assert [(slot.post.id, slot.lane, slot.lanes) for slot in slots] == [(0, 0, 2), (1, 1, 2), (2, 0, 2), (3, 0, 1)]
    assert more == []


def test_what_finds_no_room_is_gathered_but_never_what_failed() -> None:
    slots, (more,) = side_by_side(at(600, 605, 610, 615, failed=3), 2, is_urgent)
    assert {slot.post.id for slot in slots} == {0, 3}
    assert [each.id for each in more.posts] == [1, 2]


def test_a_cell_says_how_many_it_does_not_show() -> None:
    posts = [each for each, _ in at(1, 2, 3, 4, 5, failed=4)]
    shown, rest = chosen(posts, 3, is_urgent)
    assert ([each.id for each in shown], rest) == ([0, 4], 3)
    assert chosen(posts, 5, is_urgent) == (posts, 0)


def phase(number: int, begins: int, ends: int) -> PhaseRow:
    return PhaseRow(number, 1, "Marea", "blue", "promo", MONDAY + timedelta(days=begins), MONDAY + timedelta(days=ends))


def test_phases_take_the_first_free_lane_and_say_that_they_go_on() -> None:
    found = bands([phase(1, -3, 1), phase(2, 0, 3), phase(3, 2, 9), phase(4, 8, 9)], WEEK)
    assert [(band.phase.id, band.first, band.last, band.lane) for band in found] == [
        (1, 0, 1, 0),
        (2, 0, 3, 1),
        (3, 2, 6, 0),
    ]
    assert [(band.goes_on_left, band.goes_on_right) for band in found] == [(True, False), (False, False), (False, True)]
