"""Answers refused, chosen from all of them, and kept as they were changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.runtime.settings import Style
from app.ui.inbox.answer_picker import AnswerPicker
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.playbook_parts import ALL, MEMO, _five_answers, again, keys, opened, reply, shown  # noqa: F401  (a fixture)


def test_what_does_not_fit_goes_and_comes_back(inbox: Inbox) -> None:
    inbox.services.suggesting.found = {"Marea": ALL}
    opened(inbox)
    inbox.press("1")
    inbox.page._face.actions.run("inbox.not_this")
    assert shown(inbox) == ["Renew it", "Tracking"]
    assert reply(inbox) == ""
    again(inbox)
    assert keys(inbox) == ["renew", "track", "ship"]
    assert inbox.services.acts("not_this") == [("not_this", "link", 203)]
    inbox.page.conversation.suggestions.cards[2].refuse.click()
    again(inbox)
    assert keys(inbox) == ["renew", "track", "hours"]
    inbox.press("z")
    inbox.press("z")
    again(inbox)
    assert "link" in inbox.services.suggesting.found["Marea"]
    assert inbox.services.suggesting.refused == set()


def picker(inbox: Inbox) -> AnswerPicker:
    found = inbox.shell.window.findChildren(AnswerPicker)
    assert found
    return found[-1]


def test_all_answers_are_found_by_title_text_and_tag(inbox: Inbox) -> None:
    opened(inbox)
    inbox.type_reply("Hola.")
    inbox.page.list.rows.setFocus()
    inbox.press("a")
    sheet = picker(inbox)
    assert sheet.rows.titles[-1] == "Hours", "what is only in another language stands last"
    assert len(sheet.rows.titles) == 5
    QTest.keyClicks(sheet.line, "time")
    assert sheet.rows.titles == ["Hours"]
    sheet.line.setText("nothing like it")
    assert (sheet.rows.titles, sheet.rows.said) == ([], "No answer holds these words.")
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.line.setText("")
    QTest.keyClick(sheet.line, Qt.Key.Key_Down)
    chosen = sheet.rows.current
    assert chosen is not None
    QTest.keyClick(sheet.line, Qt.Key.Key_Return)
    assert reply(inbox) == f"Hola. {chosen.text}"
    assert QApplication.focusWidget() is inbox.page.conversation.reply.editor


def test_a_slash_offers_published_questions_in_the_language_of_the_reply(inbox: Inbox) -> None:
    opened(inbox)
    box = inbox.page.conversation.reply
    for language, typed, url in (("es", "/abren", "faq#abren"), ("en", "/parking", "faq#parking")):
        box.speak(language)
        inbox.type_reply(typed)
        QTest.keyClick(box.editor, Qt.Key.Key_Return)
        assert reply(inbox).strip() == f"https://shop.example/{url}"
        box.editor.clear()


def test_an_edit_is_offered_as_a_wording(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("1")
    inbox.type_reply(" ¡Saludos, Ximena!")
    inbox.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = [inbox.look.text(line.message) for line in inbox.shell.notices.history()]
    assert any(line.startswith("You changed “Link expired”") for line in said)
    inbox.page._face.actions.run("inbox.keep_wording")
    _name, answer_id, wording = inbox.services.acts("add_wording")[-1]
    assert answer_id == 1
    assert wording.text == "¡Hola, {name}! Ya reactivamos el enlace de tu pedido {order}. ¡Saludos, {name}!"
    opened(inbox, MEMO)
    inbox.type_reply("Sin argumentario")
    inbox.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert inbox.page.suggestions._edited is None


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_menu_of_a_card_has_what_its_buttons_do(inbox: Inbox) -> None:
    opened(inbox)
    cards = inbox.page.conversation.suggestions
    cards.menu_wanted.emit(2, cards.mapToGlobal(cards.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QWidget)
    assert [action.objectName() for action in menu.actions()] == [
        "inbox.answer_2",
        "inbox.send_answer_2",
        "inbox.not_this",
        "inbox.find_answer",
    ]
    menu.close()


def test_the_shops_style_is_said_while_one_writes(inbox: Inbox) -> None:
    inbox.services.settings.change(Style, forbidden="chafa")
    opened(inbox, MEMO)
    inbox.type_reply("Qué chafa")
    inbox.page.conversation.reply.measure()
    assert "chafa" in inbox.page.conversation.reply.strip.label.text()
