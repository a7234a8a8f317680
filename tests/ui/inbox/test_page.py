"""The Inbox page as its user meets it: keys, going on after acts, drafts, undo, narrow windows, empty places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.models.conversation import Category, ConversationState, View
from app.models.message import Visibility
from app.runtime.settings import Reading
from app.runtime.words import message
from app.ui.inbox.page import EMPTY_KEYS, LIST_KEYS, REPLY_KEYS
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.skeleton import Skeleton
from tests.ui.inbox import shop
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeChanges, FakeServices

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., Inbox]
OFFSCREEN_POPUP = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


# ---- the first frame


def test_the_first_row_is_open_when_the_page_is_shown(inbox: Inbox) -> None:
    assert inbox.open_id == 1
    assert inbox.page.conversation.header.name.text() == "Étienne Marchal"
    assert inbox.page.list.title.text() == "Needs answer"


def test_rows_are_there_before_anything_is_read_elsewhere(services: FakeServices, open_inbox: Open) -> None:
    services.reads.waits = True
    inbox = open_inbox()
    assert inbox.listed() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert inbox.page.conversation.header.name.text() == "Étienne Marchal"
    assert inbox.page.conversation.messages.parts() == ()
    services.reads.deliver_all()
    assert inbox.page.conversation.messages.parts() != ()


def test_groups_stand_in_the_first_row_of_each(inbox: Inbox) -> None:
    titles = inbox.page.desk.group_titles()
    assert {row: (str(title.group), title.many) for row, title in titles.items()} == {
        0: ("within_the_hour", 3),
        3: ("later_today", 6),
        9: ("tomorrow", 1),
    }
    header = inbox.page.list.rows.verticalHeader()
    assert [header.sectionSize(row) for row in (0, 1, 3, 4)] == [120, 92, 120, 92]


# ---- going through the list


def test_j_and_k_go_through_the_list(inbox: Inbox) -> None:
    inbox.press("j")
    inbox.press("j")
    assert inbox.open_id == 3
    inbox.press("k")
    assert inbox.open_id == 2


def test_j_works_from_the_conversation_too(inbox: Inbox) -> None:
    inbox.page.conversation.messages.setFocus()
    inbox.press("j")
    assert inbox.open_id == 2


def test_running_through_the_list_reads_only_what_stays_open(inbox: Inbox) -> None:
    inbox.press("j")
    inbox.press("j")
    assert inbox.services.acts("mark_read") == []
    inbox.page.desk.seen.timeout.emit()
    assert inbox.services.acts("mark_read") == [("mark_read", 3)]


def test_enter_goes_into_the_conversation_and_again_into_the_reply(inbox: Inbox) -> None:
    inbox.press(Qt.Key.Key_Return)
    assert inbox.page.conversation.messages.hasFocus()
    inbox.press(Qt.Key.Key_Return)
    assert inbox.page.conversation.reply.editor.hasFocus()
    inbox.press(Qt.Key.Key_Escape)
    assert inbox.page.list.rows.hasFocus()


def test_letters_in_the_reply_are_letters(inbox: Inbox) -> None:
    inbox.press("r")
    inbox.press("e")
    assert inbox.page.conversation.reply.text() == "e"
    assert inbox.services.acts("close") == []


# ---- acts


def test_done_opens_the_next_conversation(inbox: Inbox) -> None:
    inbox.press("j")
    inbox.press("e")
    assert inbox.services.acts("close") == [("close", (2,))]
    assert inbox.open_id == 3
    assert 2 not in inbox.listed()
    assert inbox.page.list.rows.hasFocus()


def test_the_next_one_is_open_before_the_act_is_stored(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int | None] = []
    store = inbox.services.inbox.close

    async def close(ids: tuple[int, ...]) -> None:
        opened.append(inbox.open_id)
        await store(ids)

    monkeypatch.setattr(inbox.services.inbox, "close", close)
    inbox.press("e")
    assert opened == [2]


def test_done_with_the_last_row_opens_the_one_before(inbox: Inbox) -> None:
    inbox.press(Qt.Key.Key_End)
    inbox.press("e")
    assert inbox.open_id == 9


@pytest.mark.parametrize(("key", "act"), [("e", "close"), ("q", "keep"), ("m", "ignore"), ("!", "ignore"), ("u", "reopen")])
def test_each_key_puts_the_conversation_away(inbox: Inbox, key: str, act: str) -> None:
    inbox.press(key, SHIFT if key == "!" else Qt.KeyboardModifier.NoModifier)
    assert inbox.services.acts(act) == [(act, (1,))]
    assert inbox.open_id == 2


def test_z_brings_it_back(inbox: Inbox) -> None:
    inbox.press("e")
    assert 1 not in inbox.listed()
    inbox.press("z")
    assert inbox.listed()[0] == 1


@OFFSCREEN_POPUP
def test_snooze_asks_until_when_and_a_digit_answers(inbox: Inbox) -> None:
    inbox.press("s")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "1  In an hour\t10:41"
    menu.actions()[0].trigger()
    menu.close()
    assert inbox.services.acts("snooze") == [("snooze", (1,))]
    assert inbox.services.acts("until") == [("until", shop.at(10, 41))]
    assert inbox.open_id == 2


@OFFSCREEN_POPUP
def test_the_category_is_chosen_from_a_menu(inbox: Inbox) -> None:
    inbox.press("t")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    chosen = [action for action in menu.actions() if action.isChecked()]
    assert [action.text().split("  ")[-1] for action in chosen] == ["Complaint"]
    menu.actions()[list(Category).index(Category.ORDER)].trigger()
    menu.close()
    assert inbox.services.acts("categorize") == [("categorize", (1,), Category.ORDER)]
    assert inbox.open_id == 1


def test_acts_are_on_all_ticked_rows(inbox: Inbox) -> None:
    inbox.press("x")
    inbox.press("j")
    inbox.press("x")
    inbox.press("e")
    assert inbox.services.acts("close") == [("close", (1, 2))]
    assert inbox.open_id == 3
    assert inbox.page.desk.model.ticked == ()


def test_shift_j_ticks_on_and_escape_clears(inbox: Inbox) -> None:
    inbox.press("J", SHIFT)
    assert inbox.page.desk.model.ticked == (1, 2)
    inbox.press(Qt.Key.Key_Escape)
    assert inbox.page.desk.model.ticked == ()


def test_ctrl_a_ticks_all(inbox: Inbox) -> None:
    inbox.press("a", CTRL)
    assert len(inbox.page.desk.model.ticked) == 10


def test_like_applies_where_the_network_allows_it(inbox: Inbox) -> None:
    inbox.press("l")
    assert inbox.services.acts("like") == [("like", (1,))]
    inbox.press("j")  # X
    assert not inbox.shell.actions.applies("inbox.like")
    menu = inbox.page.conversation.more_menu(inbox.page.verbs.reasons())
    greyed = [action for action in menu.actions() if action.text().startswith("Like · ")]
    assert [action.isEnabled() for action in greyed] == [False]


def test_a_public_message_is_quoted_where_the_network_lets_programs_quote(inbox: Inbox) -> None:
    assert inbox.shell.actions.applies("inbox.quote")
    assert inbox.page.perform("message_to_quote") == (3, "https://net.example/1")
    inbox.press("j")  # X
    assert not inbox.shell.actions.applies("inbox.quote")
    assert inbox.page.perform("message_to_quote") == message("network.x.no_quotes")
    menu = inbox.page.conversation.more_menu(inbox.page.verbs.reasons())
    (greyed,) = [action for action in menu.actions() if action.text().startswith("Quote in a post")]
    assert not greyed.isEnabled()
    assert "enterprise contract" in greyed.text()


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"visibility": Visibility.DIRECT}, "not public"), ({"visibility": Visibility.FOLLOWERS}, "not public"), ({"url": ""}, "not known")],
)
def test_a_private_message_is_not_quoted(services: FakeServices, open_inbox: Open, more: dict[str, object], reason: str) -> None:
    detail = services.details[1]
    services.details[1] = replace(detail, messages=tuple(replace(each, **more) for each in detail.messages))  # type: ignore[arg-type]
    inbox = open_inbox()
    assert not inbox.shell.actions.applies("inbox.quote")
    assert reason in inbox.page.verbs.reasons()["inbox.quote"]


def test_a_key_held_down_opens_the_conversation_where_it_comes_to_rest(inbox: Inbox) -> None:
    opened: list[int] = []
    inbox.page.desk.opened.connect(lambda row: opened.append(row.id))
    for _ in range(3):
        inbox.application.sendEvent(inbox.page.list.rows, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j"))
    assert opened == []
    inbox.settle()
    assert opened == [inbox.open_id] == [inbox.listed()[3]]


def test_opening_at_the_network_takes_the_last_message_of_the_customer(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(inbox.shell.face, "open_url", opened.append)
    inbox.press("j")
    inbox.press("o")
    assert opened == ["https://x.example/ximerobles/1"]


def test_nothing_is_changed_where_the_profile_may_only_be_read(services: FakeServices, open_inbox: Open) -> None:
    services.data.read_only = True
    inbox = open_inbox()
    inbox.press("e")
    assert services.acts("close") == []


# ---- following commits


def test_a_new_message_at_the_top_leaves_the_selection_where_it_is(inbox: Inbox) -> None:
    inbox.press("j")
    first = shop.row(99, 1, "Nueva", shop.at(9, 40), "Hola", Category.QUESTION, "es", shop.at(9, 1))
    inbox.services.put(first)
    inbox.settle()
    assert inbox.listed()[0] == 99
    assert inbox.open_id == 2
    assert inbox.page.list.rows.current_row == 2


def test_the_list_read_anew_finds_the_open_conversation_again(inbox: Inbox) -> None:
    inbox.press("j")
    inbox.press("j")
    inbox.services.changed.emit(FakeChanges(conversation=None))
    assert inbox.open_id == 3
    assert inbox.page.list.rows.current_row == 2


def test_a_conversation_answered_elsewhere_gives_its_place_to_the_next(inbox: Inbox) -> None:
    inbox.press("j")
    inbox.services.put(inbox.services.rows[2]._replace(state=ConversationState.WAITING))
    inbox.settle()
    assert inbox.open_id == 3


# ---- views


def test_views_and_accounts_narrow_the_list(inbox: Inbox) -> None:
    inbox.page.views.views[View.SNOOZED].click()
    assert inbox.listed() == [20]
    inbox.page.views.views[View.NEEDS_ANSWER].click()
    inbox.page.views.accounts[4].click()
    assert inbox.listed() == [5]
    inbox.page.views.accounts[4].click()
    assert len(inbox.listed()) == 10


def test_g_d_shows_what_is_due_soon(inbox: Inbox) -> None:
    inbox.press("g")
    inbox.press("d")
    assert inbox.page.desk.view is View.DUE_SOON
    assert inbox.listed() == [1, 2, 3]


def test_counts_stand_beside_views_and_accounts(inbox: Inbox) -> None:
    assert inbox.page.views.views[View.NEEDS_ANSWER].accessibleName() == "Needs answer, 10"
    assert inbox.page.views.views[View.DONE].accessibleName() == "Done"
    assert inbox.page.views.accounts[3].accessibleName() == "@aurora, Mastodon, 3"


def test_a_conversation_is_brought_from_any_view(inbox: Inbox) -> None:
    inbox.shell.face.show_page("inbox", conversation=20)
    inbox.settle()
    assert inbox.open_id == 20
    assert inbox.page.desk.view is View.SNOOZED


def test_searching_shows_finds_and_escape_leaves(inbox: Inbox) -> None:
    inbox.press("/")
    assert inbox.page.list.field.hasFocus()
    inbox.page.list.field.setText("vinil")
    inbox.press(Qt.Key.Key_Return)
    assert set(inbox.listed()) == {7, 9}
    inbox.press(Qt.Key.Key_Escape)
    assert len(inbox.listed()) == 10
    assert inbox.page.list.title.isVisible()


# ---- empty places


def test_when_all_are_answered_the_page_says_so(services: FakeServices, open_inbox: Open) -> None:
    services.rows = {number: row for number, row in services.rows.items() if row.state is not ConversationState.NEEDS_ANSWER}
    inbox = open_inbox()
    shown = inbox.page.list.stack.currentWidget()
    assert isinstance(shown, EmptyState)
    assert shown.heading.text() == "Everyone has an answer"
    assert inbox.page.footer_keys() == EMPTY_KEYS
    assert not inbox.page.columns.shows_card


def test_how_often_is_looked_is_told_as_it_is_set(services: FakeServices, open_inbox: Open) -> None:
    services.rows = {number: row for number, row in services.rows.items() if row.state is not ConversationState.NEEDS_ANSWER}
    shown = open_inbox().page.list.stack.currentWidget()
    assert isinstance(shown, EmptyState)
    assert shown.sentence.text() == "New messages appear here. Tertulia looks every 5 minutes."
    services.settings.change(Reading, minutes=1)
    assert shown.sentence.text() == "New messages appear here. Tertulia looks every minute."


def test_the_last_answer_empties_the_page(services: FakeServices, open_inbox: Open) -> None:
    services.rows = {1: services.rows[1]}
    inbox = open_inbox()
    inbox.press("e")
    assert inbox.page.fillers.kind == "answered"
    assert inbox.open_id is None


def test_without_an_account_the_way_to_one_is_offered(services: FakeServices, open_inbox: Open) -> None:
    services.rows, services.account_rows = {}, []
    inbox = open_inbox()
    assert inbox.page.fillers.kind == "no_account"
    focus = inbox.page.first_focus()
    assert focus is not None
    assert focus.accessibleName() == "Add an account"


def test_a_first_reading_shows_how_far_it_is_and_can_be_stopped(services: FakeServices, open_inbox: Open) -> None:
    services.rows = {}
    inbox = open_inbox()
    services.sync.progress.emit(1, 118, 280)
    assert inbox.page.list.reading.isVisible()
    assert inbox.page.list.reading.label.text() == "Reading the last 28 days, 118 of about 280"
    inbox.page.list.reading.stop.click()
    assert services.sync.stopped
    services.sync.progress.emit(1, 118, None)
    assert not inbox.page.list.reading.isVisible()


def test_shapes_of_rows_stand_there_only_once_it_takes_a_while(qtbot: QtBot, services: FakeServices, open_inbox: Open) -> None:
    services.rows = {}
    inbox = open_inbox()
    services.sync.progress.emit(1, 0, 0)
    assert inbox.page.list.reading.label.text() == "Reading the last 28 days"
    assert inbox.page.list.stack.currentWidget().findChildren(Skeleton) == []
    qtbot.waitUntil(lambda: bool(inbox.page.list.stack.currentWidget().findChildren(Skeleton)), timeout=30_000)


def test_a_stopped_first_reading_says_so_and_goes_on_when_asked(services: FakeServices, open_inbox: Open) -> None:
    inbox = open_inbox()
    strip = inbox.page.list.reading
    services.sync.progress.emit(1, 118, 280)
    assert strip.stop.isVisible()
    services.sync.progress.emit(1, 118, None)
    services.sync.paused.emit(1, 118, 280)
    assert strip.label.text() == "Stopped after 118 of about 280 messages of the last 28 days"
    assert (strip.stop.isVisible(), strip.go_on.isVisible()) == (False, True)
    wanted: list[bool] = []
    inbox.page.list.go_on_wanted.connect(lambda: wanted.append(True))
    strip.go_on.click()
    assert wanted == [True]
    services.sync.progress.emit(1, 118, 280)
    assert strip.stop.isVisible()
    services.sync.progress.emit(1, 280, None)
    assert not strip.isVisible()


# ---- words and names


def test_footer_keys_follow_the_keyboard(inbox: Inbox) -> None:
    assert inbox.page.footer_keys() == LIST_KEYS
    inbox.press("r")
    assert inbox.page.footer_keys() == REPLY_KEYS
    assert inbox.page.context == "inbox.reply"


def test_a_row_says_all_that_it_shows(inbox: Inbox) -> None:
    model = inbox.page.desk.model
    name = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert name.startswith("Étienne Marchal, Mastodon, Complaint, fr, 12 min late, unread, Bonjour")
    assert "33 min left to answer" in model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)


def test_every_control_of_the_page_has_a_name(inbox: Inbox) -> None:
    nameless = [
        type(widget).__name__
        for widget in inbox.page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


def test_the_page_speaks_spanish_when_the_language_changes(inbox: Inbox) -> None:
    inbox.look.words.language = "es"
    inbox.shell.window.retranslate()
    assert inbox.page.list.title.text() == "Por responder"
    assert inbox.page.conversation.reply.bar.send.text() == "Enviar"
    assert inbox.page.views.views[View.SNOOZED].text() == "Pospuestas"


def test_widths_and_view_are_remembered(inbox: Inbox) -> None:
    inbox.page.views.views[View.DONE].click()
    inbox.page.columns.toggle_card()
    kept = inbox.page.resumable()
    assert kept["view"] == "done"
    assert kept["card"] is False


def test_the_list_lets_no_input_method_in(inbox: Inbox) -> None:
    for widget in (inbox.page.list.rows, inbox.page.conversation.messages):
        assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_row_that_comes_back_leaves_no_gap_where_its_group_began(inbox: Inbox) -> None:
    header = inbox.page.list.rows.verticalHeader()
    begin = [row for row in range(header.count()) if header.sectionSize(row) > 92]
    inbox.press("e")
    inbox.press("z")
    inbox.settle()
    assert inbox.listed()[0] == 1
    assert [row for row in range(header.count()) if header.sectionSize(row) > 92] == begin
