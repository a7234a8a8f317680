"""The customer card and its sheets, in a real window: everything has a name and a key, and asks the services for the right thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from app.models.conversation import ConversationState
from app.models.customer import CustomerWords, Flag, MoodMark
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.inbox.card_line import CardLine
from app.ui.inbox.card_sections import span
from app.ui.inbox.customer_lists import HistorySheet, OrdersSheet
from app.ui.inbox.customer_sheets import EditSheet, NoteSheet
from app.ui.inbox.join_sheet import JoinSheet
from tests.ui.inbox import customers, shop
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.customers import XIMENA
from tests.ui.inbox.fake_services import FakeChanges, FakeServices

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Inbox]
XIMENAS = 2
"""Her conversation."""


@pytest.fixture
def hers(open_inbox: Open, services: FakeServices) -> Inbox:
    """Ximena's conversation is open, and all about her is known."""
    services.customers.details[XIMENA.id] = XIMENA
    inbox = open_inbox()
    inbox.press("j")
    assert inbox.open_id == XIMENAS
    return inbox


def sheet(kind: type[Sheet]) -> Sheet:
    found = [widget for widget in QApplication.allWidgets() if isinstance(widget, kind) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


def texts(widget: QWidget) -> list[str]:
    return [line.words.title for line in widget.findChildren(CardLine) if not line.isHidden()]


# ---- what it shows


def test_the_card_shows_all_that_is_known(hers: Inbox) -> None:
    card = hers.page.card
    assert card.head.name.text() == "Ximena Robles"
    assert card.head.flags.texts == ["VIP", "Press"]
    assert [figure.text() for figure, _ in card.head.figures] == ["5", "1,284", "Mar 2024"]
    assert [bar.mood for bar in card.moods.bars] == [mood for _, mood in customers.SAID]
    assert texts(card.promises)[0] == "New link after the trip"
    assert card.due.accessibleName() == "1 due"
    assert len(texts(card.orders)) == 3
    assert card.all_orders.text() == "All 12 orders"
    assert len(texts(card.others)) == 2
    assert texts(card.cases)[0] == "Wrong T-shirt size"
    assert card.notes.tags.texts == ["collector", "post-rock", "preorder"]
    assert texts(card.notes.notes) == ["A-20418 paid on 12 Nov, 0 of 3 downloads used."]
    assert texts(card.profiles) == ["@ximerobles", "@xime.robles"]


def test_three_figures_share_the_width_by_need_and_the_last_goes_below_where_it_must(hers: Inbox, qapp: QApplication) -> None:
    head = hers.page.card.head
    words = [pair[1] for pair in head.figures]
    for label, said in zip(words, ("a", "b", "the first message of all"), strict=True):
        label.setText(said)
    head._share()
    qapp.processEvents()
    assert all(label.width() >= label.sizeHint().width() for label in words)
    assert words[0].mapTo(head, QPoint()).y() == words[2].mapTo(head, QPoint()).y()
    words[0].setText("conversations with her")
    head._share()
    qapp.processEvents()
    assert words[2].mapTo(head, QPoint()).y() > words[0].mapTo(head, QPoint()).y()
    assert all(label.width() >= label.sizeHint().width() for label in words)


def test_another_customer_takes_the_same_parts(hers: Inbox) -> None:
    card = hers.page.card
    lines = list(card.orders.lines)
    made = len(card.findChildren(QWidget))
    for _ in range(4):
        card.show_detail(
            XIMENA._replace(orders=XIMENA.orders[:1], order_count=1, moods=XIMENA.moods[:2], promises=(), tags=())
        )
        assert card.promise_section.isHidden()
        assert len(texts(card.orders)) == 1
        card.show_detail(XIMENA)
        assert not card.promise_section.isHidden()
    assert card.orders.lines == lines
    assert len(card.findChildren(QWidget)) == made


def test_what_is_not_known_takes_no_room(hers: Inbox) -> None:
    empty = XIMENA._replace(
        flags=(), moods=(), promises=(), orders=(), order_count=0, others=(), cases=(), notes=(), tags=(), about=""
    )
    hers.page.card.show_detail(empty._replace(profiles=XIMENA.profiles[:1]))
    hidden = [section.isHidden() for section in hers.page.card._sections]
    assert hidden == [True, True, True, True, True, True, True, False, False]


def test_strangers_words_are_made_harmless(hers: Inbox) -> None:
    evil = "\u202eevil\n<b>x</b>" * 20
    hers.page.card.show_detail(
        XIMENA._replace(
            tags=(evil,),
            about=evil,
            orders=(XIMENA.orders[0]._replace(products=evil, number=evil, state=evil),),
            notes=(XIMENA.notes[0]._replace(text=evil),),
        )
    )
    assert "\u202e" not in "".join(
        (*texts(hers.page.card), *hers.page.card.notes.tags.texts, hers.page.card.notes.about.text())
    )


def test_the_card_follows_what_others_write(hers: Inbox, services: FakeServices) -> None:
    services.customers.details[XIMENA.id] = XIMENA._replace(flags=(Flag.CAREFUL,))
    services.changed.emit(FakeChanges(customer={XIMENA.id}))
    hers.settle()
    assert hers.page.card.head.flags.texts == ["Careful"]


@pytest.mark.parametrize("moods", [(), (0, 0), (1, 1, 0), (-1, -1, -1), (1, -1, 0), (0, -1)])
def test_a_word_says_how_a_customer_usually_sounds(hers: Inbox, moods: tuple[int, ...]) -> None:
    said = {
        (): "calm",
        (0, 0): "calm",
        (1, 1, 0): "usually_happy",
        (-1, -1, -1): "usually_unhappy",
        (1, -1, 0): "mixed",
        (0, -1): "unhappy",
    }[moods]
    marks = [MoodMark(n, mood, False, shop.NOW, "x") for n, mood in enumerate(moods)]
    hers.page.card.moods.show_marks(marks)
    assert hers.page.card.moods.summary() == f"customer.mood.{said}"


def test_a_message_nobody_listened_to_is_listened_to_when_it_is_shown_and_later_stored(
    hers: Inbox, services: FakeServices
) -> None:
    old = MoodMark(900, None, False, shop.NOW, "Pésimo servicio")
    services.customers.details[XIMENA.id] = XIMENA._replace(moods=(old,))
    services.changed.emit(FakeChanges(message={900}))
    hers.settle()
    assert hers.page.card.moods.bars[0].mood == -1
    assert hers.page.customers.listen.isActive()
    hers.page.customers.listen.timeout.emit()
    assert services.acts("judge") == [("judge", XIMENA.id)]


def test_spans_are_short(hers: Inbox) -> None:
    assert [span(hers.look, minutes * 60_000) for minutes in (0, 18, 120, 60 * 24 * 3)] == [
        "1 min",
        "18 min",
        "2 h",
        "3 days",
    ]


# ---- names and keys


def test_everything_on_the_card_has_a_name(hers: Inbox) -> None:
    card = hers.page.card
    parts = [widget for widget in card.findChildren(QAbstractButton) if widget.isVisible()]
    assert len(parts) > 20
    for part in parts:
        assert part.accessibleName(), part
        assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    bar = card.moods.bars[5]
    assert bar.accessibleName().startswith("Unhappy: “El enlace ya caducó")
    assert bar.accessibleDescription() == "Press to correct it"
    assert card.moods.bars[2].accessibleDescription() == "By your word; Delete takes it back"


def test_f6_reaches_the_card_and_tab_goes_through_it(hers: Inbox) -> None:
    card = hers.page.card
    for _ in range(6):
        hers.press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        if focus is not None and card.isAncestorOf(focus):
            break
    seen = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        if focus is None or not card.isAncestorOf(focus):
            break
        seen.append(focus)
        hers.press(Qt.Key.Key_Tab)
    assert seen[0] is card.edit
    assert len([bar for bar in seen if bar in card.moods.bars]) == 1  # one stop, arrow keys inside
    assert card.join in seen


def test_arrow_keys_go_through_the_bars_and_correct_them(hers: Inbox, services: FakeServices) -> None:
    last = hers.page.card.moods.bars[-1]
    last.setFocus()
    hers.press(Qt.Key.Key_Left)
    assert QApplication.focusWidget() is hers.page.card.moods.bars[-2]
    hers.press(Qt.Key.Key_Down)
    hers.press(Qt.Key.Key_Delete)
    hers.press(Qt.Key.Key_Left)
    hers.press(Qt.Key.Key_Right)
    assert services.acts("correct_mood") == [("correct_mood", 206, 0), ("correct_mood", 206, None)]


def test_a_click_turns_a_mood(hers: Inbox, services: FakeServices) -> None:
    hers.page.card.moods.bars[0].click()
    hers.page.card.moods.bars[1].click()
    hers.page.card.moods.bars[7].click()
    assert [asked[2] for asked in services.acts("correct_mood")] == [0, -1, 1]


# ---- acts


def test_a_promise_is_kept_or_let_go(hers: Inbox, services: FakeServices) -> None:
    kept, let_go = hers.page.card.promises.lines[0].buttons
    kept.click()
    let_go.click()
    assert services.acts("keep_promise") == [("keep_promise", 2)]
    assert services.acts("let_promise_go") == [("let_promise_go", 2)]


def test_enter_opens_another_conversation(hers: Inbox, services: FakeServices) -> None:
    line = hers.page.card.others.lines[1]
    line.setFocus()
    assert services.rows[5].state is ConversationState.NEEDS_ANSWER
    hers.press(Qt.Key.Key_Return)
    assert hers.open_id == 5


def test_what_is_written_down_is_saved_with_ctrl_enter(hers: Inbox, services: FakeServices) -> None:
    hers.page.perform("edit_customer")
    edit = sheet(EditSheet)
    assert isinstance(edit, EditSheet)
    edit.city.line.setText("Zapopan")
    edit.tags.line.setText("vinyl, post-rock,")
    edit.flags[Flag.CAREFUL].setChecked(True)
    edit.about.setFocus()
    hers.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    words = CustomerWords("Ximena Robles", "Zapopan", "es", "xime@correo.example", XIMENA.about, ("vinyl", "post-rock"))
    assert services.acts("describe") == [("describe", XIMENA.id, words)]
    assert services.acts("flag") == [("flag", XIMENA.id, (Flag.VIP, Flag.PRESS, Flag.CAREFUL))]
    assert not edit.isVisible()


def test_what_is_no_address_is_said_beside_it_and_nothing_typed_is_lost(hers: Inbox, services: FakeServices) -> None:
    services.customers.fails = UserMistake(message("customer.no_email", text="x"), field="email")
    hers.page.perform("edit_customer")
    edit = sheet(EditSheet)
    assert isinstance(edit, EditSheet)
    edit.city.line.setText("Zapopan")
    edit.take()
    hers.settle()
    assert edit.isVisible()
    assert edit.email.line.accessibleDescription().startswith("“x” is no e-mail address")
    assert edit.city.text == "Zapopan"


def test_a_tag_is_added_where_the_tags_are(hers: Inbox) -> None:
    hers.page.card.notes.add_tag.click()
    hers.settle()
    edit = sheet(EditSheet)
    assert isinstance(edit, EditSheet)
    assert edit.tags.line.hasFocus()


def test_a_note_is_mended_or_removed(hers: Inbox, services: FakeServices) -> None:
    hers.page.card.notes.notes.lines[0].click()
    note = sheet(NoteSheet)
    assert isinstance(note, NoteSheet)
    note.editor.setPlainText("Paid")
    note.take()
    hers.settle()
    assert services.acts("edit_note") == [("edit_note", 3, "Paid")]
    hers.page.card.notes.notes.lines[0].click()
    again = sheet(NoteSheet)
    assert isinstance(again, NoteSheet)
    again.remove.click()
    assert services.acts("remove_note") == [("remove_note", 3)]


def test_who_might_be_the_same_person_is_offered_with_the_reason(hers: Inbox, services: FakeServices) -> None:
    hers.page.perform("join_customer")
    join = sheet(JoinSheet)
    assert isinstance(join, JoinSheet)
    assert [line.words.caption for line in join.lines.lines] == [
        "Same handle: \u2068@ximerobles\u2069",
        "Same e-mail: \u2068xime@correo.example\u2069",
    ]
    hers.press(Qt.Key.Key_Down)
    hers.press(Qt.Key.Key_Down)
    hers.press(Qt.Key.Key_Return)
    assert services.acts("join") == [("join", XIMENA.id, 302)]
    assert not join.isVisible()


def test_a_look_alike_is_found_only_by_searching_and_is_marked(hers: Inbox) -> None:
    hers.page.perform("join_customer")
    join = sheet(JoinSheet)
    assert isinstance(join, JoinSheet)
    join.field.line.setText("xi")
    join.field.changed.emit("xi")
    captions = [line.words.caption for line in join.lines.lines if not line.isHidden()]
    assert captions == ["Careful: written differently, it only looks the same", "4 conversations"]
    join.field.changed.emit("")


def test_a_joined_profile_is_separated_on_the_card(hers: Inbox, services: FakeServices) -> None:
    own, joined = hers.page.card.profiles.lines[:2]
    assert own.buttons[0].isHidden()
    joined.buttons[0].click()
    assert services.acts("separate") == [("separate", 7)]
    hers.page.perform("separate_customer")
    assert len(services.acts("separate")) == 2


def test_flags_are_chosen_with_digits(hers: Inbox, services: FakeServices) -> None:
    hers.page.perform("choose_flags")
    menu = hers.page.customers.menu
    assert isinstance(menu, QMenu)
    assert [action.isChecked() for action in menu.actions()] == [True, True, False, False, False]
    menu.actions()[3].trigger()
    assert services.acts("flag") == [("flag", XIMENA.id, (Flag.VIP, Flag.PRESS, Flag.CAREFUL))]
    menu.close()


def test_how_the_last_message_sounds_is_chosen_with_digits(hers: Inbox, services: FakeServices) -> None:
    hers.page.perform("choose_mood")
    menu = hers.page.customers.menu
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    assert services.acts("correct_mood") == [("correct_mood", 207, 1)]
    menu.close()


def test_the_whole_history_is_one_line_of_time(hers: Inbox) -> None:
    hers.page.perform("show_history")
    found = sheet(HistorySheet)
    assert isinstance(found, HistorySheet)
    lines = found.lines.lines
    assert QApplication.focusWidget() is lines[-1]
    hers.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is lines[-2]
    hers.press("k")
    hers.press(Qt.Key.Key_Return)
    assert not found.isVisible()
    assert hers.open_id == 4 or hers.open_id == XIMENAS


def test_all_orders_are_shown_and_a_number_copied(hers: Inbox) -> None:
    hers.page.card.all_orders.click()
    found = sheet(OrdersSheet)
    assert isinstance(found, OrdersSheet)
    assert len(found.lines.lines) == 12
    found.lines.lines[1].click()
    assert QApplication.clipboard().text() == "A-20417"


def test_in_the_smallest_window_the_card_comes_with_i(open_inbox: Open, services: FakeServices) -> None:
    services.customers.details[XIMENA.id] = XIMENA
    inbox = open_inbox(size=(1024, 640), language="es")
    inbox.press("j")
    inbox.press("i")
    assert inbox.page.columns.shows_card
    assert inbox.page.card.head.flags.texts == ["VIP", "Prensa"]
    assert inbox.page.card.due.accessibleName() == "vence 1"
    inbox.press("i")
    assert not inbox.page.columns.shows_card


def test_a_profile_that_is_only_read_is_not_changed(hers: Inbox, services: FakeServices) -> None:
    services.data.read_only = True
    hers.page.card.edit.click()
    hers.page.card.join.click()
    hers.page.card.moods.bars[0].click()
    hers.page.card.promises.lines[0].buttons[0].click()
    assert [
        asked[0] for asked in services.asked if asked[0] in ("describe", "join", "correct_mood", "keep_promise")
    ] == []
    assert not [widget for widget in QApplication.allWidgets() if isinstance(widget, Sheet) and widget.isVisible()]


def test_commands_apply_where_there_is_something_to_do(hers: Inbox, services: FakeServices) -> None:
    assert {"customer", "joined", "orders", "moods"} <= hers.page.state()["facts"]
    services.customers.details[XIMENA.id] = XIMENA._replace(
        profiles=XIMENA.profiles[:1], orders=(), order_count=0, moods=()
    )
    services.changed.emit(FakeChanges(customer=None))
    hers.settle()
    assert not {"joined", "orders", "moods"} & hers.page.state()["facts"]
