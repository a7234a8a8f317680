"""The FAQ page: listed, chosen, written, kept, published, merged, hidden, exported; its states, and all of it by keys."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.faq import FaqFilter, FaqState, FaqWords
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.playbook.drafting import LanguageState
from app.ui.playbook.faq_editor import BEHIND
from app.ui.playbook.faq_page import FaqPage
from app.ui.playbook.faq_rows import line_of
from app.ui.playbook.faq_sheets import ExportSheet, MergeSheet, PublishSheet
from app.ui.playbook.page import PlaybookPage
from tests.fakes.clock import FakeClock
from tests.ui.playbook.fakes import FakePlaybook, three_answers
from tests.ui.playbook.faq_fakes import FakeFaq, question, three
from tests.ui.shop import Shop, close_shop, nameless, open_shop, show_page, texts

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Shop]
ENTRIES = (
    PageEntry("playbook", "book-open", "page.playbook", PlaybookPage),
    PageEntry("faq", "book-open", "page.faq", FaqPage, in_rail=False, rail_id="playbook"),
)


@pytest.fixture
def open_faq(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Generator[Open, None, None]:
    opened: list[Shop] = []

    def opens(rows: Any = None, *, width: int = 1440, read_only: bool = False, **fields: Any) -> Shop:
        shop = open_shop(qapp, look, clock, tmp_path, ENTRIES)
        FakePlaybook(three_answers(), clock).lend(shop)
        fake = FakeFaq(three() if rows is None else rows)
        for name, value in fields.items():
            setattr(fake, name, value)
        fake.lend(shop)
        shop.services.data.read_only = read_only
        show_page(shop, qapp, "faq", width)
        opened.append(shop)
        return shop

    yield opens
    for shop in opened:
        close_shop(shop, qapp)


def page_of(shop: Shop) -> FaqPage:
    page = shop.page
    assert isinstance(page, FaqPage)
    return page


def fake_of(shop: Shop) -> FakeFaq:
    fake: FakeFaq = shop.services.faq
    return fake


def press(shop: Shop, command: str, application: QApplication) -> None:
    shop.shell.actions.run(command)
    application.processEvents()


def sheet_of(shop: Shop, kind: type[Any]) -> Any:
    return next(sheet for sheet in shop.shell.window.findChildren(kind) if sheet.isVisible())


# ---- the list


def test_questions_stand_with_count_trend_state_and_what_their_link_saves(open_faq: Open, look: Look) -> None:
    page = page_of(open_faq())
    said = [row.said for row in page.list.model.rows]
    assert said == [
        "When do you open?, asked 12 times, 2 before, published, 50% by link, languages: ES and EN",
        "Question 2?, asked 5 times, new: not asked in the period before, asked often, languages: ES and EN",
        "Question 3?, asked 3 times, asked often, languages: ES and EN",
    ]
    assert [(row.way, row.change) for row in page.list.model.rows] == [("arrow-up-bold", "10"), ("", "new"), ("", "")]
    assert line_of(look, question(4, 2, before=2)).change == "="
    assert line_of(look, question(4, 1, before=2)).way == "arrow-down-bold"


def test_the_open_question_says_all_that_is_known_of_it(open_faq: Open) -> None:
    page = page_of(open_faq())
    shown = " ".join(texts(page))
    for words in (
        "Asked 12 times in 28 days, 2 in the same time before",
        "Published at https://shop.example/faq",
        "Its link was sent 12 times, 10 solved",
        "6 of 12 cases answered with its link",
        "Words in common: abren",
        "From the playbook: Opening hours",
        "3 messages",
        "40 questions",
    ):
        assert words in shown
    page.desk.open(3)
    assert "Messages go back to" in page.editor.figures.text()
    assert nameless(page) == []


def test_arrows_choose_enter_goes_behind_and_enter_opens_the_conversation(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page = page_of(shop)
    assert page.list.rows.hasFocus()
    QTest.keyClick(page.list.rows, Qt.Key.Key_Down)
    assert page.desk.entry_id == 2
    QTest.keyClick(page.list.rows, Qt.Key.Key_Return)
    assert page.behind.rows.hasFocus()
    QTest.keyClick(page.behind.rows, Qt.Key.Key_Down)
    assert page.behind.message is not None
    assert page.behind.message.conversation_id == 201
    assert shop.shell.actions.applies("faq.move_out")
    press(shop, "faq.move_out", qapp)
    assert ("move out", (21,), None) in fake_of(shop).asked
    QTest.keyClick(page.behind.rows, Qt.Key.Key_Escape)
    assert page.list.rows.hasFocus()
    QTest.keyClick(page.list.rows, Qt.Key.Key_Return)
    QTest.keyClick(page.behind.rows, Qt.Key.Key_Return)
    assert shop.shell.window.current == "inbox"


def test_period_account_and_language_are_chosen(open_faq: Open) -> None:
    shop = open_faq()
    page, fake = page_of(shop), fake_of(shop)
    page.list.period.choose(90)
    page.list.account.setCurrentIndex(1)
    page.list.spoken.choose("es")
    page.list.spoken.activated.emit(1)
    assert [what[1] for what in fake.asked if what[0] == "list"][-1] == FaqFilter(90, 1, "es")
    assert (page.list.account.currentData(), page.list.spoken.currentData()) == (1, "es")


# ---- writing


def test_what_is_written_is_kept_and_ctrl_s_makes_one_act_of_it(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page, fake = page_of(shop), fake_of(shop)
    page.desk.open(2)
    page.editor.answer.text.setPlainText("At ten")
    page.editor.answer.text.setPlainText("At ten.")
    assert not page.editor.save.isHidden()
    page.desk.keep_now()
    written = FaqWords({"en": "Question 2?", "es": "¿Pregunta 2?"}, {"en": "At ten."})
    assert ("keep", 2, written) in fake.asked
    press(shop, "faq.save", qapp)
    assert ("write", 2, written, (FaqState.ASKED, FaqWords(written.question))) in fake.asked
    assert page.editor.save.isHidden()
    assert page.list.model.rows[1].state is FaqState.DRAFT
    press(shop, "faq.save", qapp)
    assert len([what for what in fake.asked if what[0] == "write"]) == 1


def test_leaving_for_another_question_keeps_what_was_written(open_faq: Open) -> None:
    shop = open_faq()
    page, fake = page_of(shop), fake_of(shop)
    page.editor.question.text.setPlainText("When do you open today?")
    assert page.unkept().texts
    page.desk.open(2)
    assert [what[1] for what in fake.asked if what[0] == "write"] == [1]
    assert page.editor.question.text.toPlainText() == "Question 2?"
    page.desk.open(1)
    assert page.editor.question.text.toPlainText() == "When do you open today?"
    assert not page.unkept().texts


def test_what_was_taken_back_below_is_shown(open_faq: Open) -> None:
    shop = open_faq()
    page, fake = page_of(shop), fake_of(shop)
    page.editor.question.text.setPlainText("Other words?")
    page.acts.save()
    fake.change(1, words=three()[0].words)
    assert page.editor.question.text.toPlainText() == "When do you open?"
    assert not page.desk.unsaved


def test_ctrl_tab_goes_through_the_languages_and_one_is_added(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page = page_of(shop)
    press(shop, "faq.next_language", qapp)
    assert page.editor.question.text.toPlainText() == "¿Cuándo abren?"
    press(shop, "faq.previous_language", qapp)
    assert page.desk.language == "en"
    page.editor.tabs.added.emit("fr")
    assert page.editor.question.text.hasFocus()
    page.editor.question.text.setPlainText("Quand ?")
    assert page.desk.words.question["fr"] == "Quand ?"


def test_tabs_say_which_translation_is_older_than_the_main_words(open_faq: Open) -> None:
    shop = open_faq()
    page = page_of(shop)
    page.desk.open(1)

    def states() -> list[LanguageState | None]:
        return [tab.face.state for tab in page.editor.tabs.tabs()]

    assert states() == [LanguageState.MAIN, LanguageState.MISSING]
    page.editor.choose_tab("es")
    page.editor.answer.text.setPlainText("A las diez.")
    page.desk.settle()
    page.desk.read()
    assert states() == [LanguageState.MAIN, LanguageState.FRESH]
    page.editor.choose_tab("en")
    page.editor.answer.text.setPlainText("At eleven.")
    assert states() == [LanguageState.MAIN, LanguageState.OLDER]
    assert "older than English" in page.editor.tabs.tabs()[1].accessibleName()


def test_the_best_answer_comes_into_the_editor_without_who_it_was_for(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page = page_of(shop)
    page.desk.open(2)
    press(shop, "faq.use_best", qapp)
    assert page.editor.answer.text.toPlainText() == "We open at ten."
    assert page.desk.unsaved


# ---- acts


def test_it_is_published_with_an_address(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page, fake = page_of(shop), fake_of(shop)
    page.desk.open(2)
    press(shop, "faq.publish", qapp)
    assert "Write the answer first." in shop.said()
    assert page.editor.answer.text.hasFocus()
    page.editor.answer.text.setPlainText("At ten.")
    press(shop, "faq.publish", qapp)
    sheet = sheet_of(shop, PublishSheet)
    sheet.url.line.setText("nowhere")
    sheet.save()
    assert "This is no address of a page" in sheet.url._sentence.text()
    sheet.url.line.setText("shop.example/faq#ten")
    QTest.keyClick(sheet.url.line, Qt.Key.Key_Return)
    qapp.processEvents()
    assert ("publish", 2, "shop.example/faq#ten") in fake.asked
    assert page.list.model.rows[1].state is FaqState.PUBLISHED
    press(shop, "faq.withdraw", qapp)
    assert page.list.model.rows[1].state is FaqState.DRAFT


def test_two_are_merged_by_typing_a_word_of_the_other(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page, fake = page_of(shop), fake_of(shop)
    press(shop, "faq.merge", qapp)
    sheet = sheet_of(shop, MergeSheet)
    assert not sheet.join.isEnabled()
    sheet.other.setText("Question 3? · 3")
    QTest.keyClick(sheet.other, Qt.Key.Key_Return)
    sheet.save()
    qapp.processEvents()
    assert ("merge", 1, (3,)) in fake.asked
    assert len(page.list.model.rows) == 2


def test_hidden_ones_are_left_out_until_they_are_asked_for(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page = page_of(shop)
    page.desk.open(2)
    press(shop, "faq.hide", qapp)
    assert [row.entry_id for row in page.list.model.rows] == [1, 3]
    assert page.desk.entry_id == 3
    press(shop, "faq.hidden", qapp)
    page.desk.open(2)
    press(shop, "faq.show", qapp)
    assert page.list.model.rows[1].state is FaqState.ASKED


def test_an_answer_of_the_playbook_is_made_and_shown(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    press(shop, "faq.make_answer", qapp)
    assert ("answer", 1) in fake_of(shop).asked
    assert shop.shell.window.current == "playbook"
    shop.shell.open("faq")
    page_of(shop).desk.open(3)
    press(shop, "faq.make_answer", qapp)
    assert "Write the answer first." in shop.said()


def test_the_export_asks_language_entries_and_order(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq(
        [
            three()[0],
            question(2, 5, FaqState.DRAFT, words=FaqWords({"en": "B?", "es": "¿B?"}, {"en": "b", "es": "b"})),
            question(3, 3),
        ]
    )
    page, fake = page_of(shop), fake_of(shop)
    press(shop, "faq.export", qapp)
    sheet = sheet_of(shop, ExportSheet)
    assert sheet.ids == [1, 2]
    sheet.lines[1].check.setFocus()
    QTest.keyClick(sheet.lines[1].check, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.ids == [2, 1]
    sheet.language.choose("es")
    sheet.language.activated.emit(1)
    assert sheet.ids == [2]
    sheet.lines[0].check.setChecked(False)
    assert not sheet.write.isEnabled()
    assert nameless(sheet) == []
    page.acts.write(Path("faq.md"), "en", [2, 1])
    assert ("export", "faq.md", "en", (2, 1)) in fake.asked
    assert "2 questions are in faq.md" in shop.said()


def test_with_nothing_written_there_is_nothing_to_export(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq([question(2, 5)])
    press(shop, "faq.export", qapp)
    assert "No question has an answer yet. Write one, then export." in shop.said()


# ---- states


def test_without_groups_it_says_how_many_questions_there_are(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq([])
    page = page_of(shop)
    assert page.empty.heading.text() == "40 questions so far; groups begin with three alike"
    assert page.empty.isVisible()
    assert not page.behind.isVisible()
    press(shop, "faq.look", qapp)
    assert ("gather", 28) in fake_of(shop).asked


def test_all_hidden_is_said(open_faq: Open) -> None:
    page = page_of(open_faq([question(2, 5, FaqState.HIDDEN)]))
    assert page.empty.heading.text() == "1 question, and it is hidden"


def test_a_search_that_takes_long_says_how_far_it_is_and_is_stopped(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq(due=True, waits=True)
    page, fake = page_of(shop), fake_of(shop)
    assert fake.is_under_way
    assert page.list.going.isHidden()
    fake.progress.emit(0, 12)
    assert page.list.going.isHidden(), "not before half a second"
    page.desk.search._patience.stop()
    fake.progress.emit(0, 12)
    assert page.list.going_said.text() == "Reading, 12 questions so far"
    fake.progress.emit(250, 1200)
    assert page.list.going_said.text() == "Comparing, 250 of 1,200"
    press(shop, "faq.stop", qapp)
    shop.go_on()
    assert page.list.going_said.text() == "Stopped. What was found before stays."
    assert page.list.stop.isHidden()
    page.shown()
    assert len([what for what in fake.asked if what[0] == "gather"]) == 1, "who stopped it begins it anew"
    fake.stopped = fake.waits = False
    press(shop, "faq.look", qapp)
    assert page.list.going.isHidden()


def test_without_a_best_answer_it_says_so(open_faq: Open) -> None:
    page = page_of(open_faq(best=None))
    assert page.behind.best.text() == "No answer yet that settled the matter."
    assert page.behind.use.isHidden()


def test_a_profile_that_is_only_read_is_looked_at(open_faq: Open) -> None:
    shop = open_faq(read_only=True, due=True)
    page, fake = page_of(shop), fake_of(shop)
    assert ("gather", 28) not in fake.asked
    assert page.editor.question.text.isReadOnly()
    assert not page.editor.make.isEnabled()
    assert not shop.shell.actions.applies("faq.publish")


# ---- the page


def test_where_the_window_is_narrow_what_stands_behind_is_a_tab(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq(width=1024)
    page = page_of(shop)
    assert page.editor.narrow
    QTest.keyClick(page.list.rows, Qt.Key.Key_Return)
    assert page.editor.tabs.key == BEHIND
    assert page.behind.rows.hasFocus()
    QTest.keyClick(page.behind.rows, Qt.Key.Key_Escape)
    assert page.editor.tabs.key == "en"
    shop.shell.window.resize(1440, 900)
    qapp.processEvents()
    assert not page.editor.narrow
    page.toggle_side_pane()
    assert page.behind.isHidden()


def test_the_tabs_lead_from_answers_to_questions_and_back(open_faq: Open, qapp: QApplication) -> None:
    shop = open_faq()
    page_of(shop).list.tabs.chosen.emit(0)
    assert shop.shell.window.current == "playbook"
    press(shop, "go.faq", qapp)
    assert shop.shell.window.current == "faq"


def test_another_language_makes_it_anew(open_faq: Open, look: Look) -> None:
    shop = open_faq()
    page = page_of(shop)
    page.desk.open(2)
    look.words.language = "es"
    page.retranslate()
    assert page.desk.entry_id == 2
    assert page.list.rows.hasFocus()
    assert page.list.model.rows[1].said.startswith("¿Pregunta 2?, preguntada 5 veces")
    look.words.language = "en"
