"""Answering in the Inbox: sending, taking back, refusals, notes, and drafts that are never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.conversation import ConversationState
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import Picture
from app.models.reply import Written
from app.runtime.errors import ReadOnly, UserMistake
from app.runtime.words import message
from tests.ui.inbox import shop
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeChanges, FakeServices
from tests.ui.inbox.shop import NOW, said

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_reply_goes_out_and_the_next_conversation_opens(inbox: Inbox) -> None:
    inbox.press("r")
    inbox.type_reply("Bonjour, on regarde.")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.acts("reply") == [("reply", 1, ("Bonjour, on regarde.",), Visibility.PUBLIC)]
    assert inbox.open_id == 2
    assert inbox.page.conversation.reply.text() == ""
    assert inbox.page.list.rows.hasFocus()
    toast = inbox.shell.window.toasts.toasts()[-1]
    assert "Étienne Marchal" in toast.text()
    assert "leaves in 10 s" in toast.text()


def test_undo_brings_the_reply_back_exactly(inbox: Inbox) -> None:
    text = "  Bonjour,\n\n  on regarde 👩🏽‍🚀.  "
    inbox.type_reply(text)
    inbox.press(Qt.Key.Key_Return, CTRL)
    inbox.press("z")
    assert inbox.open_id == 1
    assert inbox.page.conversation.reply.editor.hasFocus()
    assert inbox.page.conversation.reply.text() == text


def test_a_draft_kept_while_the_reply_leaves_does_not_pass_for_the_reply_come_back(inbox: Inbox) -> None:
    reply = inbox.services.inbox.reply

    async def after_the_draft(*given: Any, **more: Any) -> int:
        inbox.services.drafts[1] = ("Bonjour", None)
        inbox.services.changed.emit(FakeChanges(reply_draft={1}))
        return await reply(*given, **more)

    inbox.services.inbox.reply = after_the_draft  # type: ignore[assignment, method-assign]
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.open_id == 2
    assert inbox.page.list.rows.hasFocus()


def test_a_reply_taken_back_has_the_keyboard_also_when_its_row_comes_late(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL)
    inbox.services.reads.waits = True
    inbox.press("z")
    inbox.services.reads.deliver_all()
    inbox.settle()
    inbox.services.reads.deliver_all()
    assert inbox.open_id == 1
    assert inbox.page.conversation.reply.text() == "Bonjour"
    assert inbox.page.conversation.reply.editor.hasFocus()


def test_a_reply_taken_back_does_not_call_who_has_gone_elsewhere(inbox: Inbox) -> None:
    back = inbox.listed()[1]
    inbox.services.reads.waits = True
    inbox.page.desk.returns.came_back.emit(back, "")
    assert inbox.open_id == back
    for key in ("j", "k"):
        inbox.press(key)
        inbox.services.reads.deliver_all()
        inbox.settle()
        inbox.services.reads.deliver_all()
    assert inbox.open_id == back
    assert inbox.page.list.rows.hasFocus()


def test_sent_again_it_is_no_longer_said_to_be_back(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL)
    inbox.press("z")
    inbox.press(Qt.Key.Key_Return, CTRL)
    (toast,) = inbox.shell.window.toasts.toasts()
    assert "leaves in 10 s" in toast.text()


def test_no_row_lies_under_what_is_said(inbox: Inbox) -> None:
    inbox.press("e")
    inbox.press("e")
    (toast,) = inbox.shell.window.toasts.toasts()
    rows = inbox.page.list.rows
    bottom = rows.viewport().mapTo(inbox.shell.window, rows.viewport().rect().bottomLeft()).y()
    top = toast.mapTo(inbox.shell.window, toast.rect().topLeft()).y() + toast.margin
    assert bottom <= top
    toast.end()
    assert rows.viewport().mapTo(inbox.shell.window, rows.viewport().rect().bottomLeft()).y() > top


def test_sending_and_staying_shows_the_reply_on_its_way(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert inbox.services.acts("reply")[0][1] == 1
    assert inbox.open_id == 1
    assert any("Leaves in 10 s" in part.name for part in inbox.page.conversation.messages.parts())


def test_a_refused_reply_is_kept_as_a_draft(inbox: Inbox) -> None:
    inbox.services.inbox.refuses = UserMistake(message("inbox.not_sent"))
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.drafts[1] == ("Bonjour", None)
    assert inbox.shell.window.toasts.toasts()[-1].text() == "Not sent"


def test_a_reply_refused_while_staying_is_back_in_the_box(inbox: Inbox) -> None:
    inbox.services.inbox.refuses = UserMistake(message("inbox.not_sent"))
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert inbox.open_id == 1
    assert inbox.page.conversation.reply.text() == "Bonjour"


def test_a_reply_that_no_disk_takes_is_back_in_its_box(inbox: Inbox) -> None:
    inbox.services.inbox.disk = ReadOnly()
    text = "  Bonjour,\n\n  on regarde.  "
    inbox.type_reply(text)
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.open_id == 1
    assert inbox.page.conversation.reply.text() == text
    assert inbox.page.conversation.reply.editor.hasFocus()
    assert "takes no changes" in inbox.shell.window.toasts.toasts()[-1].text()
    inbox.services.inbox.disk = None
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.open_id == 2
    inbox.press("k")
    assert inbox.page.conversation.reply.text() == ""


def test_a_draft_that_no_disk_takes_is_there_again_after_leaving(inbox: Inbox) -> None:
    inbox.services.inbox.disk = ReadOnly()
    inbox.type_reply("Bonjour, je")
    inbox.page.list.rows.setFocus()
    inbox.press("j")
    assert inbox.page.conversation.reply.text() == ""
    inbox.press("k")
    assert inbox.page.conversation.reply.text() == "Bonjour, je"
    inbox.services.inbox.disk = None
    inbox.type_reply("!")
    inbox.page.list.rows.setFocus()
    inbox.press("j")
    assert inbox.services.drafts[1] == ("Bonjour, je!", None)
    inbox.services.drafts[1] = ("elsewhere", None)
    inbox.press("k")
    assert inbox.page.conversation.reply.text() == "elsewhere"


def test_a_note_that_no_disk_takes_is_back_in_its_box(inbox: Inbox) -> None:
    inbox.services.inbox.disk = ReadOnly()
    inbox.press("n")
    notes = inbox.page.conversation.notes
    notes.editor.insertPlainText("Ask the courier")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert notes.isVisible()
    assert notes.editor.toPlainText() == "Ask the courier"


def test_an_empty_reply_is_not_sent(inbox: Inbox) -> None:
    inbox.type_reply("   ")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.acts("reply") == []
    assert inbox.open_id == 1


def test_a_note_stays_on_this_computer(inbox: Inbox) -> None:
    inbox.press("n")
    inbox.page.conversation.notes.editor.insertPlainText("Ask the courier")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.acts("note") == [("note", 1, "Ask the courier")]
    assert inbox.services.acts("reply") == []
    assert any("Ask the courier" in part.name for part in inbox.page.conversation.messages.parts())


def test_after_a_note_the_keyboard_is_where_it_was(inbox: Inbox) -> None:
    for place in (inbox.page.list.rows, inbox.page.conversation.messages):
        place.setFocus()
        inbox.press("n")
        assert inbox.page.conversation.notes.editor.hasFocus()
        inbox.page.conversation.notes.editor.insertPlainText("Ask the courier")
        inbox.press(Qt.Key.Key_Return, CTRL)
        assert place.hasFocus()
    inbox.type_reply("Bonjour")
    inbox.page.conversation.reply.note_wanted.emit()
    inbox.page.conversation.notes.editor.insertPlainText("Ask again")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.page.conversation.reply.editor.hasFocus()


def test_a_draft_is_there_again_after_leaving(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour, je")
    inbox.page.list.rows.setFocus()
    inbox.press("j")
    assert inbox.services.acts("save_draft")[-1] == ("save_draft", 1, "Bonjour, je", None)
    assert inbox.page.conversation.reply.text() == ""
    inbox.press("k")
    assert inbox.page.conversation.reply.text() == "Bonjour, je"


def test_what_is_typed_stays_when_the_conversation_is_read_again(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour")
    inbox.services.changed.emit(FakeChanges(message={1}, conversation={1}))
    assert inbox.page.conversation.reply.text() == "Bonjour"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"ours": True, "delivery": DeliveryState.OUT}, "Already answered from elsewhere. Your text is still here."),
        ({}, "Étienne Marchal wrote again meanwhile. Your text is still here."),
    ],
)
def test_what_comes_while_one_writes_is_told_and_the_text_stays(inbox: Inbox, more: dict[str, Any], told: str) -> None:
    reply = inbox.page.conversation.reply
    reply.put_away("personal")
    inbox.type_reply("Bonjour, on")
    assert reply.strip.isHidden()
    inbox.services.add_message(said(70, 1, "C'est réglé.", NOW, **more))
    inbox.services.changed.emit(FakeChanges(message={70}, conversation={1}))
    assert reply.text() == "Bonjour, on"
    assert reply.strip.isVisible()
    assert reply.strip.accessibleName().replace("\u2068", "").replace("\u2069", "").startswith(told)
    inbox.services.changed.emit(FakeChanges(message={70}, conversation={1}))
    inbox.type_reply(" regarde")
    reply.measure()
    assert reply.strip.isVisible()
    reply.strip.button.click()
    assert reply.strip.isHidden()
    assert inbox.page.conversation.messages.hasFocus()
    assert reply.text() == "Bonjour, on regarde"


def test_what_came_is_not_told_of_ones_own_reply_or_to_an_empty_box(inbox: Inbox) -> None:
    reply = inbox.page.conversation.reply
    reply.put_away("personal")
    inbox.services.add_message(said(71, 1, "Encore moi", NOW))
    inbox.services.changed.emit(FakeChanges(message={71}, conversation={1}))
    assert reply.strip.isHidden()
    inbox.type_reply("Bonjour")
    inbox.services.add_message(said(72, 1, "Parti", NOW, ours=True, delivery=DeliveryState.OUT, outbox_id=9))
    inbox.services.changed.emit(FakeChanges(message={72}, conversation={1}))
    assert reply.strip.isHidden()
    inbox.services.add_message(said(73, 1, "Alors ?", NOW + timedelta(minutes=1)))
    inbox.services.changed.emit(FakeChanges(message={73}, conversation={1}))
    assert reply.strip.isVisible()
    inbox.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert reply.strip.isHidden()


def test_to_an_account_that_was_removed_nothing_is_answered_and_why_is_said(open_inbox: Callable[..., Inbox], services: FakeServices) -> None:
    services.account_rows = [row for row in services.account_rows if row.id != services.rows[1].account_id]
    inbox = open_inbox()
    inbox.page.opening.bring(1)
    inbox.settle()
    reply = inbox.page.conversation.reply
    assert inbox.open_id == 1
    assert reply.editor.isReadOnly()
    assert not reply.bar.send.isEnabled()
    assert "no longer connected" in reply.strip.accessibleName()
    inbox.shell.actions.run("inbox.send")
    assert inbox.services.acts("reply") == []
    services.account_rows = list(shop.ACCOUNTS)
    services.changed.emit(FakeChanges(account={1}, conversation={1}))
    assert not reply.editor.isReadOnly()
    assert reply.strip.isHidden()


def test_the_name_of_whom_one_answers_counts_where_it_is_part_of_the_reply(inbox: Inbox) -> None:
    inbox.services.posts.names = True
    handle = inbox.services.rows[1].handle
    inbox.type_reply("a" * (280 - len(handle)))
    inbox.page.conversation.reply.measure()
    assert inbox.page.conversation.reply.bar.parts.text() == "2 posts"
    inbox.press(Qt.Key.Key_Return, CTRL)
    sent = inbox.services.acts("reply")[0][2]
    assert len(sent) == 2
    assert all(len(part) + len(handle) + 1 <= 280 for part in sent)


def test_hiding_the_page_keeps_the_draft(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour")
    inbox.page.hidden()
    assert inbox.services.drafts[1] == ("Bonjour", None)


def test_taking_a_failed_reply_back_to_edit_puts_it_in_the_box(inbox: Inbox) -> None:
    failed = said(-5, 1, "Votre colis", NOW, ours=True, delivery=DeliveryState.FAILED, outbox_id=5)
    inbox.services.add_message(failed)
    inbox.services.changed.emit(FakeChanges(outbox={5}))
    assert inbox.shell.actions.applies("inbox.retry")
    inbox.page.conversation.messages.wanted.emit("inbox.edit_reply", 5)
    assert inbox.services.acts("cancel") == [("cancel", 5)]
    assert inbox.page.conversation.reply.text() == "Votre colis"
    assert inbox.page.conversation.reply.editor.hasFocus()


def test_an_unsure_reply_is_settled_by_the_user(inbox: Inbox) -> None:
    for number in (5, 6):
        unsure = said(-number, 1, "Votre colis", NOW, ours=True, delivery=DeliveryState.UNSURE, outbox_id=number)
        inbox.services.add_message(unsure)
    inbox.services.changed.emit(FakeChanges(outbox={5, 6}))
    inbox.page.conversation.messages.wanted.emit("inbox.is_not_out", 5)
    inbox.shell.actions.run("inbox.is_out")
    assert inbox.services.acts("settle") == [("settle", 5, False), ("settle", 6, True)]


def test_a_begun_note_waits_in_its_conversation(inbox: Inbox) -> None:
    inbox.press("n")
    inbox.page.conversation.notes.editor.insertPlainText("Ask")
    inbox.press(Qt.Key.Key_Escape)
    inbox.press("j")
    assert inbox.page.conversation.notes.editor.toPlainText() == ""
    assert not inbox.page.conversation.notes.isVisible()
    inbox.press("k")
    assert inbox.page.conversation.notes.editor.toPlainText() == "Ask"


def test_a_later_draft_is_not_mistaken_for_the_reply_taken_back(inbox: Inbox) -> None:
    inbox.type_reply("first")
    inbox.press(Qt.Key.Key_Return, CTRL | SHIFT)
    inbox.type_reply("second")
    inbox.page.conversation.reply.drafts.keep()
    inbox.services.changed.emit(FakeChanges(reply_draft={1}))
    assert inbox.page.conversation.reply.text() == "second"


def test_the_draft_is_kept_when_the_window_closes(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour")
    inbox.shell.window.remember()
    assert inbox.services.drafts[1] == ("Bonjour", None)


def test_a_reply_never_goes_to_the_conversation_opened_meanwhile(inbox: Inbox) -> None:
    inbox.type_reply("For Étienne alone")
    inbox.page.list.rows.setFocus()
    inbox.services.reads.waits = True
    inbox.page.list.rows.move_by(1)
    inbox.shell.actions.run("inbox.send")  # before the next conversation is read
    inbox.settle()
    inbox.shell.actions.run("inbox.send")
    assert inbox.services.acts("reply") == []
    assert inbox.services.drafts[1] == ("For Étienne alone", None)
    inbox.services.reads.deliver_all()
    assert inbox.page.conversation.reply.text() == ""
    inbox.type_reply("For Ximena")
    inbox.shell.actions.run("inbox.send")
    assert inbox.services.acts("reply") == [("reply", 2, ("For Ximena",), Visibility.PUBLIC)]


def test_taken_back_the_text_has_its_cursor_its_pictures_and_its_language(inbox: Inbox) -> None:
    box = inbox.page.conversation.reply
    inbox.type_reply("Bonjour, on regarde")
    box.speak("en")
    box.add_picture(Picture("photo.png", "la boîte"))
    box.editor.setFocus()
    cursor = box.editor.textCursor()
    cursor.setPosition(7)
    box.editor.setTextCursor(cursor)
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.inbox.written == [Written("Bonjour, on regarde", (Picture("photo.png", "la boîte"),), "en")]
    inbox.press("z")
    assert (box.text(), box.editor.cursor_place(), box.language) == ("Bonjour, on regarde", 7, "en")
    assert box.pictures.pictures == (Picture("photo.png", "la boîte"),)


def test_an_answer_of_the_playbook_is_inserted_with_what_is_known(inbox: Inbox) -> None:
    inbox.press("j")
    inbox.press("r")
    box = inbox.page.conversation.reply
    QTest.keyClicks(box.editor, "/descarga")
    inbox.settle()
    assert not box.answers.isHidden()
    inbox.press(Qt.Key.Key_Return)
    assert "Ximena" in box.text()
    assert "/descarga" not in box.text()
    inbox.press(Qt.Key.Key_Escape)
    assert inbox.page.list.rows.hasFocus()


def test_escape_first_closes_what_lies_on_top_of_the_reply(inbox: Inbox) -> None:
    inbox.press("r")
    box = inbox.page.conversation.reply
    QTest.keyClicks(box.editor, "/")
    inbox.press(Qt.Key.Key_Escape)
    assert box.answers.isHidden()
    assert box.editor.hasFocus()
    inbox.press(Qt.Key.Key_L, CTRL)
    assert box.link.line.hasFocus()
    inbox.press(Qt.Key.Key_Escape)
    assert box.editor.hasFocus()


def test_one_key_does_what_the_strip_proposes(inbox: Inbox) -> None:
    inbox.type_reply("Écrivez à boutique@aurora.example")
    inbox.page.conversation.reply.measure()
    inbox.press(Qt.Key.Key_J, CTRL)
    assert inbox.page.conversation.reply.visibility is Visibility.DIRECT


def test_an_angry_reply_stays_in_its_box(inbox: Inbox) -> None:
    inbox.type_reply("Vous êtes ridicule, monsieur.")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.acts("reply") == []
    assert inbox.open_id == 1
    strip = inbox.page.conversation.reply.strip
    assert strip.accessibleName() == "Held for 2:00: “Vous êtes ridicule” is an insult."
    inbox.clock.advance(timedelta(minutes=2))
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert len(inbox.services.acts("reply")) == 1


def test_the_fifth_reply_in_ten_minutes_is_held(inbox: Inbox) -> None:
    for number in range(4):
        inbox.services.add_message(said(300 + number, 1, "Oui", NOW - timedelta(minutes=number), ours=True, delivery=DeliveryState.OUT, outbox_id=number + 1))
    inbox.services.changed.emit(FakeChanges(message={300}, conversation={1}))
    inbox.type_reply("Voilà.")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert inbox.services.acts("reply") == []
    assert "5" in inbox.page.conversation.reply.strip.accessibleName()


def test_a_draft_stays_when_its_conversation_leaves_the_list(inbox: Inbox) -> None:
    inbox.type_reply("Bonjour, je")
    inbox.page.list.rows.setFocus()
    gone = inbox.services.rows[1]._replace(state=ConversationState.IGNORED)
    inbox.services.put(gone)
    inbox.settle()
    assert inbox.services.drafts[1] == ("Bonjour, je", None)
    inbox.page.opening.bring(1)
    inbox.settle()
    assert inbox.page.conversation.reply.text() == "Bonjour, je"


def test_a_text_that_no_disk_takes_is_told_before_the_window_closes(inbox: Inbox) -> None:
    assert inbox.page.unkept().texts == ()
    inbox.services.inbox.disk = ReadOnly()
    inbox.type_reply("Bonjour, je")
    assert inbox.page.unkept().texts == ("Bonjour, je",)
    inbox.services.inbox.disk = None
    for work in inbox.page.unkept().again:
        with pytest.raises(StopIteration):
            work().send(None)
    assert inbox.page.unkept().texts == ()
    assert inbox.services.drafts[1] == ("Bonjour, je", None)


def test_a_begun_note_is_told_too(inbox: Inbox) -> None:
    inbox.press("n")
    inbox.page.conversation.notes.editor.insertPlainText("Ask the courier")
    inbox.page.list.rows.setFocus()
    inbox.press("j")
    assert inbox.page.unkept().texts == ("Ask the courier",)
