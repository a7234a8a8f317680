"""Posts moved on the Calendar page, by keys and by mouse, over stand-ins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.calendar import Move
from app.ui.calendar.desk import Slot
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.calendar.hands import LEFT, chip_point, drag, press, type_key
from tests.ui.shop import NOW, Shop, texts

Opens = Callable[..., tuple[Shop, FakeCalendar]]
SHIFT = Qt.KeyboardModifier.ShiftModifier
FRIDAY = date(2026, 11, 20)


def test_shift_and_arrows_move_faster_than_the_page_is_read(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    page.desk.choose(3)
    begins = NOW + timedelta(hours=3)
    shop.services.reads.hold = True
    press(Qt.Key.Key_Down, held=SHIFT)
    press(Qt.Key.Key_Down, held=SHIFT)
    press(Qt.Key.Key_Right, held=SHIFT)
    moved = [asked[1][0].at for asked in fake.asked if asked[0] == "move"]
    assert moved == [
        begins + timedelta(minutes=15),
        begins + timedelta(minutes=30),
        begins + timedelta(days=1, minutes=30),
    ]
    assert "Moved to Thu 19 Nov, 13:30" in shop.said()[-1]


def test_a_copy_right_after_a_move_is_a_day_after_the_new_time(open_page: Opens) -> None:
    shop, fake = open_page()
    shop.page.desk.choose(3)
    shop.services.reads.hold = True
    press(Qt.Key.Key_Right, held=SHIFT)
    type_key("d")
    assert fake.asked[-1][0] == "duplicate"
    assert fake.asked[-1][1][0].at == NOW + timedelta(days=2, hours=3)


def test_a_time_between_quarters_goes_to_the_next_one(open_page: Opens) -> None:
    shop, fake = open_page(FakeCalendar(planned=[post(3, hours=3 + 7 / 60)]))
    shop.page.desk.choose(3)
    press(Qt.Key.Key_Up, held=SHIFT)
    assert fake.asked[-1][1][0].at == NOW + timedelta(hours=3)


def test_keys_refuse_the_past_and_what_is_published(open_page: Opens) -> None:
    shop, fake = open_page()
    shop.page.desk.choose(3)
    press(Qt.Key.Key_Left, held=SHIFT)
    assert "has passed" in shop.said()[-1]
    shop.page.desk.choose(1)
    press(Qt.Key.Key_Right, held=SHIFT)
    assert "What is published stays" in shop.said()[-1]
    press(Qt.Key.Key_Delete)
    assert not fake.asked


def test_a_drag_moves_snaps_and_selects(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    begins = chip_point(page, 3)
    ends = page.grid.rect_of(Slot(FRIDAY, 15 * 60 + 6)).topLeft() + QPoint(20, 8) - page.grid.offset()
    drag(page.grid, begins, ends)
    assert fake.asked == [("move", (Move(3, NOW + timedelta(days=2, hours=5)),), "America/Mexico_City")]
    assert page.desk.post_id == 3
    assert not page.dragging.active


def test_shift_snaps_to_five_minutes_and_ctrl_copies(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    begins = chip_point(page, 3)
    ends = page.grid.rect_of(Slot(FRIDAY, 15 * 60 + 6)).topLeft() + QPoint(20, 8) - page.grid.offset()
    QTest.mousePress(page.grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, begins)
    QTest.mouseMove(page.grid.viewport(), ends)
    press(Qt.Key.Key_Shift)
    page.dragging.held(SHIFT)
    assert page.grid.target.said.startswith("Fri 20 Nov, 15:05")
    QTest.mouseRelease(page.grid.viewport(), LEFT, SHIFT | Qt.KeyboardModifier.ControlModifier, ends)
    assert fake.asked[-1][0] == "duplicate"
    assert fake.asked[-1][1][0].at == NOW + timedelta(days=2, hours=5, minutes=5)
    assert page.desk.post_id == 100


def test_a_drag_frame_repaints_little_and_what_is_dragged_is_faint(open_page: Opens) -> None:
    shop, _ = open_page()
    page = shop.page
    grid = page.grid
    begins = chip_point(page, 3)
    QTest.mousePress(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, begins)
    QTest.mouseMove(grid.viewport(), begins + QPoint(40, 60))
    QApplication.processEvents()
    assert grid.lifted == {3}
    painted: list[QRect] = []
    plain = type(grid).paintEvent

    def paint(self: Any, event: QPaintEvent) -> None:
        painted.append(event.region().boundingRect())
        plain(self, event)

    grid.paintEvent = lambda event: paint(grid, event)
    QTest.mouseMove(grid.viewport(), begins + QPoint(44, 78))
    QApplication.processEvents()
    whole = grid.viewport().width() * grid.viewport().height()
    assert painted
    assert all(rect.width() * rect.height() < whole / 4 for rect in painted)
    press(Qt.Key.Key_Escape)
    assert (grid.lifted, grid.target, page.dragging.active) == (frozenset(), None, False)


def test_ticked_posts_go_along_with_the_one_dragged(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    for number in (3, 4):
        page.desk.choose(number)
        type_key("x")
    begins = chip_point(page, 3)
    ends = page.grid.rect_of(Slot(date(2026, 11, 19), 14 * 60)).topLeft() + QPoint(20, 8) - page.grid.offset()
    drag(page.grid, begins, ends)
    assert [move.at for move in fake.asked[-1][1]] == [
        NOW + timedelta(days=1, hours=4),
        NOW + timedelta(days=2, hours=4),
    ]
    assert "2 posts moved" in shop.said()[-1]


def test_an_idea_is_placed_by_mouse_and_by_typing_its_time(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    (card,) = page.tray.cards()
    assert card.post.id == 11
    card.setFocus()
    QApplication.processEvents()
    press(Qt.Key.Key_T, held=Qt.KeyboardModifier.ControlModifier)
    sheet = shop.shell.window.overlay()
    sheet.field.line.setText("jueves")
    sheet.field.line.setText("fri 19:40")
    sheet.take()
    assert fake.asked[-1][1] == (Move(11, NOW + timedelta(days=2, hours=9, minutes=40)),)
    assert "it goes out once you schedule it" in shop.said()[-1]
    assert page.tray.cards() == []
    page.tray.which.choose(1)
    page.tray.refill()
    assert [card.post.id for card in page.tray.cards()] == [12]


def test_what_is_typed_wrong_or_has_passed_is_said(open_page: Opens) -> None:
    shop, fake = open_page()
    shop.page.desk.choose(3)
    QApplication.processEvents()
    press(Qt.Key.Key_T, held=Qt.KeyboardModifier.ControlModifier)
    sheet = shop.shell.window.overlay()
    for text, said in (("quizás", "That is no day or time"), ("9:00", "has passed")):
        sheet.field.line.setText(text)
        sheet.take()
        assert any(said in each for each in texts(sheet))
    sheet.field.line.setText("18:20")
    sheet.take()
    assert fake.asked[-1][1] == (Move(3, NOW + timedelta(hours=8, minutes=20)),)


def test_back_to_the_ideas_and_a_copy(open_page: Opens) -> None:
    shop, fake = open_page()
    shop.page.desk.choose(4)
    type_key("d")
    assert fake.asked[-1][:2] == ("duplicate", (Move(4, NOW + timedelta(days=2, hours=3)),))
    shop.page.desk.choose(4)
    press(Qt.Key.Key_Delete)
    assert fake.asked[-1] == ("back_to_ideas", (4,))
    assert "Back among the ideas" in shop.said()[-1]


def test_an_idea_goes_to_the_chosen_place_by_keys(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    page.desk.choose(None, Slot(FRIDAY, 12 * 60))
    page.tray.cards()[0].setFocus()
    QApplication.processEvents()
    press(Qt.Key.Key_Down, held=SHIFT)
    assert fake.asked[-1][1] == (Move(11, NOW + timedelta(days=2, hours=2)),)


def test_what_may_only_be_read_is_not_lifted(open_page: Opens) -> None:
    shop, fake = open_page()
    page = shop.page
    shop.services.data.read_only = True
    begins = chip_point(page, 3)
    drag(page.grid, begins, begins + QPoint(0, 120))
    assert (fake.asked, page.dragging.active) == ([], False)
