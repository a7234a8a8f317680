"""The day and time of a post: typed, stepped, picked; past times, and nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMenu
from shiboken6 import delete, isValid

from app.ui.composer.when import WhenSection
from tests.ui.composer.conftest import Window


def section(window: Window) -> WhenSection:
    window.open(new=True)
    window.type("Hola")
    return window.page.bench.plan.when


def write(window: Window, text: str) -> None:
    window.type(text)
    window.press(Qt.Key.Key_Return)


def test_the_zone_is_named(window: Window) -> None:
    assert section(window)._zone.text() == "Mexico City, GMT−6"


def test_a_time_alone_means_its_next_occurrence(window: Window) -> None:
    when = section(window)
    when.time.setFocus()
    write(window, "9")
    assert window.draft.planned_at == datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
    assert (when.day.text(), when.time.text()) == ("Thu 19 Nov", "09:00")


def test_a_day_alone_asks_for_the_time(window: Window) -> None:
    when = section(window)
    window.run("composer.time")
    write(window, "sun")
    assert window.draft.planned_at is None
    assert QApplication.focusWidget() is when.time
    write(window, "11")
    assert window.draft.planned_at == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert window.draft.zone == "America/Mexico_City"


def test_up_and_down_change_it(window: Window) -> None:
    when = section(window)
    when.tomorrow.click()
    when.day.setFocus()
    window.press(Qt.Key.Key_Up)
    when.time.setFocus()
    window.press(Qt.Key.Key_Down)
    assert window.draft.planned_at == datetime(2026, 11, 20, 14, 45, tzinfo=UTC)


def test_quick_choices(window: Window) -> None:
    when = section(window)
    window.store.clock.advance(timedelta(minutes=2))
    when.hour.click()
    assert window.draft.planned_at == datetime(2026, 11, 18, 17, 5, tzinfo=UTC)
    when.now.click()
    assert window.draft.planned_at is None
    assert (when.day.text(), when.time.text()) == ("", "")


def test_what_cannot_be_read_is_said_and_stops_the_post(window: Window) -> None:
    when = section(window)
    when.time.setFocus()
    write(window, "luego")
    assert when.wrong
    assert not when._note.isHidden()
    assert "wrong_time" in window.checks()
    when.now.click()
    assert "wrong_time" not in window.checks()


def test_emptying_a_field_means_now(window: Window) -> None:
    when = section(window)
    when.tomorrow.click()
    when.day.setFocus()
    when.day.clear()
    window.press(Qt.Key.Key_Return)
    assert window.draft.planned_at is None


@pytest.mark.parametrize(
    ("typed", "said", "at"),
    [
        ("8 mar 2:30", "does not exist", datetime(2027, 3, 14, 10, 0, tzinfo=UTC)),
        ("7 nov 1:30", "comes twice", datetime(2027, 11, 7, 8, 30, tzinfo=UTC)),
    ],
)
def test_the_change_of_the_clocks_is_said(window: Window, typed: str, said: str, at: datetime) -> None:
    window.shell.look.words.zone = ZoneInfo("America/Los_Angeles")
    when = section(window)
    window.run("composer.time")
    write(window, typed.replace("8 mar", "14 mar").replace("7 nov", "7 nov 2027"))
    assert window.draft.planned_at == at
    assert said in when._note.text()
    assert not when._note.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_a_day_and_a_time_are_picked_with_the_mouse(window: Window) -> None:
    when = section(window)
    when.tomorrow.click()
    when.day.actions()[0].trigger()
    calendar = when.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.clicked.emit(calendar.selectedDate().addDays(2))
    assert window.draft.planned_at == datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    when.time.actions()[0].trigger()
    menu = when.time.findChild(QMenu)
    assert menu is not None
    menu.actions()[4].trigger()
    menu.close()
    assert window.draft.planned_at == datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def test_so_long_from_now_is_a_time_too(window: Window) -> None:
    when = section(window)
    when.time.setFocus()
    write(window, "in 2 hours")
    assert window.draft.planned_at == window.page._face.clock.now() + timedelta(hours=2)


def test_icons_take_the_colours_of_another_theme_and_go_with_their_field(window: Window) -> None:
    """While a window is taken down, its fields go before what they stand in, and the theme may change even then."""
    face = window.shell.page_face
    when = WhenSection(face)
    (icon,) = when.day.actions()
    before = icon.icon().pixmap(16).toImage()
    face.theme.choose(mode="dark")
    assert icon.icon().pixmap(16).toImage() != before
    delete(when.day)
    face.theme.choose(mode="light")
    assert not isValid(icon)
    assert isValid(when)
    delete(when)
