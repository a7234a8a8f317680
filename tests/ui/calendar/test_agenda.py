"""The agenda: every day of the weeks is a place, with the mouse too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.ui.calendar.desk import Filters, Slot
from tests.fakes.clock import FakeClock
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.calendar.hands import LEFT, chip_point, drag, type_key
from tests.ui.shop import NOW, Shop, texts

Opens = Callable[..., tuple[Shop, FakeCalendar]]


def head(page: object, day: date) -> QPoint:
    grid = page.grid  # type: ignore[attr-defined]
    rect = grid.rect_of(Slot(day, 0))
    grid.scroll_to(rect)
    found: QPoint = rect.center() - grid.offset()
    return found


def test_a_post_is_dragged_to_another_day_and_keeps_its_time(open_page: Opens) -> None:
    shop, fake = open_page()
    type_key("a")
    drag(shop.page.grid, chip_point(shop.page, 3), head(shop.page, date(2026, 11, 24)))
    assert fake.asked[-1][1][0].at == NOW + timedelta(days=6, hours=3)


def test_the_past_refuses_and_says_why(open_page: Opens, clock: FakeClock) -> None:
    shop, fake = open_page(FakeCalendar(planned=[post(3, hours=26)]))
    type_key("a")
    clock.advance(timedelta(hours=4))
    drag(shop.page.grid, chip_point(shop.page, 3), head(shop.page, date(2026, 11, 18)))
    assert not fake.asked
    assert "has passed" in shop.said()[-1]


def test_a_day_without_posts_is_a_low_line(open_page: Opens) -> None:
    shop, _ = open_page()
    type_key("a")
    rows = {day: shop.page.grid.rect_of(Slot(day, 0)).height() for day in shop.page.desk.shown.days}
    assert len(rows) == 28
    assert rows[date(2026, 11, 25)] < rows[date(2026, 11, 19)]


def test_a_click_on_a_day_chooses_it_for_a_new_post(open_page: Opens) -> None:
    shop, _ = open_page()
    type_key("a")
    QTest.mouseClick(shop.page.grid.viewport(), LEFT, pos=head(shop.page, date(2026, 11, 25)))
    type_key("n")
    assert "2026, 11, 25, 16, 0" in str(shop.page.heard)


def test_where_filters_leave_nothing_that_is_said_with_the_way_back(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    type_key("a")
    page.desk.filter(Filters(pillars=frozenset({"help"})))
    assert "Nothing here fits the filters" in texts(page.empty)
    assert "Only Help & how-to is shown." in texts(page.empty)
    shop.shell.actions.run("calendar.show_all")
    assert page.empty.isHidden()
    assert page.desk.filters.many == 0
