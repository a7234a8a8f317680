"""The conversation as a screen reader walks it: a list, and in it what was said."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.inbox.thread import ThreadView
from app.ui.look import Look
from app.ui.screen_readers import answer_screen_readers
from tests.ui.inbox import shop


def items(told: QAccessibleInterface) -> list[QAccessibleInterface]:
    found = [told.child(number) for number in range(told.childCount())]
    return [each for each in found if each is not None and each.role() == QAccessible.Role.ListItem]


def test_it_is_a_list_of_what_was_said(qapp: QApplication, qtbot: QtBot, look: Look) -> None:
    answer_screen_readers(qapp)
    thread = ThreadView(look, lambda: shop.NOW)
    qtbot.addWidget(thread)
    thread.resize(500, 400)
    thread.setAccessibleName("Conversation")
    thread.show()
    thread.show_detail(shop.XIMENA, 1)
    told = QAccessible.queryAccessibleInterface(thread)
    assert told is not None
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "Conversation")
    said = items(told)
    assert [each.text(QAccessible.Text.Name) for each in said] == [part.name for part in thread.parts()]
    assert all(told.indexOfChild(each) >= 0 and each.parent() is told for each in said)
    thread._step(1)
    assert [each.state().selected for each in said].count(True) == 1


def test_what_has_gone_is_told_of_no_more(qapp: QApplication, qtbot: QtBot, look: Look) -> None:
    answer_screen_readers(qapp)
    thread = ThreadView(look, lambda: shop.NOW)
    qtbot.addWidget(thread)
    thread.show_detail(shop.XIMENA, 1)
    told = QAccessible.queryAccessibleInterface(thread)
    assert told is not None
    last = items(told)[-1]
    thread.show_detail(None)
    assert not last.isValid()
    assert last.text(QAccessible.Text.Name) == ""
    assert items(told) == []
