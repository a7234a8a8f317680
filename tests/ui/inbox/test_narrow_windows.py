"""The inbox in narrow windows and with large text: which column gives way, and what stays in reach."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.conversation import View
from tests.ui.inbox.conftest import Inbox

Open = Callable[..., Inbox]


def test_columns_give_way_in_order(inbox: Inbox) -> None:
    columns, window = inbox.page.columns, inbox.shell.window
    assert (columns.has_views, columns.is_drawer) == (True, False)
    window.resize(1240, 900)
    inbox.settle()
    assert (columns.has_views, columns.is_drawer) == (True, True)
    window.resize(1100, 900)
    inbox.settle()
    assert (columns.has_views, columns.is_drawer) == (False, True)
    assert inbox.page.list.title.opens
    window.resize(1440, 900)
    inbox.settle()
    assert (columns.has_views, columns.is_drawer) == (True, False)
    assert inbox.page.card.isVisible()


def test_in_the_smallest_window_the_card_is_a_drawer(open_inbox: Open) -> None:
    inbox = open_inbox(size=(1024, 640))
    assert inbox.look.theme.density == "compact"
    assert inbox.page.list.width() + 1 == 316  # with the line beside it
    inbox.press("i")
    assert inbox.page.columns.shows_card
    inbox.press(Qt.Key.Key_Escape)
    assert not inbox.page.columns.shows_card


def test_with_large_text_the_list_gives_way_and_send_stays_in_the_window(open_inbox: Open) -> None:
    inbox = open_inbox(size=(1024, 640))
    inbox.look.theme.choose(zoom=150)
    inbox.settle()
    send = inbox.page.conversation.reply.bar.send
    assert send.mapTo(inbox.shell.window, send.rect().bottomRight()).x() <= inbox.shell.window.width()
    inbox.look.theme.choose(zoom=100)
    inbox.settle()
    assert inbox.page.list.width() + 1 == 316


def test_a_line_between_columns_is_moved_by_arrow_keys(inbox: Inbox) -> None:
    line, rows = inbox.page.columns.lines()[1], inbox.page.list
    before = rows.width()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert rows.width() == before + inbox.look.theme.px(16)
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert rows.width() == before
    assert line.accessibleName() == "Line between columns"


def test_the_views_are_a_menu_in_a_narrow_window(open_inbox: Open) -> None:
    inbox = open_inbox(size=(1024, 640))
    menu = inbox.page.views.menu(inbox.page)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Needs answer\t10"
    menu.actions()[3].trigger()
    assert inbox.page.desk.view is View.SNOOZED


def test_a_card_that_goes_with_its_window_is_not_filled_any_more(inbox: Inbox) -> None:
    assert inbox.page.opening._card_soon.parent() is inbox.page.card  # Qt ends it with the card, before it can fire


def test_i_hides_the_card_and_shows_it_again(inbox: Inbox) -> None:
    inbox.press("i")
    assert not inbox.page.card.isVisible()
    inbox.press("i")
    assert inbox.page.card.isVisible()
