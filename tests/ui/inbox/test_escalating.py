"""Asking a manager on the Inbox page: the sheet by keys, what it keeps and sends, and what came back beside the conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.escalation import EscalationState, Goes, LetterRow, Why
from app.models.letter import LetterKind
from app.models.message import Attachment, MessageKind
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.inbox.escalation_sheet import EscalationSheet
from app.ui.inbox.paste_sheet import PasteSheet
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.escalations import BOX, HECTOR, MARTA, waiting

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(inbox: Inbox) -> EscalationSheet:
    inbox.page.list.rows.setFocus()
    inbox.press("f")
    inbox.settle()
    sheet = inbox.shell.window.overlay()
    assert isinstance(sheet, EscalationSheet)
    return sheet


def write(sheet: EscalationSheet, text: str) -> None:
    sheet.question.setFocus()
    QTest.keyClicks(sheet.question, text)


def put(inbox: Inbox, **more: Any) -> None:
    """An escalation of the open conversation."""
    number = inbox.open_id
    assert number is not None
    row = waiting(number, inbox.clock, **more)
    inbox.services.escalations.rows[number] = row
    detail = inbox.services.details[number]
    inbox.services.details[number] = detail.__class__(
        **{**{name: getattr(detail, name) for name in detail.__slots__}, "escalations": (row,)}
    )
    inbox.page.desk.read_detail()
    inbox.page.escalating._read_waits()
    inbox.settle()


def letter(inbox: Inbox, kind: LetterKind = LetterKind.ANSWER, text: str = "Sí, sale hoy.") -> LetterRow:
    return LetterRow(9, kind, "Héctor Lima", HECTOR.email, "Re", text, inbox.clock.now())


# ---- the sheet


def test_f_opens_the_sheet_with_the_keyboard_in_the_question(inbox: Inbox) -> None:
    sheet = opened(inbox)
    assert QApplication.focusWidget() is sheet.question
    assert [card.text() for card in sheet.who.cards] == ["Héctor Lima", "Marta Ríos"]
    assert sheet.who.cards[0].isChecked()
    assert Why.DECISION in sheet.why.reasons
    assert "Héctor" in sheet.told.editor.text()


def test_what_was_typed_is_sent_with_ctrl_enter(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "Can we send it?")
    inbox.press(Qt.Key.Key_Return, CTRL)
    ((asking, goes),) = inbox.services.escalations.asked
    assert (goes, asking.draft.question, asking.draft.manager_id) == (Goes.BOTH, "Can we send it?", HECTOR.id)
    assert asking.parts == (asking.draft.told,)
    assert asking.draft.promise_at is not None
    assert inbox.shell.window.overlay() is None


def test_ctrl_enter_in_the_reply_at_the_right_sends_too(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "?")
    sheet.told.editor.setFocus()
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert len(inbox.services.escalations.asked) == 1


def test_without_a_question_nothing_leaves(inbox: Inbox) -> None:
    sheet = opened(inbox)
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.escalations.asked == []
    assert not sheet.trouble.isHidden()
    assert QApplication.focusWidget() is sheet.question


def test_what_the_service_says_is_wrong_stands_at_its_field(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "?")
    inbox.services.escalations.refuses = UserMistake(message("escalation.remind_past"), field="remind")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert sheet.remind.is_wrong
    assert QApplication.focusWidget() is sheet.remind.line
    assert sheet.both.isEnabled()


def test_escape_keeps_what_was_typed(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "half a")
    inbox.press(Qt.Key.Key_Escape)
    assert inbox.shell.window.overlay() is None
    again = opened(inbox)
    assert again.question.toPlainText() == "half a"


def test_what_is_typed_without_a_pause_is_kept_each_second(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "half")
    assert sheet._keeping.isActive()
    assert sheet._typing.isActive()
    assert (sheet._keeping.interval(), sheet._typing.interval()) == (400, 1000)
    left = sheet._typing.remainingTime()
    write(sheet, " a question")
    assert sheet._typing.remainingTime() <= left  # the next key does not put it off
    sheet._typing.timeout.emit()
    inbox.settle()
    (kept,) = inbox.services.escalations.drafts.values()
    assert kept.question == "half a question"
    assert not sheet._typing.isActive()


def test_each_picture_that_is_here_can_be_unticked(inbox: Inbox) -> None:
    inbox.page.list.rows.setFocus()
    number = inbox.open_id
    assert number is not None
    detail = inbox.services.details[number]
    last = next(each for each in reversed(detail.messages) if each.kind is not MessageKind.OURS)
    urls = ("https://m.example/box.png", "https://m.example/away.png")
    shown = replace(last, attachments=tuple(Attachment(url, "image", f"alt {place}") for place, url in enumerate(urls)))
    messages = tuple(shown if each.id == last.id else each for each in detail.messages)
    inbox.services.details[number] = replace(detail, messages=messages)
    inbox.services.pictures.files[urls[0]] = Path("box.picture")
    inbox.page.desk.read_detail()
    inbox.settle()
    sheet = opened(inbox)
    name = f"p{last.id}.0"
    ticks = {tick.piece: tick for tick in sheet.pieces.ticks}
    assert name in ticks
    assert f"p{last.id}.1" not in ticks  # never fetched: its link goes along
    assert "1 picture" in sheet.pieces.counted.text()
    ticks[name].click()
    assert sheet.draft().left_out == (name,)
    assert "picture" not in sheet.pieces.counted.text()
    ticks[name].click()
    ticks[f"m{last.id}"].click()
    assert not ticks[name].isEnabled()  # not without its message
    assert "picture" not in sheet.pieces.counted.text()


def test_a_mailbox_that_is_signed_out_is_said_and_leads_to_settings(inbox: Inbox) -> None:
    inbox.services.escalations.mailboxes = [BOX._replace(state="signed_out")]
    sheet = opened(inbox)
    assert not sheet.lacking.isHidden()
    assert "signed out" in sheet.lacking.label.text()


def test_another_manager_changes_the_words_and_times(inbox: Inbox) -> None:
    sheet = opened(inbox)
    before = sheet.remind.moment
    sheet.who.cards[0].setFocus()
    inbox.press(Qt.Key.Key_Down)
    assert "Marta" in sheet.told.editor.text()
    assert "Marta" in sheet.needed.text()
    assert sheet.remind.moment is not None
    assert before is not None
    assert sheet.remind.moment < before


def test_own_words_at_the_right_stay_and_only_the_name_changes(inbox: Inbox) -> None:
    sheet = opened(inbox)
    sheet.told.editor.setFocus()
    QTest.keyClicks(sheet.told.editor, " Gracias.")
    sheet._choose(MARTA.id)
    text = sheet.told.editor.text()
    assert text.endswith(" Gracias.")
    assert "Marta" in text
    assert "Héctor" not in text


def test_a_typed_time_changes_the_promise_with_it(inbox: Inbox) -> None:
    sheet = opened(inbox)
    sheet.remind.line.setFocus()
    sheet.remind.line.selectAll()
    QTest.keyClicks(sheet.remind.line, "in 3 days")
    assert sheet.remind.moment is not None
    assert sheet.told.promise.moment is not None
    assert timedelta(days=2) < sheet.told.promise.moment - inbox.clock.now() < timedelta(days=5)
    sheet.question.setFocus()
    inbox.settle()
    assert "in 3" not in sheet.remind.line.text()


def test_what_is_no_time_stops_sending(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "?")
    sheet.remind.line.setFocus()
    sheet.remind.line.selectAll()
    QTest.keyClicks(sheet.remind.line, "whenever")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.escalations.asked == []
    assert sheet.remind.is_wrong


def test_what_is_unticked_does_not_go_along(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "?")
    sheet.pieces.ticks[0].setChecked(False)
    sheet.only.click()
    inbox.settle()
    ((asking, goes),) = inbox.services.escalations.asked
    assert goes is Goes.MAIL
    assert asking.draft.left_out == (sheet.pieces.ticks[0].piece,)
    assert asking.parts == ()


def test_the_mail_can_be_seen_before(inbox: Inbox) -> None:
    sheet = opened(inbox)
    write(sheet, "Can we?")
    sheet.see.click()
    inbox.settle()
    assert sheet.pages.currentWidget() is sheet.mail
    assert "Can we?" in sheet.mail.toPlainText()
    inbox.press(Qt.Key.Key_Escape)  # back to the sheet, not out of it
    assert inbox.shell.window.overlay() is sheet
    assert sheet.pages.currentIndex() == 0


def test_without_a_mailbox_the_users_own_mail_program_is_the_way(inbox: Inbox) -> None:
    inbox.services.escalations.mailboxes = []
    sheet = opened(inbox)
    assert not sheet.lacking.isHidden()
    assert sheet.both.isHidden()
    write(sheet, "?")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert [goes for _, goes in inbox.services.escalations.asked] == [Goes.BY_HAND]


def test_without_a_manager_the_way_to_enter_one_is_shown(inbox: Inbox) -> None:
    inbox.services.escalations.managers = []
    sheet = opened(inbox)
    assert not sheet.lacking.isHidden()
    write(sheet, "?")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.escalations.asked == []


def test_the_menu_offers_ones_own_mail_program_where_there_is_a_mailbox_too(inbox: Inbox) -> None:
    inbox.shell.actions.run("inbox.escalate_by_hand")
    inbox.settle()
    sheet = inbox.shell.window.overlay()
    assert isinstance(sheet, EscalationSheet)
    assert sheet.lacking.isHidden()
    assert sheet.both.isHidden()
    assert not sheet.by_hand.isHidden()


@pytest.mark.parametrize(
    ("size", "language"), [((1440, 900), "en"), ((1024, 640), "es"), ((1024, 640), "en"), ((1440, 900), "es")]
)
def test_nothing_is_cut_off(open_inbox: Callable[..., Inbox], size: tuple[int, int], language: str) -> None:
    inbox = open_inbox(size=size, language=language)
    sheet = opened(inbox)
    panel = sheet.panel.geometry()
    assert sheet.rect().contains(panel)
    for button in (sheet.both, sheet.only, sheet.cancel, sheet.see):
        assert panel.width() >= button.mapTo(sheet.panel, button.rect().topRight()).x()
        assert button.width() >= button.sizeHint().width()


def test_every_part_of_the_sheet_has_a_name(inbox: Inbox) -> None:
    sheet = opened(inbox)
    nameless = [
        widget
        for widget in sheet.panel.findChildren(type(sheet.panel).__mro__[1])
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
    ]
    assert nameless == []


# ---- what came back


def test_ctrl_j_puts_the_answer_into_the_box_and_sends_nothing(inbox: Inbox) -> None:
    put(inbox, state=EscalationState.ANSWERED, letters=(letter(inbox),))
    strip = inbox.page.conversation.reply.strip
    assert not strip.isHidden()
    assert strip.advice is not None
    assert strip.advice.about == "answered"
    inbox.press("j", CTRL)
    assert inbox.page.conversation.reply.text() == "Sí, sale hoy."
    assert inbox.services.escalations.did == [("use", 9, inbox.open_id)]


def test_what_stood_in_the_box_stays_before_it(inbox: Inbox) -> None:
    put(inbox, state=EscalationState.ANSWERED, letters=(letter(inbox),))
    inbox.type_reply("Hola.")
    inbox.shell.actions.run("inbox.use_answer")
    inbox.settle()
    assert inbox.page.conversation.reply.text() == "Hola.\n\nSí, sale hoy."


def test_a_letter_that_may_be_the_answer_is_asked_about(inbox: Inbox) -> None:
    put(inbox, letters=(letter(inbox, LetterKind.UNSURE),))
    inbox.page._decide("inbox.is_answer", 9)
    inbox.settle()
    assert inbox.services.escalations.did == [("judge", 9, True)]


def test_closing_and_pasting_are_in_the_palette_while_something_waits(inbox: Inbox) -> None:
    assert not inbox.shell.actions.applies("inbox.close_escalation")
    put(inbox)
    assert inbox.shell.actions.applies("inbox.close_escalation")
    inbox.shell.actions.run("inbox.close_escalation")
    inbox.shell.actions.run("inbox.paste_answer")
    inbox.settle()
    sheet = inbox.shell.window.overlay()
    assert isinstance(sheet, PasteSheet)
    QTest.keyClicks(sheet.text, "By telephone")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.escalations.did == [("close", 5), ("pasted", 5, "By telephone")]


def test_asking_again_opens_the_sheet_for_the_same_manager(inbox: Inbox) -> None:
    put(inbox, remind_at=inbox.clock.now() - timedelta(minutes=5), manager_id=MARTA.id)
    inbox.page._decide("inbox.ask_again", 5)
    inbox.settle()
    sheet = inbox.shell.window.overlay()
    assert isinstance(sheet, EscalationSheet)
    assert sheet.draft().manager_id == MARTA.id
    assert sheet.draft().again_of == 5


def test_rows_say_whom_they_wait_for(inbox: Inbox) -> None:
    put(inbox)
    row = inbox.page.desk.row
    assert row is not None
    chip = inbox.page.escalating.mark(row)
    assert chip is not None
    assert chip.text == "Héctor"  # it needs an answer itself: only who was asked
    assert inbox.page.desk.listing.name_of(row).endswith(", Héctor")
    put(inbox, state=EscalationState.ANSWERED, letters=(letter(inbox),))
    answered = inbox.page.escalating.mark(row)
    assert answered is not None
    assert "answered" in answered.text
    put(inbox, state=EscalationState.BOUNCED)
    back = inbox.page.escalating.mark(row)
    assert back is not None
    assert "came back" in back.text


def test_what_came_in_is_said(inbox: Inbox) -> None:
    class News:
        conversation_id, kind, name = 1, LetterKind.ANSWER, "Héctor Lima"

    inbox.services.letters.came.emit([News()])
    inbox.settle()
    said = [inbox.look.text(line.message) for line in inbox.shell.notices.history()]
    assert any("Héctor Lima" in line and "answered" in line for line in said)
