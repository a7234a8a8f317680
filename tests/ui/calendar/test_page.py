"""The Calendar page over stand-ins: what it shows, and going about in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.calendar import PhaseRow
from app.models.outbox import DeliveryState
from app.models.post import PostState
from app.runtime.settings import Shop as ShopSettings
from app.ui.calendar.days import at
from app.ui.calendar.desk import Filters, Slot
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.calendar.hands import LEFT, ids, press, type_key
from tests.ui.calendar.test_days import BACK, FORWARD
from tests.ui.shop import Shop, nameless, texts
from tests.ui.stand_ins import TouchedAll

Opens = Callable[..., tuple[Shop, FakeCalendar]]
SHIFT = Qt.KeyboardModifier.ShiftModifier
FRIDAY = date(2026, 11, 20)


def test_a_week_shows_its_posts_marks_and_plans(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    assert ids(page) == [1, 2, 3, 4, 5]
    assert "16–22 November 2026" in texts(page.header)
    assert page.grid.lanes() == 1
    assert QApplication.focusWidget() is page.grid
    assert nameless(page) == []
    assert page.desk.holidays[date(2026, 11, 16)] == "Revolution Day"


def test_views_pages_and_today_by_keys(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    for key, view, many in (("m", "month", 42), ("a", "agenda", 28), ("w", "week", 7)):
        type_key(key)
        assert (page.desk.shown.view, len(page.desk.shown.days)) == (view, many)
        assert page.stack.currentWidget() is page.grid
        assert page.grid.hasFocus()
    press(Qt.Key.Key_PageDown)
    assert page.desk.shown.days[0] == date(2026, 11, 23)
    assert ids(page) == []
    type_key("t")
    assert page.desk.shown.days[0] == date(2026, 11, 16)


def test_posts_are_gone_through_in_time_and_warnings_among_them(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    gone = []
    for _ in range(5):
        type_key("j")
        gone.append(page.desk.post_id)
    assert gone == [1, 2, 3, 4, 5]
    type_key("k")
    assert page.desk.post_id == 4
    type_key("]")
    assert page.desk.post_id == 2


def test_arrows_choose_places_and_the_posts_on_them(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    page.desk.choose(3)
    press(Qt.Key.Key_Right)
    assert page.desk.post_id == 4
    press(Qt.Key.Key_Down)
    assert (page.desk.post_id, page.desk.slot) == (None, Slot(date(2026, 11, 19), 14 * 60))
    press(Qt.Key.Key_Up)
    assert page.desk.post_id == 4


def test_in_a_month_arrows_go_through_a_day(open_page: Opens) -> None:
    shop, _ = open_page(FakeCalendar(planned=[post(1, hours=1), post(2, hours=2)]))
    page = shop.page
    type_key("m")
    page.desk.choose(1)
    press(Qt.Key.Key_Down)
    assert page.desk.post_id == 2
    press(Qt.Key.Key_Down)
    assert (page.desk.post_id, page.desk.slot.day) == (None, date(2026, 11, 25))


def test_opening_and_beginning_lead_to_the_composer(open_page: Opens) -> None:
    shop, _ = open_page()
    shop.page.desk.choose(3)
    press(Qt.Key.Key_Return)
    assert "opened {'post': 3, 'origin': 'calendar'}" in shop.page.heard
    shop.shell.window.show_page("calendar")
    shop.page.desk.choose(None, Slot(FRIDAY, 12 * 60))
    type_key("n")
    assert shop.page.heard[-2 if shop.page.heard[-1] == "shown" else -1].startswith(
        "opened {'new': True, 'origin': 'calendar', 'at': datetime"
    )


def test_a_quick_look_says_what_is_known(open_page: Opens) -> None:
    shop, _ = open_page()
    shop.page.desk.choose(1)
    press(Qt.Key.Key_Space)
    sheet = shop.shell.window.overlay()
    assert "Tue 17 Nov, 10:00 · Out · New releases · Informs · 43 clicks" in texts(sheet)
    press(Qt.Key.Key_Space)
    assert shop.shell.window.overlay() is None or QApplication.focusWidget() is not None


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_filters_hide_and_are_counted(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    for filters, there in (
        (Filters(pillars=frozenset({"offers"})), [4]),
        (Filters(campaigns=frozenset({1})), [4]),
        (Filters(accounts=frozenset({2})), [1, 2, 3, 5]),
        (Filters(stances=frozenset({"failed", "draft"})), [2, 5]),
    ):
        page.desk.filter(filters)
        assert ids(page) == there
    assert "Draft +1" in texts(page.header)
    assert page.header.filters.toolTip() == "Draft, Failed"
    page.header.ask_filters()
    menu = page.header.menu
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert ids(page) == [1, 2, 3, 4, 5]


def test_the_week_begins_as_the_user_set_it(open_page: Opens) -> None:
    shop, _ = open_page()
    shop.services.settings.change(ShopSettings, first_weekday="sunday")
    shop.page.desk.read()
    assert shop.page.desk.shown.days[0] == date(2026, 11, 15)


def test_other_times_of_another_zone_and_clock(open_page: Opens) -> None:
    shop, _ = open_page(FakeCalendar(planned=[post(1, hours=10)]))
    assert [placed.day for placed in shop.page.grid.placed] == [date(2026, 11, 18)]
    shop.shell.look.words.zone = "Asia/Shanghai"
    shop.page.desk.read()
    assert [placed.day for placed in shop.page.grid.placed] == [date(2026, 11, 19)]


def test_a_narrow_window_hides_the_tray_until_it_is_asked_for(open_page: Opens) -> None:
    shop, _ = open_page(width=1100)
    page = shop.page
    assert not page.tray.isVisible()
    press(Qt.Key.Key_B, held=Qt.KeyboardModifier.ControlModifier)
    assert page.tray.isVisible()
    press(Qt.Key.Key_B, held=Qt.KeyboardModifier.ControlModifier)
    assert not page.tray.isVisible()
    assert page.grid.column >= shop.shell.look.theme.size("calendar.dayMin")


def test_pages_come_when_they_are_read_and_show_themselves_empty_where_that_takes_long(open_page: Opens) -> None:
    shop, _ = open_page()
    page, reads = shop.page, shop.services.reads
    page.desk._soon.stop()
    page.desk._ahead.clear()  # a slow computer has read ahead by now
    reads.hold = True
    press(Qt.Key.Key_PageDown)
    assert ids(page) == [1, 2, 3, 4, 5]
    page.desk._slow.timeout.emit()
    assert (page.desk.loading, ids(page)) == (True, [])
    reads.hold = False
    reads.release()
    assert not page.desk.loading


def test_the_pages_around_are_read_ahead_until_something_changes(open_page: Opens) -> None:
    shop, fake = open_page()
    page, reads = shop.page, shop.services.reads
    page.desk._soon.timeout.emit()
    reads.hold = True
    press(Qt.Key.Key_PageDown)
    assert page.desk.shown.days[0] == date(2026, 11, 23)
    reads.hold = False
    page.desk._soon.timeout.emit()
    fake.planned[2] = post(3, "Otro título")
    shop.services.changed.emit(TouchedAll("post"))
    press(Qt.Key.Key_PageUp)
    assert "Otro título" in [placed.post.title for placed in page.grid.placed]


def test_very_many_posts_are_gathered_and_lead_to_their_day(open_page: Opens) -> None:
    many = [post(number, hours=number / 20) for number in range(1, 61)]
    shop, _ = open_page(FakeCalendar(planned=many))
    page = shop.page
    assert len(page.grid.placed) < 12
    rest = page.grid.rests[0]
    page.grid.scroll_to(rest.rect)
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=rest.rect.center() - page.grid.offset())
    assert page.desk.shown.view == "agenda"
    assert len(ids(page)) == 60


def test_an_empty_agenda_says_what_one_may_do(open_page: Opens) -> None:
    shop, _ = open_page(FakeCalendar(planned=[], marks=()))
    type_key("a")
    assert "Nothing is planned in these four weeks" in texts(shop.page)
    assert shop.page.empty.isVisible()


@pytest.mark.parametrize("view", ["week", "month", "agenda"])
def test_every_view_is_painted_in_both_themes_and_languages_at_any_zoom(open_page: Opens, view: str) -> None:
    posts = [
        post(1, shown=DeliveryState.UNSURE), post(2, signed_out=True), post(3, hours=4, shown=DeliveryState.BY_HAND),
        post(4, hours=5, state=PostState.DRAFT, shown=None), post(5, hours=6, out=1), post(6, hours=7, pillar=""),
    ]  # fmt: skip
    shop, _ = open_page(FakeCalendar(planned=posts))
    page, look = shop.page, shop.shell.look
    page.perform("show", view=view)
    page.desk.choose(3)
    page.desk.tick()
    for zoom in (100, 150):
        for mode in ("light", "dark"):
            look.theme.choose(mode=mode, zoom=zoom)
            look.words.language = "es"
            page.retranslate()
            assert not shop.shell.window.grab().isNull()


def test_what_is_resumed(open_page: Opens) -> None:
    shop, _ = open_page()
    type_key("m")
    remembered = shop.page.resumable()
    assert remembered == {"view": "month", "tray": ""}
    type_key("w")
    shop.page.resume(remembered)
    assert shop.page.desk.shown.view == "month"


def test_the_now_line_moves_with_the_minute(open_page: Opens) -> None:
    shop, _ = open_page()
    painted: list[bool] = []
    grid = shop.page.grid
    QApplication.processEvents()
    plain = grid.paintEvent
    grid.paintEvent = lambda event: (painted.append(True), plain(event))
    shop.page._minute.timeout.emit()
    QApplication.processEvents()
    assert painted


def test_another_first_day_of_the_week_shows_at_once(open_page: Opens) -> None:
    shop, _ = open_page()
    shop.services.settings.change(ShopSettings, first_weekday="saturday")
    QApplication.processEvents()
    assert shop.page.desk.shown.days[0] == date(2026, 11, 14)


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, day, *_ in (*FORWARD, *BACK)])
def test_posts_of_a_clock_change_stand_on_their_days_and_drop_there(open_page: Opens, name: str, day: date) -> None:
    zone = ZoneInfo(name)
    nights = [
        (day - timedelta(days=1), 23 * 60 + 30),
        (day, 4 * 60),
        (day, 23 * 60 + 30),
        (day + timedelta(days=1), 60),
    ]
    planned = [
        post(number, planned_at=at(there, minute, zone)) for number, (there, minute) in enumerate(nights, start=1)
    ]
    shop, _ = open_page(FakeCalendar(planned=planned))
    page = shop.page
    shop.shell.look.words.zone = name
    for view in ("month", "week"):
        page.desk.go(view, day)
        placed = {each.post.id: each for each in page.grid.placed}
        assert all(placed[number].day == there for number, (there, _) in enumerate(nights, start=1) if number in placed)
        assert {2, 3} <= set(placed)
    slot = page.grid.slot_at(placed[2].rect.topLeft() + QPoint(5, 1), planned[1], fine=False)
    assert at(slot.day, slot.minute, zone) == planned[1].planned_at


def test_more_plans_than_fit_are_counted(open_page: Opens) -> None:
    phases = tuple(
        PhaseRow(number, number, "Marea", "blue", "promo", date(2026, 11, 16), FRIDAY) for number in range(5)
    )
    shop, _ = open_page(FakeCalendar(phases=phases))
    assert (shop.page.grid.lanes(), shop.page.grid.plans()) == (3, "+2")


def test_the_header_keeps_its_parts_apart_in_a_narrow_window_at_any_zoom(open_page: Opens) -> None:
    shop, _ = open_page(width=1024)
    header, look = shop.page.header, shop.shell.look
    look.words.language = "es"
    for zoom in (100, 150):
        look.theme.choose(zoom=zoom)
        shop.page.retranslate()
        for _ in range(3):  # a layout asks the one around it
            QApplication.processEvents()
        parts = [header.title, header.before, header.today, header.after, header.views, header.filters, header.new]
        for part, following in pairwise(parts):
            assert part.geometry().right() < following.geometry().left()
        assert [
            (part.width(), part.sizeHint().width()) for part in parts[1:] if part.width() < part.sizeHint().width()
        ] == []
        assert header.new.accessibleName() == "Nueva publicación"
