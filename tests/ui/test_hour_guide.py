"""The guided hour: step by step, in any order, with breaks, left at any time, and gone on with after a restart."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.hour_guide import Step, Work
from app.runtime.settings import Hour
from app.ui.hour import GUIDE
from app.ui.hour_guide import HourGuide
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.today.page import TodayPage
from tests.fakes.clock import FakeClock
from tests.ui.shop import Shop, close_shop, nameless, open_shop
from tests.ui.stand_ins import PlainPage, TouchedAll


@pytest.fixture
def shop(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Shop, None, None]:
    """Today in front, and pages for all steps."""
    look.words.clock = clock
    entries = [
        PageEntry("today", "sun-horizon", "page.today", TodayPage),
        PageEntry("calendar", "calendar-blank", "page.calendar", PlainPage),
        PageEntry("insights", "chart-line-up", "page.insights", PlainPage),
    ]
    shop = open_shop(qapp, look, clock, tmp_path, entries)
    shop.shell.window.resize(1440, 900)
    shop.shell.open("today")
    shop.shell.window.activateWindow()
    for _ in range(4):
        qapp.processEvents()
    yield shop
    close_shop(shop, qapp)


def guide(shop: Shop) -> HourGuide:
    made: Any = shop.shell.guide._there()
    assert isinstance(made, HourGuide)
    return made


def run(shop: Shop, verb: str) -> None:
    shop.shell.actions.refresh_now()
    assert shop.shell.actions.applies(f"hour.{verb}"), verb
    shop.shell.actions.run(f"hour.{verb}")


def step(shop: Shop) -> Step | None:
    under_way = guide(shop).guide
    return under_way.step if under_way is not None else None


def test_it_goes_through_the_steps_that_have_something_to_do(shop: Shop) -> None:
    run(shop, "begin")
    assert (step(shop), shop.shell.window.current) == (Step.LATE, "inbox")
    assert "opened {'view': 'needs_answer', 'conversation': 11}" in shop.page.heard
    shop.store.to_do = Work(late=0, waiting=0, decide=2)
    run(shop, "next")
    assert (step(shop), shop.shell.window.current) == (Step.DECIDE, "today")
    run(shop, "next")
    assert (step(shop), shop.shell.window.current) == (Step.PLAN, "calendar")
    run(shop, "next")
    assert (step(shop), shop.shell.window.current) == (Step.LOOK, "insights")
    run(shop, "next")
    assert step(shop) is None
    assert not guide(shop).bar.isVisible()
    assert shop.said()[-1] == "The hour is through: 0 minutes used today"


def test_every_page_may_be_opened_meanwhile_and_the_step_come_back_to(shop: Shop) -> None:
    run(shop, "begin")
    shop.shell.window.show_page("settings")
    assert step(shop) is Step.LATE
    run(shop, "show")
    assert shop.shell.window.current == "inbox"
    shop.shell.window.findChild(QWidget, "step plan").click()
    assert (step(shop), shop.shell.window.current) == (Step.PLAN, "calendar")


def test_the_bar_follows_what_is_done(shop: Shop, qapp: QApplication) -> None:
    run(shop, "begin")
    late = shop.shell.window.findChild(QWidget, "step late")
    assert late.accessibleName() == "Late, under way, 1 left"
    shop.store.to_do = Work(late=0, waiting=13, decide=2)
    shop.services.changed.emit(TouchedAll("conversation"))
    guide(shop)._soon.timeout.emit()
    assert late.accessibleName() == "Late, under way, 0 left"
    assert guide(shop).bar.hint.text() == "Nothing left here."
    assert step(shop) is Step.LATE  # nobody is moved on
    assert shop.shell.window.findChild(QWidget, "step answer").text() == "Answers 13"


def test_no_key_is_lost_while_its_work_is_counted(shop: Shop) -> None:
    run(shop, "begin")
    reads = shop.services.reads
    reads.hold = True
    run(shop, "next")
    shop.services.changed.emit(TouchedAll("conversation"))
    guide(shop)._soon.timeout.emit()  # a commit meanwhile: the bar counts as well
    run(shop, "next")
    assert step(shop) is Step.LATE
    reads.hold = False
    reads.release()
    assert step(shop) is Step.DECIDE, "two keys, two steps"


def test_keys_after_the_last_step_say_once_that_it_is_through(shop: Shop) -> None:
    run(shop, "begin")
    guide(shop).go_to(Step.LOOK)
    reads = shop.services.reads
    reads.hold = True
    run(shop, "next")
    run(shop, "next")
    reads.hold = False
    reads.release()
    assert step(shop) is None
    assert shop.said().count("The hour is through: 0 minutes used today") == 1


def test_a_break_stops_the_count_and_the_next_step(shop: Shop) -> None:
    run(shop, "begin")
    run(shop, "pause")
    assert shop.shell.hour.paused
    assert not shop.shell.actions.applies("hour.next")
    assert guide(shop).bar.hint.text() == "A break: no minutes are counted."
    run(shop, "pause")
    assert not shop.shell.hour.paused
    run(shop, "leave")
    assert step(shop) is None
    assert shop.shell.actions.applies("hour.begin")


def test_leaving_during_a_break_goes_on_counting(shop: Shop) -> None:
    run(shop, "begin")
    run(shop, "pause")
    run(shop, "leave")
    assert not shop.shell.hour.paused


def test_the_minutes_used_are_shown_and_nothing_turns_red_or_stops_when_they_are_full(shop: Shop) -> None:
    run(shop, "begin")
    hour = shop.shell.hour
    hour._seconds = 61 * 60
    hour.changed.emit(61)
    bar = guide(shop).bar
    assert bar.used.text() == "61 of 60 min"
    assert bar.hint.text() == "Your 60 minutes are used. The rest can wait."
    assert bar.next.isEnabled()
    shop.services.settings.change(Hour, enabled=False)
    assert bar.used.text() == "61 min"


def test_it_is_gone_on_with_after_a_restart_of_the_same_day_alone(shop: Shop, clock: FakeClock, tmp_path: Path) -> None:
    run(shop, "begin")
    remembered: QSettings = guide(shop)._remembered
    assert str(remembered.value(GUIDE)).endswith("late on")
    again = HourGuide(shop.shell.page_face, shop.shell.window, shop.shell.hour, remembered)
    assert again.resume()
    assert again.guide is not None
    assert again.guide.paused
    again.leave()
    remembered.setValue(GUIDE, "2026-11-17 late on")
    assert not HourGuide(shop.shell.page_face, shop.shell.window, shop.shell.hour, remembered).resume()


def test_another_day_ends_it(shop: Shop, clock: FakeClock) -> None:
    run(shop, "begin")
    run(shop, "pause")
    clock.advance(86_400)
    shop.shell.hour.changed.emit(0)
    assert step(shop) is None
    assert not shop.shell.hour.paused


def test_keys_alone_do(shop: Shop, qapp: QApplication) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    for key in (Qt.Key.Key_G, Qt.Key.Key_H):
        QTest.keyClick(focus, key)
    assert step(shop) is Step.LATE
    shop.shell.window.show_page("today")
    for _ in range(len(guide(shop).bar.findChildren(QWidget)) + 3):
        shop.shell.face.focus_next_pane(1)
        if guide(shop).bar.isAncestorOf(QApplication.focusWidget()):
            break
    assert guide(shop).bar.isAncestorOf(QApplication.focusWidget())


def test_everything_of_the_bar_has_a_name(shop: Shop) -> None:
    run(shop, "begin")
    assert nameless(guide(shop).bar) == []
