"""Triage by keys: typed times, digits on any layout, kind words, people who are ignored politely, promises, and very many at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.conversation import Category
from app.models.promise import Suggested
from app.ui.inbox.choices import DigitMenu
from app.ui.inbox.promise_sheet import PromiseSheet
from app.ui.inbox.snooze import SnoozeMenu
from tests.ui.inbox import shop
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeServices

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

W = TypeVar("W", bound=QWidget)
PRAISE = 9


def popup(kind: type[W]) -> W:
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, kind)
    return shown


def strike(target: QWidget, text: str, scan: int) -> None:
    """A key as X11 reports it: what it types, and its place."""
    event = QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), Qt.KeyboardModifier.NoModifier, scan, 0, 0, text)
    QCoreApplication.sendEvent(target, event)


def go_to(inbox: Inbox, number: int) -> None:
    for _ in range(12):
        if inbox.open_id == number:
            return
        inbox.press("j")
    raise AssertionError(f"{number} is not in the list")


# ---- snooze


def test_a_digit_is_known_by_its_place(inbox: Inbox) -> None:
    inbox.press("s")
    strike(popup(SnoozeMenu), "é", 11)  # 2 on AZERTY
    inbox.settle()
    assert inbox.services.acts("until") == [("until", shop.NOW + timedelta(hours=3))]


def test_a_letter_begins_a_typed_time_and_enter_takes_it(inbox: Inbox) -> None:
    inbox.press("s")
    menu = popup(SnoozeMenu)
    QTest.keyClick(menu, "m")
    assert menu.typed.line.text() == "m"
    QTest.keyClicks(menu.typed.line, "anana 9")
    assert menu.typed.said.text() == "Comes back Thu 19 Nov, 09:00"
    QTest.keyClick(menu.typed.line, Qt.Key.Key_Return)
    inbox.settle()
    assert inbox.services.acts("until") == [("until", shop.at(9, 0, 19))]
    assert inbox.open_id == 2


@pytest.mark.parametrize(("text", "said"), [("asap", "no day and no time"), ("today 8:00", "over already")])
def test_what_is_no_time_gets_a_sentence_and_a_proposal(inbox: Inbox, text: str, said: str) -> None:
    inbox.press("s")
    menu = popup(SnoozeMenu)
    QTest.keyClick(menu, Qt.Key.Key_Tab)
    QTest.keyClicks(menu.typed.line, text)
    QTest.keyClick(menu.typed.line, Qt.Key.Key_Return)
    assert said in menu.typed.said.text()
    assert inbox.services.acts("until") == []
    QTest.keyClick(menu.typed.line, Qt.Key.Key_Return)
    inbox.settle()
    assert len(inbox.services.acts("until")) == 1


def test_up_leaves_the_line_and_escape_the_menu(inbox: Inbox) -> None:
    inbox.press("s")
    menu = popup(SnoozeMenu)
    QTest.keyClick(menu, Qt.Key.Key_Tab)
    QTest.keyClick(menu.typed.line, Qt.Key.Key_Up)
    active = menu.activeAction()
    assert active is not None
    assert active.text().startswith("5")
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    inbox.press("k")
    assert inbox.services.acts("snooze") == []


def test_a_category_by_its_digit_on_a_french_keyboard(inbox: Inbox) -> None:
    inbox.press("t")
    strike(popup(DigitMenu), "à", 19)  # 0
    inbox.settle()
    assert inbox.services.acts("categorize") == [("categorize", (1,), Category.SPAM)]


# ---- kind words and trolls


def test_kind_words_offer_thanks_a_like_and_the_collection(inbox: Inbox) -> None:
    go_to(inbox, PRAISE)
    strip = inbox.page.conversation.courtesy
    assert strip.isVisible()
    assert strip.text == "Kind words. 0 of 5 public thanks today."
    assert [button.text() for button in strip.buttons.values()] == ["Thank", "Like", "Boost", "Keep"]
    assert inbox.page.footer_keys()[1].keys == ("1",)
    inbox.press("1")
    assert inbox.services.thanked == 1
    assert inbox.open_id != PRAISE


def test_after_five_thanks_more_looks_staged(inbox: Inbox) -> None:
    inbox.services.thanked = 5
    go_to(inbox, PRAISE)
    assert inbox.page.conversation.courtesy.text.startswith("5 public thanks today, more looks staged")


def test_other_conversations_have_no_strip_and_no_thanks(inbox: Inbox) -> None:
    assert not inbox.page.conversation.courtesy.isVisible()
    inbox.press("1")
    assert inbox.services.thanked == 0


def test_a_troll_is_ignored_or_answered_once(inbox: Inbox) -> None:
    services = inbox.services
    services.put(services.rows[1]._replace(category=Category.TROLL))
    inbox.settle()
    strip = inbox.page.conversation.courtesy
    assert list(strip.buttons) == ["inbox.ignore", "inbox.closing"]
    strip.buttons["inbox.closing"].click()
    inbox.settle()
    assert services.acts("closing")[0][1] == 1
    assert services.acts("mute")[0][1].startswith("Ignored politely after: “Bonjour")
    assert inbox.open_id == 2


def test_who_is_ignored_can_be_heard_again(inbox: Inbox) -> None:
    services = inbox.services
    services.muted[101] = shop.at(9, 0)
    inbox.press("j")
    inbox.press("k")
    strip = inbox.page.conversation.courtesy
    assert "is ignored politely since" in strip.text
    strip.buttons["inbox.hear"].click()
    inbox.settle()
    assert services.acts("hear") == [("hear", (1,))]
    assert not strip.isVisible()


# ---- promises


def test_a_promise_is_remembered_with_a_typed_time(inbox: Inbox) -> None:
    inbox.press("p")
    sheet = inbox.shell.window.window().findChild(PromiseSheet)
    assert sheet is not None
    assert sheet.words.line.hasFocus()
    QTest.keyClick(sheet.words.line, Qt.Key.Key_Return)
    assert "Write down" in sheet.words.line.accessibleDescription()
    QTest.keyClicks(sheet.words.line, "Mandar el enlace")
    sheet.time.line.setFocus()
    QTest.keyClicks(sheet.time.line, "mondy")
    QTest.keyClick(sheet.time.line, Qt.Key.Key_Return)
    assert inbox.services.acts("promise") == []
    sheet.time.line.setText("lunes 10")
    QTest.keyClick(sheet.time.line, Qt.Key.Key_Return)
    inbox.settle()
    assert inbox.services.acts("promise") == [("promise", 1, "Mandar el enlace", shop.at(10, 0, 23), None)]
    assert inbox.page.list.rows.hasFocus()


def test_a_promise_that_was_found_stands_in_the_strip_and_in_the_sheet(inbox: Inbox) -> None:
    found = Suggested("Nous vous répondons demain.", shop.at(9, 0, 19), 7)
    inbox.services.promises.found = found
    inbox.press("j")
    inbox.press("k")
    inbox.page.asking._look_for_promise()  # a moment later
    strip = inbox.page.conversation.courtesy
    assert strip.text.startswith("By Thu 19 Nov, 09:00: “")
    strip.buttons["inbox.promise"].click()
    sheet = inbox.shell.window.window().findChild(PromiseSheet)
    assert sheet is not None
    assert sheet.time.line.hasFocus()
    QTest.keyClick(sheet.time.line, Qt.Key.Key_Return)
    inbox.settle()
    assert inbox.services.acts("promise") == [("promise", 1, found.text, found.due_at, 7)]


# ---- many


def test_all_are_ticked_and_acted_on_as_one(inbox: Inbox) -> None:
    everyone = inbox.listed()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    inbox.settle()
    assert list(inbox.page.desk.chosen()) == everyone
    assert inbox.page.list.title.text() == f"{len(everyone)} ticked"
    assert inbox.page.footer_keys()[-1].keys == ("Escape",)
    inbox.press("l")
    assert inbox.services.acts("like") == [("like", tuple(everyone))]
    inbox.press("m")
    assert inbox.services.acts("ignore") == [("ignore", tuple(everyone))]
    assert inbox.services.acts("mute") == [("mute", "Ignored politely")]


def test_progress_of_very_many_is_shown_and_escape_stops_it(inbox: Inbox) -> None:
    inbox.services.inbox.progress.emit(500, 3000)
    assert inbox.page.bulk.runs
    inbox.press(Qt.Key.Key_Escape)
    assert inbox.services.acts("stop") == [("stop",)]
    inbox.services.inbox.progress.emit(0, 0)
    assert not inbox.page.bulk.runs
    inbox.press(Qt.Key.Key_Escape)
    assert inbox.services.acts("stop") == [("stop",)]


def test_after_undo_the_conversation_is_open_and_the_keyboard_where_it_was(
    inbox: Inbox, services: FakeServices
) -> None:
    inbox.press("j")
    inbox.press(Qt.Key.Key_Return)
    assert inbox.page.conversation.messages.hasFocus()
    inbox.press("e")
    assert inbox.page.list.rows.hasFocus()
    services.undo.about = (2,)
    inbox.press("z")
    assert inbox.open_id == 2
    assert inbox.page.conversation.messages.hasFocus()


def test_an_address_is_opened_before_the_messages_are_read(
    open_inbox: Callable[..., Inbox], services: FakeServices
) -> None:
    inbox = open_inbox()
    inbox.page.desk.detail = None
    assert inbox.page.perform("message_url") == "https://net.example/1"


def test_a_post_begins_with_what_the_customer_wrote(inbox: Inbox) -> None:
    assert str(inbox.page.perform("message_text")).startswith("Bonjour, ma commande")
