"""Searching in the Inbox as its user meets it: finds while typing, marks, proposals, saved searches, and what suddenly repeats."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.find import SavedSearchRow
from app.models.spike import Spike
from app.ui.inbox.find_field import FindField
from app.ui.inbox.nothing_found import NothingFound
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeChanges, FakeServices

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., Inbox]


def search(inbox: Inbox, text: str) -> FindField:
    """Typed key by key, and the pause after it over."""
    inbox.press(Qt.Key.Key_F, CTRL)
    field = inbox.page.list.field
    assert isinstance(field, FindField)
    field.clear()
    type_on(inbox, text)
    return field


def type_on(inbox: Inbox, text: str) -> None:
    QTest.keyClicks(inbox.page.list.field, text)
    inbox.page.list._pause.timeout.emit()
    inbox.settle()


def strip(inbox: Inbox) -> str:
    shown = inbox.page.searching._strip
    return f"{shown.trouble.text()} {shown.label.text()}".strip() if shown is not None and not shown.isHidden() else ""


# ---- finding


def test_it_finds_while_one_types_newest_first(inbox: Inbox) -> None:
    search(inbox, "marea")
    assert inbox.listed() == [4, 3, 2]
    type_on(inbox, " descarga")
    assert inbox.listed() == [2]


def test_accents_and_capitals_make_no_difference(inbox: Inbox) -> None:
    search(inbox, "PUBLICACION")
    assert inbox.listed() == [7]


def test_an_older_answer_is_dropped(services: FakeServices, open_inbox: Open) -> None:
    inbox = open_inbox()
    services.reads.waits = True
    search(inbox, "vinilos")
    type_on(inbox, " nada")
    services.reads.deliver_all()
    inbox.settle()
    assert inbox.listed() == []
    assert inbox.page.desk.searched == "vinilos nada"


def test_rare_finds_come_with_later_answers(services: FakeServices, open_inbox: Open) -> None:
    services.found_at_once = 2
    inbox = open_inbox()
    search(inbox, "thanks")
    assert inbox.listed() == [21]


def test_operators_work_in_the_language_of_the_screen(open_inbox: Open) -> None:
    inbox = open_inbox(language="es")
    search(inbox, "es:pospuesta")
    assert inbox.listed() == [20]
    assert strip(inbox) == "1 conversación"


def test_what_is_not_understood_is_said_quietly_and_the_words_are_searched(inbox: Inbox) -> None:
    search(inbox, "before:someday marea")
    assert inbox.listed() == [4, 3, 2]
    assert "someday" in strip(inbox)
    search(inbox, "color:blue")
    assert "color" in strip(inbox)


def test_nothing_found_says_how_much_was_searched_and_offers_what_finds(inbox: Inbox) -> None:
    search(inbox, "marea submarino")
    shown = inbox.page.list.stack.currentWidget()
    assert isinstance(shown, NothingFound)
    assert "1,234" in shown.sentence.text()
    assert [button.text() for button in shown._offers] == ["Only “\u2068marea\u2069”"]
    shown._offers[0].click()
    inbox.settle()
    assert inbox.listed() == [4, 3, 2]
    assert inbox.page.list.field.text() == "marea"


def test_a_search_narrowed_to_an_account_offers_all_of_them(inbox: Inbox) -> None:
    inbox.page.views.accounts[4].click()
    search(inbox, "descarga")
    shown = inbox.page.list.stack.currentWidget()
    assert isinstance(shown, NothingFound)
    shown._offers[0].click()
    inbox.settle()
    assert inbox.listed() == [2]


def test_escape_leaves_the_search_and_the_view_is_back(inbox: Inbox) -> None:
    search(inbox, "marea")
    inbox.press(Qt.Key.Key_Escape)
    assert len(inbox.listed()) == 10
    assert inbox.page.list.painter.marking is None
    assert inbox.page.conversation.messages.hits() == []


# ---- what is marked


def test_the_hit_is_marked_in_the_list_and_in_the_conversation(inbox: Inbox) -> None:
    search(inbox, "descarga")
    marking = inbox.page.list.painter.marking
    assert marking is not None
    row = inbox.page.desk.model.row_at(0)
    assert row is not None
    font = inbox.look.theme.font("small")
    assert [number for number, _, _ in marking(row.snippet, [row.snippet], font)] == [0]
    assert len(inbox.page.conversation.messages.hits()) == 2  # one of theirs, one of ours


def test_f3_goes_from_hit_to_hit(inbox: Inbox) -> None:
    search(inbox, "descarga")
    inbox.press(Qt.Key.Key_Return)
    messages = inbox.page.conversation.messages
    first, second = messages.hits()
    inbox.press(Qt.Key.Key_F3)
    assert messages._is_selected(*first)
    inbox.press(Qt.Key.Key_F3)
    assert messages._is_selected(*second)
    inbox.press(Qt.Key.Key_F3)
    assert messages._is_selected(*first)
    inbox.press(Qt.Key.Key_F3, SHIFT)
    assert messages._is_selected(*second)


def test_without_a_search_nothing_is_marked_and_f3_does_not_apply(inbox: Inbox) -> None:
    assert not inbox.shell.actions.applies("inbox.next_hit")


# ---- proposals


def test_operators_are_proposed_and_taken_with_tab(inbox: Inbox) -> None:
    field = search(inbox, "acc")
    assert field.popup is not None
    assert field.popup.titles() == ["account:"]
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "account:"
    type_on(inbox, "@au")
    assert field.popup.titles() == ["@aurora", "@aurora.mx"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "account:@aurora.mx "
    assert not field.proposes
    assert field.hasFocus()


def test_escape_puts_proposals_away_before_it_leaves_the_search(inbox: Inbox) -> None:
    field = search(inbox, "is:un")
    assert field.proposes
    inbox.press(Qt.Key.Key_Escape)
    assert not field.proposes
    assert inbox.page.list.searching
    inbox.press(Qt.Key.Key_Escape)
    assert not inbox.page.list.searching


def test_enter_searches_while_nothing_was_moved_to(inbox: Inbox) -> None:
    field = search(inbox, "is:un")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "is:un"
    assert inbox.page.list.rows.hasFocus()


def test_down_in_an_empty_field_proposes_and_in_a_plain_word_goes_to_the_list(inbox: Inbox) -> None:
    field = search(inbox, "")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.proposes
    field.put_away()
    type_on(inbox, "marea")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert inbox.page.list.rows.hasFocus()


# ---- saved searches


@pytest.fixture(name="saved")
def _saved(services: FakeServices, open_inbox: Open) -> Inbox:
    services.saved = [SavedSearchRow(1, "Marea", "marea"), SavedSearchRow(2, "Thanks", "thanks")]
    services.saved_counts = {1: 3}
    return open_inbox()


def test_saved_searches_stand_in_the_column_with_their_counts(saved: Inbox) -> None:
    entries = saved.page.views.searches
    assert [(entry.text(), entry.count) for entry in entries.values()] == [("Marea", 3), ("Thanks", 0)]
    saved.services.saved_counts = {2: 7}
    saved.services.changed.emit(FakeChanges(search_hit={2}))
    saved.settle()
    assert [entry.count for entry in saved.page.views.searches.values()] == [0, 7]


def test_g_s_opens_them_one_after_the_other(saved: Inbox) -> None:
    for shown, ids in ((1, [4, 3, 2]), (2, [21]), (1, [4, 3, 2])):
        saved.press("g")
        saved.press("s")
        assert saved.page.searching.saved.shown_id == shown
        assert saved.listed() == ids
        assert saved.page.views.searches[shown].isChecked()
    assert saved.page.list.title.text() == "Marea"
    assert saved.page.list.painter.marking is not None


def test_a_view_is_back_with_one_key(saved: Inbox) -> None:
    saved.page.views.searches[1].click()
    saved.press("g")
    saved.press("d")
    assert saved.page.searching.saved.shown_id is None
    assert not saved.page.views.searches[1].isChecked()


def test_a_search_is_saved_with_its_words_in_english(open_inbox: Open) -> None:
    inbox = open_inbox(language="es")
    search(inbox, "marea -es:pospuesta")
    inbox.press(Qt.Key.Key_S, CTRL)
    sheet = inbox.page.searching.saved.sheet
    assert sheet is not None
    assert sheet.words.text == "marea -es:pospuesta"
    assert set(sheet.boxes) == {1, 3, 4}  # Instagram cannot be searched
    sheet.name.line.setText("Marea")
    assert sheet.cost.isHidden()
    sheet.boxes[1].setChecked(True)
    assert "0.10 USD" in sheet.cost.label.text()
    sheet.boxes[1].setChecked(False)
    sheet.boxes[3].setChecked(True)
    sheet.asks.setChecked(True)
    sheet.main.click()
    inbox.settle()
    assert inbox.services.acts("save_search") == [("save_search", "Marea", "marea -is:snoozed", (3,), True)]
    assert inbox.page.searching.saved.shown_id == 1
    assert inbox.listed() == [4, 3, 2]


def test_a_search_without_a_name_is_not_saved(inbox: Inbox) -> None:
    search(inbox, "marea")
    inbox.press(Qt.Key.Key_S, CTRL)
    sheet = inbox.page.searching.saved.sheet
    assert sheet is not None
    sheet.main.click()
    assert not sheet.isHidden()
    assert inbox.services.acts("save_search") == []


def test_a_saved_search_is_changed_moved_and_forgotten(saved: Inbox) -> None:
    saved.page.views.searches[1].click()
    saved.shell.actions.run("inbox.edit_search")
    sheet = saved.page.searching.saved.sheet
    assert sheet is not None
    sheet.name.line.setText("El disco")
    sheet.main.click()
    saved.settle()
    assert saved.page.list.title.text() == "El disco"
    saved.shell.actions.run("inbox.search_down")
    saved.settle()
    assert list(saved.page.views.searches) == [2, 1]
    saved.shell.actions.run("inbox.remove_search")
    saved.settle()
    assert list(saved.page.views.searches) == [2]
    assert saved.page.searching.saved.shown_id is None


def test_without_any_g_s_opens_the_field(inbox: Inbox) -> None:
    inbox.press("g")
    inbox.press("s")
    assert inbox.page.list.searching
    assert strip(inbox) != ""


# ---- spikes

SPIKE = Spike("descarga", (2, 5), 2, 1, 1, 18_400)


def test_one_strip_says_what_repeats_and_shows_it(inbox: Inbox) -> None:
    assert inbox.page.searching.spikes.strip is None
    inbox.services.spikes.show(SPIKE)
    shown = inbox.page.searching.spikes.strip
    assert shown is not None
    assert (
        shown.accessibleName()
        == "2 messages in 2 hours about “\u2068descarga\u2069” (usually 1). 1 unanswered, reach 18,400."
    )
    shown.open.click()
    inbox.settle()
    assert inbox.listed() == [2, 5]
    assert inbox.page.list.title.text() == "About “descarga”"
    inbox.services.spikes.show(None)
    assert shown.isHidden()


def test_not_a_problem_puts_it_away(inbox: Inbox) -> None:
    inbox.services.spikes.show(SPIKE)
    shown = inbox.page.searching.spikes.strip
    assert shown is not None
    assert shown.close_button is not None
    shown.close_button.click()
    inbox.settle()
    assert inbox.services.spikes.current is None
    assert shown.isHidden()
