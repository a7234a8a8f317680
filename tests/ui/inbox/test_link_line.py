"""The line that takes a link for a reply: tracked or not, new or in the place of another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.ui.inbox.reply_box import ReplyBox


def test_a_link_says_where_its_clicks_come_from_unless_that_is_not_wanted(box: ReplyBox) -> None:
    QGuiApplication.clipboard().clear()
    box.asked = box.asked._replace(tracked=lambda url: f"{url}?utm_source=mastodon")
    for counts, end in ((True, "?utm_source=mastodon"), (False, "")):
        box.editor.clear()
        box.link.ask()
        box.link.counts.setChecked(counts)
        box.link.line.setText("https://discosaurora.example/x")
        QTest.keyClick(box.link.line, Qt.Key.Key_Return)
        assert box.text() == f"https://discosaurora.example/x{end}"


def test_the_link_that_the_cursor_stands_in_is_changed(box: ReplyBox) -> None:
    box.editor.insertPlainText("🎶 Mira https://e.example/a. Ya")
    cursor = box.editor.textCursor()
    cursor.setPosition(15)
    box.editor.setTextCursor(cursor)
    box.link.ask()
    assert box.link.line.text() == "https://e.example/a"
    box.link.line.setText("https://e.example/b")
    QTest.keyClick(box.link.line, Qt.Key.Key_Return)
    assert box.text() == "🎶 Mira https://e.example/b. Ya"
    box.editor.undo()
    assert box.text() == "🎶 Mira https://e.example/a. Ya"
