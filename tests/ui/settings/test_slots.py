"""Settings, Good times: the week of an account by keys and by mouse, and its own best times offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.best_time import BestTime
from app.runtime.settings import Posting
from app.ui.settings.slot_grid import TimeChip
from app.ui.settings.slots import SlotSheet, SlotsPane
from tests.ui.settings.fake_slots import FRIDAY, MONDAY, SUNDAY, FakeGrid
from tests.ui.shop import Shop, nameless, texts
from tests.ui.stand_ins import TouchedAll


@pytest.fixture
def fake(shop: Shop) -> FakeGrid:
    made = shop.services.slots
    assert isinstance(made, FakeGrid)
    made.tell = lambda: shop.services.changed.emit(TouchedAll("slot", "slot_day"))
    return made


@pytest.fixture
def pane(shop: Shop, fake: FakeGrid, qapp: QApplication) -> SlotsPane:
    shop.shell.window.show_page("settings", section="slots")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, SlotsPane)
    return found


def chips(pane: SlotsPane, weekday: int) -> list[TimeChip]:
    return [part for part in pane.week.columns[weekday] if isinstance(part, TimeChip)]


def key(what: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, what)


def sheet_of(shop: Shop) -> SlotSheet:
    found = shop.shell.window.overlay()
    assert isinstance(found, SlotSheet)
    return found


def test_the_week_shows_times_queues_and_what_is_too_near(pane: SlotsPane) -> None:
    assert [chip.accessibleName() for chip in chips(pane, MONDAY)] == ["Monday 10:00", "Monday 10:30"]
    assert [chip.near for chip in chips(pane, MONDAY)] == [False, True]
    assert chips(pane, FRIDAY)[0].accessibleName() == "Friday 17:00, queue Offers"
    assert nameless(pane) == []
    assert "America/Mexico_City" in pane.said.text()
    pane.grab()
    pane.account.choose(2)
    pane.account.activated.emit(1)
    assert [chip.accessibleName() for chip in chips(pane, SUNDAY)] == ["Sunday 11:00"]


def test_own_best_times_are_offered_with_how_much_they_are_known_and_taken_with_a_click(
    pane: SlotsPane, fake: FakeGrid, qapp: QApplication
) -> None:
    assert "38% above your average, from 6 posts (enough)" in texts(pane)
    assert "20% above your average, from 3 posts (thin)" in texts(pane)
    offered = chips(pane, 2)[0]
    assert offered.accessibleName() == "Add Wednesday 19:30"
    QTest.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert fake.asked == [("add", 1, (2,), 19 * 60 + 30, "")]
    fake.best = (BestTime(1, 660, 0, general=True),)
    pane.read()
    qapp.processEvents()
    assert "General best times" in texts(pane)
    assert "general, not from your figures" in texts(pane)


def test_a_time_is_added_on_several_days_by_keys(shop: Shop, pane: SlotsPane, fake: FakeGrid) -> None:
    chips(pane, MONDAY)[0].setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    sheet = sheet_of(shop)
    sheet.time.line.setText("9.15")
    sheet.days[1].setChecked(True)
    sheet.queue.choose("help")
    QTest.keyClick(sheet.time.line, Qt.Key.Key_Return)
    assert fake.asked[-1] == ("add", 1, (0, 1), 9 * 60 + 15, "help")
    assert chips(pane, MONDAY)[0].accessibleName() == "Monday 09:15, queue Help & how-to"


def test_what_cannot_be_is_said_in_the_sheet(shop: Shop, pane: SlotsPane) -> None:
    QTest.mouseClick(chips(pane, MONDAY)[1], Qt.MouseButton.LeftButton)
    sheet = sheet_of(shop)
    for typed, said in (("24:30", "No day has that time"), ("10:00", "already on this day")):
        sheet.time.line.setText(typed)
        sheet.keep()
        assert said in " ".join(texts(sheet))
    sheet.time.line.setText("12:00")
    sheet.keep()
    assert [chip.accessibleName() for chip in chips(pane, MONDAY)] == ["Monday 10:00", "Monday 12:00"]


def test_arrows_go_about_and_delete_takes_away(pane: SlotsPane, fake: FakeGrid, shop: Shop) -> None:
    chips(pane, MONDAY)[0].setFocus()
    key(Qt.Key.Key_Down)
    assert chips(pane, MONDAY)[1].hasFocus()
    key(Qt.Key.Key_Delete)
    assert [slot.id for slot in fake.grid.slots] == [1, 3, 4]
    assert "Monday 10:30 taken away" in shop.said()[-1]
    assert pane.week.isAncestorOf(QApplication.focusWidget())
    chips(pane, MONDAY)[0].setFocus()
    key(Qt.Key.Key_Right)
    assert QApplication.focusWidget() in pane.week.columns[1]
    key(Qt.Key.Key_Up)
    assert QApplication.focusWidget() in pane.week.switches


def test_a_day_is_switched_off_and_keeps_its_times(pane: SlotsPane, fake: FakeGrid) -> None:
    switch = next(each for each in pane.week.switches if each.text() == "Mon")
    switch.setFocus()
    key(Qt.Key.Key_Space)
    assert fake.grid.off == {(2, SUNDAY), (1, MONDAY)}
    assert len(chips(pane, MONDAY)) == 2
    pane.grab()
    key(Qt.Key.Key_Space)
    assert fake.grid.off == {(2, SUNDAY)}


def test_all_accounts_may_have_the_same_times(pane: SlotsPane, fake: FakeGrid) -> None:
    pane.copy.click()
    assert fake.asked[-1] == ("copy_to", 1, (2, 3))


def test_limits_and_the_goal_of_the_mix_are_set_beside(pane: SlotsPane, shop: Shop) -> None:
    assert set(pane.keys()) == {"posting.day_limit", "posting.silence_days", "posting.paces", "posting.selling"}
    pane.row("posting.selling").editor.widget.box.setValue(30)  # type: ignore[attr-defined]
    assert shop.services.settings.get(Posting).selling == 30


@pytest.mark.parametrize("width", [1024, 1440])
def test_the_week_fits(shop: Shop, pane: SlotsPane, qapp: QApplication, width: int) -> None:
    shop.shell.window.resize(width, 640)
    qapp.processEvents()
    assert all(part.width() >= 56 for column in pane.week.columns for part in column if isinstance(part, TimeChip))
    assert pane.week.width() <= pane.width()


Opens = Callable[..., Shop]


def test_an_account_has_limits_of_its_own_and_loses_them_with_zero(pane: SlotsPane, shop: Shop) -> None:
    number = pane.paces.account_id
    pane.paces.a_day.box.setValue(2)
    pane.paces.silence.box.setValue(5)
    assert shop.services.settings.get(Posting).paces == ((number, 2, 5),)
    pane.paces.account.setCurrentIndex(1)
    pane.paces.account.activated.emit(1)
    assert (pane.paces.a_day.value, pane.paces.silence.value) == (0, 0)
    pane.paces.account.choose(number)
    pane.paces.account.activated.emit(0)
    assert (pane.paces.a_day.value, pane.paces.silence.value) == (2, 5)
    pane.paces.a_day.box.setValue(0)
    pane.paces.silence.box.setValue(0)
    assert shop.services.settings.get(Posting).paces == ()
