"""Tags and rules in the Inbox: the picker, the chips, the line of a rule, and what customers say, counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.conversation import Category, ConversationState
from app.models.message import RuleNote
from app.models.tag import TagRow
from app.ui.inbox.bubble import Bubble
from app.ui.inbox.feedback_parts import Counted, Said
from app.ui.inbox.feedback_sheet import FeedbackSheet
from app.ui.inbox.sorted_part import SortedPart
from app.ui.inbox.tag_sheet import TagNameSheet
from tests.ui.inbox.conftest import Inbox

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
NOTE = RuleNote(4, 9, "Refunds", Category.COMPLAINT, 1)


def sort(inbox: Inbox, *, tags: tuple[TagRow, ...] = (), rules: tuple[RuleNote, ...] = ()) -> int:
    """The open conversation's last message is sorted; answers the message's id."""
    number = inbox.open_id
    assert number is not None
    detail = inbox.services.details[number]
    last = detail.messages[-1]
    inbox.services.details[number] = replace(
        detail, messages=(*detail.messages[:-1], replace(last, tags=tags, rules=rules))
    )
    inbox.page.desk.read_detail()
    inbox.settle()
    return last.id


def picker(inbox: Inbox) -> QMenu:
    inbox.press(Qt.Key.Key_T, CONTROL_SHIFT)
    menu = inbox.page.tagging.menu
    assert menu is not None
    return menu


def parts(inbox: Inbox) -> list[SortedPart]:
    return [part for part in inbox.page.conversation.messages.parts() if isinstance(part, SortedPart)]


def sheet(inbox: Inbox) -> FeedbackSheet:
    inbox.shell.actions.run("inbox.feedback")
    inbox.settle()
    found = inbox.shell.window.overlay()
    assert isinstance(found, FeedbackSheet)
    return found


def test_the_picker_offers_the_tags_with_their_digits(inbox: Inbox):
    sort(inbox)
    message_id = inbox.page.desk.detail.messages[-1].id  # type: ignore[union-attr]
    inbox.services.tags.borne[message_id] = (TagRow(2, "opinion"),)
    menu = picker(inbox)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == [
        "&1  Request",
        "&2  Opinion",
        "&3  Criticism",
        "&4  Vinilo && más",
        "New tag",
        "All tags and their counts",
    ]
    assert [action.isChecked() for action in menu.actions()[:4]] == [False, True, False, False]
    QTest.keyClick(menu, Qt.Key.Key_3)
    inbox.settle()
    assert inbox.services.tags.asked == [("toggle", 3, (message_id,), (inbox.open_id,))]


def test_ticked_conversations_are_tagged_together(inbox: Inbox):
    inbox.press("x")
    inbox.press("j")
    inbox.press("x")
    menu = picker(inbox)
    menu.actions()[0].trigger()
    inbox.settle()
    [(_, tag_id, messages, conversations)] = inbox.services.tags.asked
    assert (tag_id, messages, len(conversations)) == (1, (), 2)


def test_a_new_tag_is_named_and_put_on(inbox: Inbox):
    menu = picker(inbox)
    menu.actions()[5].trigger()
    inbox.settle()
    named = inbox.shell.window.overlay()
    assert isinstance(named, TagNameSheet)
    assert QApplication.focusWidget() is named.field.line
    inbox.press(Qt.Key.Key_Return)
    assert inbox.shell.window.overlay() is named  # a name is asked for, and it says so
    QTest.keyClicks(named.field.line, "Casete")
    inbox.press(Qt.Key.Key_Return)
    assert [asked[:2] for asked in inbox.services.tags.asked] == [("add", "Casete"), ("toggle", 9)]
    assert inbox.shell.window.overlay() is None


def test_chips_and_the_rule_stand_below_the_message(inbox: Inbox):
    sort(inbox, tags=(TagRow(1, "request"), TagRow(4, "", "<b>Vinilo</b>\u202e\nazul")), rules=(NOTE,))
    [part] = parts(inbox)
    assert part.stops
    assert part.name.startswith("Tags: Request, <b>Vinilo</b>")
    assert part.name.endswith("Rule: Refunds → Complaint, high priority")
    assert "\n" not in part.name
    assert "\u202e" not in part.name
    above = inbox.page.conversation.messages.parts()
    assert isinstance(above[list(above).index(part) - 1], Bubble)


def test_a_rule_may_have_only_tagged_or_be_undone(inbox: Inbox):
    sort(
        inbox,
        rules=(NOTE._replace(category=None, priority=None), NOTE._replace(move=ConversationState.IGNORED, undone=True)),
    )
    [part] = parts(inbox)
    first, second = part.name.split(". ")
    assert first == "Rule: Refunds"
    assert second == "Rule: Refunds → Complaint, high priority, Trolls & spam (undone)"
    assert [spot.act for spot in part.opens()] == ["open_rule:4", "undo_rule:4", "open_rule:4"]


def test_a_message_without_tags_has_no_part_below(inbox: Inbox):
    sort(inbox)
    assert parts(inbox) == []


def test_a_long_name_is_cut_where_the_pane_is_narrow(inbox: Inbox):
    sort(inbox, tags=(TagRow(4, "", "W" * 40), TagRow(5, "", "V" * 40)))
    [part] = parts(inbox)
    part.lay_out(200)
    assert part.height > 2 * inbox.look.theme.size("control.chip")
    assert part._fitting(part._chips[0]).text.endswith("…")


def test_what_a_rule_did_is_undone_with_the_mouse(inbox: Inbox):
    sort(inbox, rules=(NOTE,))
    view, [part] = inbox.page.conversation.messages, parts(inbox)
    index = list(view.parts()).index(part)
    top = view._tops[index] - view.verticalScrollBar().value()
    _, back = part._boxes(0)
    point = QPointF(view._inset, top) + back.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(point.x()), round(point.y())))
    inbox.settle()
    assert inbox.services.rules.asked == [("take_back", 4)]


def test_what_a_rule_did_is_undone_with_the_keyboard(inbox: Inbox):
    sort(inbox, rules=(NOTE,))
    assert "ruled" in inbox.page.state()["facts"]
    inbox.shell.actions.run("inbox.undo_rule")
    inbox.settle()
    assert inbox.services.rules.asked == [("take_back", 4)]


def test_the_flag_of_a_priority_is_seen_and_said(inbox: Inbox):
    number = inbox.open_id
    assert number is not None
    inbox.services.put(inbox.services.rows[number]._replace(priority=1))
    inbox.settle()
    model = inbox.page.desk.model
    names = [model.data(model.index(place, 0), Qt.ItemDataRole.AccessibleTextRole) for place in range(3)]
    assert "high priority" in names[0]
    assert "high priority" not in names[1]


def test_counts_open_the_messages_behind_them(inbox: Inbox):
    found = sheet(inbox)
    entries = [button for button in found.tags.buttons if isinstance(button, Counted)]
    assert [button.accessibleName() for button in entries][:2] == ["Request, 3 messages", "Opinion, 0 messages"]
    assert entries[0].isChecked()
    assert [type(button) for button in found.messages.buttons] == [Said] * 3
    assert found.title.text() == "Request: 3 messages"
    found.messages.buttons[1].click()
    inbox.settle()
    assert inbox.shell.window.overlay() is None
    assert inbox.open_id == 2


def test_arrow_keys_go_through_tags_and_messages(inbox: Inbox):
    found = sheet(inbox)
    found.tags.buttons[0].setFocus()
    inbox.press(Qt.Key.Key_Down)
    assert found.tags.buttons[1].hasFocus()
    assert found.title.text() == "Opinion: 0 messages"
    assert found.none.isVisible()
    inbox.press(Qt.Key.Key_Home)
    assert found.title.text() == "Request: 3 messages"
    found.messages.buttons[0].setFocus()
    inbox.press(Qt.Key.Key_End)
    assert found.messages.buttons[-1].hasFocus()


def test_another_period_is_compared_or_not(inbox: Inbox):
    found = sheet(inbox)
    assert "28 days" in found.said.text()
    found.period.chosen.emit(0)
    found.period.choose(3)
    found.read()
    inbox.settle()
    assert found.said.text() == "Everything that is stored."
    assert found.span()[0] is None


def test_the_table_is_written_and_said(inbox: Inbox, tmp_path: Path):
    found = sheet(inbox)
    found.write_table(tmp_path / "a.csv")
    inbox.settle()
    [(_, target, names, titles, since, until)] = inbox.services.tags.asked
    assert (target, names[1], titles[0]) == (tmp_path / "a.csv", "Request", "Time")
    assert (until - since).days == 28
    assert found.export.isEnabled()
    said = inbox.look.text(inbox.shell.notices.history()[-1].message)
    assert said == "3 messages are in a.csv"
    assert not found.stop.isVisible()


def test_tags_are_renamed_merged_and_retired_from_the_sheet(inbox: Inbox):
    found = sheet(inbox)
    found.change.click()
    menu = next(menu for menu in found.findChildren(QMenu) if menu.isVisible())
    rename, into, retire = menu.actions()
    retire.trigger()
    into.menu().actions()[0].trigger()
    rename.trigger()
    menu.close()
    inbox.settle()
    named = inbox.shell.window.overlay()
    assert isinstance(named, TagNameSheet)
    assert "Request" in named.field.hint.text()
    inbox.services.tags.refuses = True
    QTest.keyClicks(named.field.line, "Deseo")
    QTest.keyClick(named.field.line, Qt.Key.Key_Return)
    assert named.field.line.accessibleDescription() == "A tag needs a name."
    inbox.services.tags.refuses = False
    QTest.keyClick(named.field.line, Qt.Key.Key_Return)
    assert inbox.services.tags.asked == [("retire", 1, True), ("merge", 1, 2), ("rename", 1, "Deseo")]


def test_the_column_of_views_leads_to_it(inbox: Inbox):
    inbox.page.views.feedback.click()
    inbox.settle()
    assert isinstance(inbox.shell.window.overlay(), FeedbackSheet)
