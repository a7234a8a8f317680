"""The editor of the reply box, and what keeps its text: lines, letters, cursor, undo, input methods, drafts at each pause."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.message import Visibility
from app.ui.inbox.drafts import NOTHING, Draft, DraftKeeper
from app.ui.inbox.reply_box import ReplyBox
from app.ui.inbox.reply_to import Asked
from app.ui.look import Look
from tests.ui.inbox.reply_parts import reply_to, write

CTRL = Qt.KeyboardModifier.ControlModifier


def test_lines_are_as_far_apart_as_in_messages(box: ReplyBox, box_look: Look) -> None:
    box.editor.put("a\nb")
    heights = box.editor.document().documentLayout()
    first = heights.blockBoundingRect(box.editor.document().begin())
    second = heights.blockBoundingRect(box.editor.document().begin().next())
    assert second.top() - first.top() == box_look.theme.line("reading")
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    QTest.keyClicks(box.editor, "c")
    third = heights.blockBoundingRect(box.editor.document().lastBlock())
    assert third.top() - second.top() == box_look.theme.line("reading")
    assert box.text() == "a\nb\nc"


def test_both_enters_begin_a_new_line(box: ReplyBox) -> None:
    QTest.keyClicks(box.editor, "a")
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    QTest.keyClick(box.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(box.editor, "b")
    assert box.text() == "a\n\nb"


def test_the_text_is_kept_to_the_letter_with_its_cursor(box: ReplyBox, asked: Asked) -> None:
    text = "  ¡Hola\u00a0!\n\n👩🏽‍🚀 fin  "
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    box.editor.insertPlainText(text)
    cursor = box.editor.textCursor()
    cursor.setPosition(5)
    box.editor.setTextCursor(cursor)
    taken = box.take()
    assert taken is not None
    assert (taken.draft.text, taken.cursor) == (text, 5)
    box.restore(taken)
    assert (box.text(), box.editor.cursor_place()) == (text, 5)


def test_cursor_places_count_letters_not_units(box: ReplyBox) -> None:
    box.editor.put("👩🏽‍🚀ab", 5)
    assert box.editor.cursor_place() == 5
    box.editor.insertPlainText("x")
    assert box.text() == "👩🏽‍🚀axb"


def test_the_editor_grows_and_stops_growing(box: ReplyBox) -> None:
    low = box.editor.height()
    box.editor.insertPlainText("a\n" * 7)
    middle = box.editor.height()
    box.editor.insertPlainText("a\n" * 80)
    high = box.editor.height()
    assert low < middle < high <= 240


def test_pasted_text_is_plain(box: ReplyBox) -> None:
    QGuiApplication.clipboard().setText("<b>no</b>")
    box.editor.paste()
    assert box.text() == "<b>no</b>"


def test_one_reply_cannot_be_undone_into_another(box: ReplyBox, asked: Asked) -> None:
    write(box, "para Ana")
    box.show_reply(reply_to(2), NOTHING, asked)
    box.editor.undo()
    assert box.text() == ""


def test_what_was_typed_is_undone_and_the_lines_stay_apart(box: ReplyBox, box_look: Look) -> None:
    QTest.keyClicks(box.editor, "ab")
    box.editor.undo()
    assert box.text() == ""
    assert not box.editor.document().isUndoAvailable()
    assert box.editor.document().begin().blockFormat().lineHeight() == box_look.theme.line("reading")


def test_what_an_input_method_composes_is_not_sent(box: ReplyBox) -> None:
    QApplication.sendEvent(box.editor, QInputMethodEvent("ni hao", []))
    QApplication.sendEvent(box.editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL))
    assert box.text() == ""


def test_a_text_of_hundred_thousand_letters_can_be_pasted(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "palabra " * 12_500)
    assert len(box.text()) == 100_000


# ---- drafts


@pytest.fixture
def keeper(qapp: QApplication, kept: list[tuple[int, Draft]]) -> DraftKeeper:
    made = DraftKeeper(lambda *what: kept.append(what))
    made.follow(1, NOTHING)
    return made


def test_a_draft_is_kept_after_a_pause_and_while_typing(keeper: DraftKeeper, kept: list[tuple[int, Draft]]) -> None:
    assert (keeper._pause.interval(), keeper._typing.interval()) == (400, 1000)
    keeper.typed(Draft("H"))
    keeper.typed(Draft("Ho"))
    assert kept == []
    keeper._typing.timeout.emit()
    keeper.typed(Draft("Hola"))
    keeper._pause.timeout.emit()
    keeper._pause.timeout.emit()
    assert kept == [(1, Draft("Ho")), (1, Draft("Hola"))]


def test_another_conversation_keeps_what_was_typed_in_the_first(
    keeper: DraftKeeper, kept: list[tuple[int, Draft]]
) -> None:
    keeper.typed(Draft("Hola", Visibility.DIRECT))
    keeper.follow(2, Draft("old"))
    keeper.keep()
    assert kept == [(1, Draft("Hola", Visibility.DIRECT))]


def test_what_was_sent_is_no_draft(keeper: DraftKeeper, kept: list[tuple[int, Draft]]) -> None:
    keeper.typed(Draft("Hola"))
    keeper.forget()
    keeper.keep()
    assert kept == []
    assert not keeper.pending
