"""Settings, Answer times: promises, holidays, closed days and rules, typed by people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.models.conversation import Category
from app.runtime.settings import Answer
from app.runtime.settings import Shop as ShopSettings
from app.ui.settings.answer_times import AnswerTimesPane, DurationEditor, RegionEditor
from app.ui.settings.rows_editor import RowsEditor
from app.ui.settings.targets import TargetEntry
from app.ui.widgets.picker import Picker
from app.ui.widgets.select import Select
from tests.fakes.clock import FakeClock
from tests.ui.shop import Shop, texts


def pane(shop: Shop) -> AnswerTimesPane:
    shop.shell.window.show_page("settings", section="answer")
    shown = shop.page.stack.currentWidget()
    assert isinstance(shown, AnswerTimesPane)
    settle(shop)
    return shown


def settle(shop: Shop) -> None:
    for _ in range(3):
        QApplication.processEvents()
        shop.go_on()


def answer(shop: Shop) -> Answer:
    found = shop.services.settings.get(Answer)
    assert isinstance(found, Answer)
    return found


def write(line: QLineEdit, text: str) -> None:
    """As if typed, and left."""
    line.setText(text)
    line.editingFinished.emit()


def lengths(shown: AnswerTimesPane, key: str) -> QLineEdit:
    editor = shown.row(key).editor
    assert isinstance(editor, DurationEditor)
    return editor.line


def rows(shown: AnswerTimesPane, key: str) -> RowsEditor:
    editor = shown.row(key).editor.widget
    assert isinstance(editor, RowsEditor)
    return editor


def fields(rows: RowsEditor, entry: int = -1) -> list[QLineEdit]:
    return rows.entries[entry].findChildren(QLineEdit)


# ---- promises


def test_promises_are_typed_as_lengths_of_time(shop: Shop) -> None:
    shown = pane(shop)
    assert lengths(shown, "answer.minutes").text() == "1 h"
    write(lengths(shown, "answer.minutes"), "45")
    write(lengths(shown, "answer.next_minutes"), "1 h 30")
    write(lengths(shown, "answer.solved_minutes"), "16 h")
    assert (answer(shop).minutes, answer(shop).next_minutes, answer(shop).solved_minutes) == (45, 90, 960)
    assert lengths(shown, "answer.minutes").text() == "45 min"
    write(lengths(shown, "answer.solved_minutes"), "")
    assert answer(shop).solved_minutes == 0


def test_what_is_no_length_of_time_gets_a_sentence_and_changes_nothing(shop: Shop) -> None:
    shown = pane(shop)
    write(lengths(shown, "answer.minutes"), "soon")
    assert "This is not a length of time. Write it like 45 min, 2 h or 1 h 30." in texts(shown)
    write(lengths(shown, "answer.minutes"), "2 min")
    assert "This goes from 5 min to 720 h." in texts(shown)
    assert answer(shop).minutes == 60
    write(lengths(shown, "answer.minutes"), "2 h")
    assert not any("length of time" in text or "goes from" in text for text in texts(shown))


# ---- holidays


def picker(shown: AnswerTimesPane) -> Picker:
    found = shown.row("answer.holiday_country").editor.widget
    assert isinstance(found, Picker)
    return found


def test_a_country_shows_its_next_three_holidays_and_its_regions(shop: Shop) -> None:
    shown = pane(shop)
    assert picker(shown).text() == "No holidays"
    assert (shown.coming.isVisibleTo(shown), shown.row("answer.holiday_region").isVisibleTo(shown)) == (False, False)
    picker(shown).setText("mexi")
    picker(shown).setText("Mexico")
    picker(shown).settle()
    settle(shop)
    assert answer(shop).holiday_country == "MX"
    assert (
        shown.coming.text()
        == "Closed next: Fri 25 Dec (Christmas Day), Fri 1 Jan (New Year's Day) and Mon 1 Feb (Constitution Day)."
    )
    region = shown.row("answer.holiday_region").editor
    assert isinstance(region, RegionEditor)
    assert isinstance(region.widget, Select)
    assert [region.widget.itemText(each) for each in range(region.widget.count())] == [
        "The whole country",
        "Jalisco",
        "Oaxaca",
    ]
    region.widget.setCurrentIndex(1)
    region.widget.activated.emit(1)
    assert answer(shop).holiday_region == "JAL"


def test_one_click_keeps_the_holidays_of_the_shops_own_country(shop: Shop) -> None:
    shop.services.settings.change(ShopSettings, country="MX")
    settle(shop)  # the page is made anew in the words of the country
    shown = pane(shop)
    assert (shown.own.text(), shown.own.isVisibleTo(shown)) == ("Keep the holidays of Mexico", True)
    shown.own.click()
    settle(shop)
    assert (answer(shop).holiday_country, picker(shown).text()) == ("MX", "Mexico")
    assert not shown.own.isVisibleTo(shown)


def test_another_country_forgets_the_region_and_none_shows_nothing(shop: Shop) -> None:
    shop.services.settings.change(Answer, holiday_country="MX", holiday_region="JAL")
    shown = pane(shop)
    picker(shown).setText("Germany")
    picker(shown).settle()
    settle(shop)
    assert (answer(shop).holiday_country, answer(shop).holiday_region) == ("DE", "")
    assert shown.coming.text().startswith("The list of holidays knows none")
    picker(shown).setText("No holidays")
    picker(shown).settle()
    settle(shop)
    assert (answer(shop).holiday_country, shown.coming.isVisibleTo(shown)) == ("", False)


# ---- closed days


def test_closed_days_are_typed_as_people_write_days(shop: Shop) -> None:
    shown = pane(shop)
    closed = rows(shown, "answer.closed_days")
    closed.add.click()
    name, first, last = fields(closed)
    write(name, "Inventory")
    assert answer(shop).closed_days == (), "a line that is not filled in yet counts for nothing"
    write(first, "28 dec")
    assert answer(shop).closed_days == (("Inventory", "2026-12-28", "2026-12-28"),)
    write(last, "2027-01-02")
    assert answer(shop).closed_days == (("Inventory", "2026-12-28", "2027-01-02"),)


def test_days_that_cannot_be_get_a_sentence(shop: Shop) -> None:
    shown = pane(shop)
    closed = rows(shown, "answer.closed_days")
    closed.add.click()
    _, first, last = fields(closed)
    write(first, "the day after")
    assert "This is not a day. Write it like 24 Dec or 2026-12-24." in texts(shown)
    write(first, "")
    write(last, "24 dec")
    assert "The first day is missing." in texts(shown)
    write(first, "26 dec")
    assert "The last day is before the first." in texts(shown)
    assert answer(shop).closed_days == ()
    write(last, "27 dec")
    assert answer(shop).closed_days == (("", "2026-12-26", "2026-12-27"),)
    assert not any("day is" in text for text in texts(shown))


def test_a_day_with_other_hours_needs_a_day_and_hours(shop: Shop) -> None:
    shown = pane(shop)
    opened = rows(shown, "answer.open_days")
    opened.add.click()
    day, hours = fields(opened)
    write(day, "20 dec")
    write(hours, "ten to four")
    assert "These are not hours. Write them like 10:00-14:00, 16:00-18:00." in texts(shown)
    write(hours, "10-14, 16:00-18:30")
    assert answer(shop).open_days == (("2026-12-20", ((600, 840), (960, 1110))),)
    opened.add.click()
    write(fields(opened)[0], "20 dec")
    write(fields(opened)[1], "9-10")
    assert "Each day can be here once, with hours in order that do not touch." in texts(shown)
    assert len(answer(shop).open_days) == 1


def test_what_is_kept_is_shown_and_taken_away_by_its_button(shop: Shop) -> None:
    shop.services.settings.change(
        Answer, closed_days=(("Move", "2026-12-28", "2026-12-29"), ("", "2027-01-06", "2027-01-06"))
    )
    shown = pane(shop)
    closed = rows(shown, "answer.closed_days")
    assert [line.text() for line in fields(closed, 0)] == ["Move", "28 December 2026", "29 December 2026"]
    assert [line.text() for line in fields(closed, 1)] == ["", "6 January 2027", ""]
    closed.entries[0].remove.click()
    assert answer(shop).closed_days == (("", "2027-01-06", "2027-01-06"),)
    assert closed.focusWidget() is closed.entries[0].remove
    closed.entries[0].remove.click()
    assert (answer(shop).closed_days, closed.focusWidget()) == ((), closed.add)


# ---- rules


def rule(shown: AnswerTimesPane) -> TargetEntry:
    """Another line of the table, for complaints."""
    assert shown.targets is not None
    shown.targets.add.click()
    entry = shown.targets.entries[-1]
    assert isinstance(entry, TargetEntry)
    choose(entry.category, str(Category.COMPLAINT))
    return entry


def choose(select: Select, value: object) -> None:
    select.choose(value)
    select.activated.emit(select.currentIndex())


def test_a_rule_for_a_category_follows_the_wider_one_where_it_is_empty(shop: Shop) -> None:
    shop.services.settings.change(Answer, next_minutes=120, targets=((1, "", None, 240, None),))
    shown = pane(shop)
    entry = rule(shown)
    assert [field.placeholderText() for field in entry.fields] == ["1 h", "2 h", "none"]
    write(entry.fields[0], "30 min")
    write(entry.fields[2], "none")
    assert answer(shop).targets == ((1, "", None, 240, None), (0, "complaint", 30, None, 0))
    choose(entry.account, 1)
    assert answer(shop).targets[-1] == (1, "complaint", 30, None, 0)
    assert [field.placeholderText() for field in entry.fields] == ["1 h", "4 h", "none"]


def test_rules_that_cannot_be_get_a_sentence(shop: Shop) -> None:
    shown = pane(shop)
    first = rule(shown)
    write(first.fields[0], "quickly")
    assert "This is not a length of time. Write it like 45 min, 2 h or 1 h 30." in texts(shown)
    write(first.fields[0], "30")
    second = rule(shown)
    write(second.fields[0], "20")
    assert "There is a rule for this already." in texts(shown)
    choose(second.category, "")
    assert any(text.startswith("For all accounts and categories the times above hold.") for text in texts(shown))
    assert answer(shop).targets == ((0, "complaint", 30, None, None),)


def test_accounts_are_offered_by_their_handles_and_one_that_was_removed_is_said_so(shop: Shop) -> None:
    shop.services.settings.change(Answer, targets=((99, "", 30, None, None),))
    shown = pane(shop)
    assert shown.targets is not None
    entry = shown.targets.entries[0]
    assert isinstance(entry, TargetEntry)
    names = [entry.account.itemText(each) for each in range(entry.account.count())]
    assert names[0] == "All accounts"
    assert "@discosaurora (X)" in names
    assert entry.account.currentText() == "An account that was removed"


# ---- what it moved


def test_it_says_how_many_moved_and_how_far_it_is_when_that_takes_long(shop: Shop, clock: FakeClock) -> None:
    shown = pane(shop)
    answering = shop.services.answering
    answering.progress.emit(200, 8000)
    assert shown.said.text() == ""
    clock.advance(0.6)
    answering.progress.emit(1200, 8000)
    assert shown.said.text() == "Counting answer times anew: 1,200 of 8,000"
    answering.recounted.emit(12)
    assert shown.said.text() == "12 conversations have another answer time now."
    answering.recounted.emit(1)
    assert shown.said.text() == "1 conversation has another answer time now."


def test_a_pane_that_was_made_anew_hears_nothing_more(shop: Shop) -> None:
    old = pane(shop)
    shop.shell.look.theme.choose(zoom=125)
    for _ in range(3):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    shop.services.answering.recounted.emit(12)
    assert pane(shop) is not old


def test_the_whole_page_is_gone_through_by_keyboard(shop: Shop) -> None:
    shown = pane(shop)
    lengths(shown, "answer.minutes").setFocus()
    seen = set()
    for _ in range(90):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.accessibleName() or focus.property("text"), f"{focus} has no name"
        seen.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert shown.targets is not None
    for wanted in (
        shown.targets.add,
        rows(shown, "answer.closed_days").add,
        rows(shown, "answer.open_days").add,
        picker(shown),
    ):
        assert wanted in seen
