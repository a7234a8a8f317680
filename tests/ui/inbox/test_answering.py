"""Answering in the Inbox: sending, taking back, refusals, notes, and drafts that are never lost."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.runtime.errors import UserMistake
from app.runtime.words import message
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeChanges
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
    assert inbox.services.drafts[1] == ("Bonjour", Visibility.PUBLIC)
    assert inbox.shell.window.toasts.toasts()[-1].text() == "Not sent"


def test_a_reply_refused_while_staying_is_back_in_the_box(inbox: Inbox) -> None:
    inbox.services.inbox.refuses = UserMistake(message("inbox.not_sent"))
    inbox.type_reply("Bonjour")
    inbox.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert inbox.open_id == 1
    assert inbox.page.conversation.reply.text() == "Bonjour"


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
