"""The month: plans without room are counted, days full of posts stay readable, slow days are not empty ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint

from app.models.calendar import MarkRow, PhaseRow
from app.ui.calendar.desk import Slot
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.calendar.hands import ids, type_key
from tests.ui.shop import Shop

Opens = Callable[..., tuple[Shop, FakeCalendar]]
WEDNESDAY = date(2026, 11, 18)


def campaigns(many: int) -> tuple[PhaseRow, ...]:
    return tuple(
        PhaseRow(number, number, f"Campaign {number}", "blue", "promo", date(2026, 11, 17), date(2026, 11, 20))
        for number in range(1, many + 1)
    )


def test_plans_without_room_are_counted_and_named(open_page: Opens) -> None:
    marks = (MarkRow(1, "launch", "«Marea»", WEDNESDAY), MarkRow(2, "deadline", "Carteles", WEDNESDAY))
    shop, _ = open_page(FakeCalendar(phases=campaigns(5), marks=marks))
    type_key("m")
    page = shop.page
    cell = page.grid.rect_of(Slot(WEDNESDAY, 0))
    said = " ".join(page.grid.told_at(cell.center()))
    for name in ("«Marea»", "Carteles", "Campaign 4", "Campaign 5"):
        assert name in said
    assert "Campaign 3" not in said
    assert page.grid.told_at(QPoint(-5, -5)) == []
    with_more = page.grid.grab().toImage()
    page.desk.shown.span = page.desk.shown.span.__class__(page.desk.shown.span.posts, campaigns(3), marks)
    page.grid.repaint_all()
    assert page.grid.grab().toImage() != with_more


@pytest.mark.parametrize("view", ["w", "m", "a"])
def test_hundreds_of_posts_in_a_day_are_counted_and_the_worst_of_them_shown(open_page: Opens, view: str) -> None:
    from app.models.outbox import DeliveryState

    many = [post(number, hours=1 + number / 40) for number in range(1, 251)]
    many[120] = post(121, hours=4, shown=DeliveryState.FAILED)
    shop, _ = open_page(FakeCalendar(planned=many))
    type_key(view)
    page = shop.page
    assert 121 in ids(page)
    counted = sum(rest.many for rest in page.grid.rests)
    assert len(ids(page)) + counted == 250
    if view != "a":
        assert counted > 200
        page.walk.show_day(WEDNESDAY)
        assert len(ids(page)) == 250


def test_days_that_take_long_to_read_say_so(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    shop.services.reads.hold = True
    before = page.grid.grab().toImage()
    page.desk.go(anchor=page.desk.anchor + timedelta(days=70))
    page.desk._show_empty()
    assert page.desk.loading
    reading = page.grid.grab().toImage()
    shop.services.reads.hold = False
    shop.services.reads.release()
    assert not page.desk.loading
    assert (
        len(
            {
                before.constBits().tobytes(),
                reading.constBits().tobytes(),
                page.grid.grab().toImage().constBits().tobytes(),
            }
        )
        == 3
    )
