"""Keys struck before what they are for is there: a reply to a conversation that is still read, a choice among answers still looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.prepared import Prepared
from app.ui.inbox.drafts import NOTHING
from app.ui.inbox.reply_box import ReplyBox
from app.ui.inbox.reply_to import Asked
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.reply_parts import ANSWER, reply_to

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "eso le gusta"  # each of its letters is the key of a command, or the beginning of one


def test_r_on_a_conversation_still_being_read_writes_the_reply(inbox: Inbox) -> None:
    """Letters that follow R at once are words, never commands."""
    inbox.services.reads.waits = True
    inbox.press("j")
    here = inbox.open_id
    assert inbox.page.desk.detail is None
    inbox.press("r")
    QTest.keyClicks(QApplication.focusWidget(), TEXT)
    inbox.settle()
    assert inbox.page.conversation.reply.text() == TEXT
    inbox.services.reads.deliver_all()
    assert inbox.page.conversation.reply.text() == TEXT
    assert (inbox.open_id, inbox.services.asked) == (here, [])


def test_what_is_typed_in_the_box_while_another_conversation_comes_is_for_that_one(inbox: Inbox) -> None:
    inbox.page.conversation.reply.editor.setFocus()
    first, second = inbox.listed()[:2]
    inbox.services.reads.waits = True
    inbox.page.opening.bring(second)
    inbox.services.reads.deliver_all()
    inbox.page.desk.open(inbox.page.desk.model.row_at(0))
    inbox.settle()
    assert (inbox.open_id, inbox.page.desk.detail) == (first, None)
    QTest.keyClicks(inbox.page.conversation.reply.editor, TEXT)
    assert (inbox.open_id, inbox.services.asked) == (first, [])
    inbox.services.reads.deliver_all()
    assert inbox.page.conversation.reply.text() == TEXT
    assert inbox.page.conversation.reply.conversation == first


def test_a_reply_typed_so_early_is_sent_by_its_key(inbox: Inbox) -> None:
    inbox.services.reads.waits = True
    inbox.press("j")
    here = inbox.open_id
    inbox.page.conversation.reply.editor.setFocus()
    QTest.keyClicks(inbox.page.conversation.reply.editor, "Hola")
    inbox.press(Qt.Key.Key_Return, CTRL)
    assert [asked[:3] for asked in inbox.services.asked if asked[0] == "reply"] == [("reply", here, ("Hola",))]


def test_where_nothing_can_be_written_early_keys_are_dropped(box: ReplyBox, asked: Asked) -> None:
    box.leave(2)
    QTest.keyClicks(box.editor, TEXT)
    assert box.text() == ""
    box.show_reply(replace(reply_to(2), closed="The account was removed."), NOTHING, asked)
    assert box.text() == ""
    box.leave(3)
    QTest.keyClicks(box.editor, TEXT)
    box.show_reply(None, NOTHING)  # it is gone
    assert box.text() == ""
    box.show_reply(reply_to(4), NOTHING, asked)
    assert box.text() == ""


def test_early_keys_are_typed_in_their_order(box: ReplyBox, asked: Asked) -> None:
    box.leave(2)
    QTest.keyClicks(box.editor, "ab")
    QTest.keyClick(box.editor, Qt.Key.Key_Backspace)
    QTest.keyClicks(box.editor, "c")
    box.show_reply(reply_to(2), NOTHING, asked)
    assert box.text() == "ac"


def test_an_answer_chosen_stays_chosen_when_an_older_question_is_answered_late(box: ReplyBox, asked: Asked) -> None:
    late: list[tuple[str, Callable[[Sequence[Prepared]], None]]] = []
    box.asked = asked._replace(answers=lambda typed, _language, deliver: late.append((typed, deliver)))
    other = ANSWER._replace(title="Otro", text="Otra cosa", filled=(), gaps=())
    QTest.keyClicks(box.editor, "/e")
    assert [typed for typed, _ in late] == ["", "e"]  # one letter is one question
    late[1][1]([ANSWER, other])
    QTest.keyClick(box.editor, Qt.Key.Key_Down)
    late[0][1]([ANSWER, other])
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    assert box.text() == "Otra cosa"
