"""The page of questions: replies in groups, and what is done with them by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.dialogs import Sheet
from app.ui.questions.acts import GroupSheet
from app.ui.questions.page import QuestionsPage
from app.ui.questions.rows import Line
from app.ui.widgets.button import Button
from tests.ui.questions.fakes import FakeQuestions, reply
from tests.ui.shop import Shop, nameless
from tests.ui.stand_ins import TouchedAll

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
Open = Callable[..., tuple[Shop, FakeQuestions]]


def page_of(shop: Shop) -> QuestionsPage:
    page = shop.page
    assert isinstance(page, QuestionsPage)
    return page


def said(shop: Shop) -> list[str]:
    return [each.message.id for each in shop.shell.notices.history()]


def key(letter: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, letter)
    QApplication.processEvents()


def into_replies(page: QuestionsPage, place: int) -> None:
    page.replies.setFocus(Qt.FocusReason.OtherFocusReason)
    page.replies.choose(place)
    QApplication.processEvents()


def test_replies_stand_under_the_heading_of_their_group(open_page: Open) -> None:
    shop, _ = open_page()
    page = page_of(shop)
    assert [each.id for each in page.questions] == [1, 2]
    assert page.question is page.questions[0]
    rows = page.replies.lines.rows
    assert [isinstance(row, Line) and row.reply is None for row in rows] == [True, False, False, False, True, False]
    assert "marea baja" in rows[0].said
    assert "3 people" in rows[0].said
    assert "Standing alone" in rows[4].said
    assert page.list.hasFocus()
    assert not nameless(page)


def test_going_into_the_replies_and_keeping_one_by_keys(open_page: Open) -> None:
    shop, fake = open_page()
    page = page_of(shop)
    key(Qt.Key.Key_Return)
    assert page.replies.hasFocus()
    key(Qt.Key.Key_J)
    key(Qt.Key.Key_Q)
    assert fake.asked == [("keep", 1, (1,), True)]
    assert said(shop) == ["questions.said_kept"]
    shop.services.changed.emit(TouchedAll("kept_reply"))
    assert page.line is not None
    assert page.line.reply is not None
    assert page.line.reply.kept
    key(Qt.Key.Key_Q)
    assert fake.asked[-1] == ("keep", 1, (1,), False)


def test_a_heading_stands_for_all_of_its_group(open_page: Open) -> None:
    shop, fake = open_page()
    into_replies(page_of(shop), 0)
    key(Qt.Key.Key_L)
    key(Qt.Key.Key_Q)
    assert fake.asked == [("like", (1, 2, 3)), ("keep", 1, (1, 2, 3), True)]


def test_more_thanks_than_look_honest_are_asked_about(open_page: Open) -> None:
    fake = FakeQuestions()
    fake.room = 1
    shop, _ = open_page(fake)
    into_replies(page_of(shop), 0)
    key(Qt.Key.Key_1)
    assert fake.asked == [("thank", 1, (1, 2, 3), False)]
    [sheet] = shop.shell.window.findChildren(Sheet)
    [button] = [each for each in sheet.findChildren(Button) if "Thank" in each.text()]
    button.click()
    QApplication.processEvents()
    assert fake.asked[-1] == ("thank", 1, (1, 2, 3), True)


def test_a_reply_is_put_into_a_group_of_ones_own(open_page: Open) -> None:
    shop, fake = open_page()
    page = page_of(shop)
    into_replies(page, 5)
    key(Qt.Key.Key_T)
    [sheet] = shop.shell.window.findChildren(GroupSheet)
    sheet.field.line.setText("Sin nombre")
    sheet.take()
    QApplication.processEvents()
    assert fake.asked == [("put_into", 1, (4,), "Sin nombre")]
    shop.services.changed.emit(TouchedAll("kept_reply"))
    assert page.line is not None
    assert page.line.group.name == "Sin nombre"


def test_a_follow_up_needs_something_kept(open_page: Open) -> None:
    shop, fake = open_page()
    assert not shop.shell.actions.applies("questions.follow_up")
    fake.replies[1] = reply(1, "Marea baja", kept=True)
    shop.services.changed.emit(TouchedAll("kept_reply"))
    QApplication.processEvents()
    assert shop.shell.actions.applies("questions.follow_up")
    shop.shell.actions.run("questions.follow_up")
    QApplication.processEvents()
    assert fake.asked[-1] == ("follow_up", 1, "We asked, you answered:")


def test_replies_that_arrive_stand_there_and_the_choice_stays(open_page: Open) -> None:
    shop, fake = open_page()
    page = page_of(shop)
    into_replies(page, 2)
    fake.replies[9] = reply(9, "Marea baja otra vez")
    shop.services.changed.emit(TouchedAll("message", "conversation"))
    QApplication.processEvents()
    assert len(page.replies.lines.rows) == 7
    assert page.line is not None
    assert page.line.reply is not None
    assert page.line.reply.message_id == 2
    assert page.replies.hasFocus()


def test_the_table_is_written_with_titles_in_the_language_of_the_window(open_page: Open, tmp_path: Path) -> None:
    shop, fake = open_page()
    page_of(shop).choose_file(tmp_path / "replies.csv")
    QApplication.processEvents()
    assert fake.asked[0][:3] == ("export", 1, "replies.csv")
    titles = fake.asked[0][3]
    assert isinstance(titles, tuple)
    assert titles[0] == "Group"
    assert len(titles) == 8


def test_without_questions_it_says_how_to_ask_one(open_page: Open) -> None:
    shop, _ = open_page(FakeQuestions(none=True))
    page = page_of(shop)
    assert page.middle.currentWidget() is page.empty
    assert page.begin.isVisible()


def test_in_a_narrow_window_nothing_is_cut_off(open_page: Open) -> None:
    shop, _ = open_page(width=1024)
    page = page_of(shop)
    for button in page.buttons.values():
        assert button.geometry().right() <= page.right.width()
