"""Suggested answers in the page: asked for when a conversation rests, shown as cards, put into the box, sent, refused; and what keeps one back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.account import AccountState
from app.models.conversation import View
from app.models.playbook import AfterSending, FactRow, WordingRow
from app.models.post import Picture
from app.models.prepared import Prepared
from app.runtime.settings import Keyboard
from app.ui.inbox.suggestions import steady
from app.ui.widgets.key_cap import key_text
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.playbook_parts import (  # noqa: F401  (a fixture)
    LINK,
    MEMO,
    RENEW,
    ROCIO,
    TRACK,
    XIMENA,
    Changed,
    _five_answers,
    again,
    keys,
    opened,
    reply,
    shown,
)

# ---- cards


def test_cards_show_the_rendered_answers_in_the_language_of_the_reply(inbox: Inbox) -> None:
    opened(inbox)
    strip = inbox.page.conversation.suggestions
    assert strip.title.text() == "From your playbook, in Spanish"
    assert shown(inbox) == ["Link expired", "Renew it", "Tracking"]
    first = strip.cards[0]
    assert first.accessibleName() == (
        "Answer 1: Link expired, used 64 times, solved 94 percent: "
        "¡Hola, Ximena! Ya reactivamos el enlace de tu pedido A-20418."
    )
    assert first.accessibleDescription() == "matches: enlace; used 64 times"
    assert "matches: enlace" in first.toolTip()


def test_nothing_is_asked_while_conversations_fly_by(inbox: Inbox) -> None:
    asked = inbox.services.suggesting.asked
    asked.clear()
    for place in (1, 2, 3, 4):
        inbox.page.list.rows.choose(place)
        inbox.settle()
    assert asked == []
    opened(inbox)
    assert [language for _text, language in asked] == ["es"]
    again(inbox)
    assert len(asked) == 2


def test_where_nothing_fits_the_strip_is_not_there(inbox: Inbox) -> None:
    opened(inbox, MEMO)
    assert inbox.page.conversation.suggestions.isHidden()
    inbox.press("1")
    assert reply(inbox) == ""
    opened(inbox)
    assert len(shown(inbox)) == 3
    opened(inbox, MEMO)
    assert inbox.page.conversation.suggestions.isHidden()


def test_keys_of_the_cards_before_do_not_act_on_the_next_conversation(inbox: Inbox) -> None:
    opened(inbox)
    inbox.page.list.rows.choose(inbox.page.desk.model.position_of(MEMO))
    inbox.settle()
    assert [card.answer for card in inbox.page.conversation.suggestions.cards] == [None] * 3
    inbox.press("1")
    assert reply(inbox) == ""


def test_kind_words_have_their_own_strip(inbox: Inbox) -> None:
    inbox.services.suggesting.found = {"": ("link",)}
    opened(inbox, ROCIO)
    assert shown(inbox) == []
    inbox.press("1")
    assert inbox.services.thanked == 1


def test_the_cards_are_one_stop_with_arrows_inside(inbox: Inbox) -> None:
    opened(inbox)
    cards = inbox.page.conversation.suggestions.cards
    tab = [card for card in cards if card.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tab == [cards[0]]
    cards[0].setFocus()
    inbox.press(Qt.Key.Key_Right)
    assert QApplication.focusWidget() is cards[1]
    inbox.press(Qt.Key.Key_Right)
    inbox.press(Qt.Key.Key_Right)
    assert QApplication.focusWidget() is cards[2]
    assert cards[2].send.isVisible()
    assert not cards[0].send.isVisible()
    inbox.press(Qt.Key.Key_Left)
    inbox.press(Qt.Key.Key_Return)
    assert reply(inbox) == "Pide otro aquí."
    assert [card.focusPolicy() for card in cards].count(Qt.FocusPolicy.StrongFocus) == 1


def test_a_change_of_the_playbook_shows_at_once_and_in_place(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("2")
    inbox.services.answers = [replace(RENEW, wordings={"es": ("Pide otro allá.",)}), LINK, TRACK]
    inbox.services.suggesting.found = {"Marea": ("track", "renew", "link")}
    inbox.services.changed.emit(Changed("wording"))
    again(inbox)
    assert keys(inbox) == ["link", "renew", "track"], "cards stay where they are"
    assert reply(inbox) == "Pide otro allá."


def test_a_change_of_the_playbook_is_not_lost_with_a_reading_that_another_overtakes(inbox: Inbox) -> None:
    opened(inbox)
    inbox.services.answers = [LINK, replace(RENEW, wordings={"es": ("Pide otro allá.",)}), TRACK]
    inbox.services.reads.waits = True
    inbox.services.changed.emit(Changed("wording"))
    again(inbox)
    inbox.services.suggesting.sharper.emit()
    again(inbox)
    inbox.services.reads.deliver_all()
    inbox.press("2")
    assert reply(inbox) == "Pide otro allá."


def test_better_suggestions_come_quietly_and_only_while_nothing_is_written(inbox: Inbox) -> None:
    opened(inbox)
    inbox.services.suggesting.found = {"Marea": ("ship",)}
    inbox.press("1")
    inbox.services.suggesting.sharper.emit()
    assert not inbox.page.suggestions._rest.isActive()
    inbox.page.conversation.reply.playbook.take_out()
    inbox.services.suggesting.sharper.emit()
    assert inbox.page.suggestions._rest.isActive()
    again(inbox)
    assert keys(inbox) == ["ship"]


def test_another_language_of_the_reply_asks_again(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("1")
    inbox.page.conversation.reply.speak("en")
    again(inbox)
    assert inbox.page.conversation.suggestions.title.text() == "From your playbook, in English"
    assert reply(inbox) == "Hi Ximena, it works again."
    why = inbox.page.conversation.suggestions.cards[1].accessibleDescription()
    assert why.endswith("Cannot be sent yet: Only in ES")


def test_cards_keep_their_places() -> None:
    a, b, c, d = (Prepared(key, key, key) for key in "abcd")
    assert steady([], [a, b, c]) == (a, b, c)
    assert steady(["a", "b", "c"], [c, d, a]) == (a, d, c)
    assert steady(["a", "b", "c"], [b]) == (b,)
    assert steady(["a"], [b, a]) == (a, b)


# ---- into the box


def test_digits_compare_and_the_keyboard_stays(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("1")
    assert reply(inbox) == "¡Hola, Ximena! Ya reactivamos el enlace de tu pedido A-20418."
    assert QApplication.focusWidget() is inbox.page.list.rows
    assert inbox.page.conversation.suggestions.cards[0]._picked
    inbox.press("2")
    assert reply(inbox) == "Pide otro aquí."
    inbox.press("2")
    assert reply(inbox) == "Pide otro aquí.", "nothing was there to come back"


def test_own_words_are_put_aside_kept_and_come_back(inbox: Inbox) -> None:
    opened(inbox)
    inbox.type_reply("Lo veo yo")
    inbox.page.list.rows.setFocus()
    assert inbox.page.suggestions._why_not(0) == "Your own text is in the box"
    inbox.press("1")
    inbox.press("2")
    box = inbox.page.conversation.reply
    assert box.strip.label.text() == "Your own text is put aside."
    box.drafts.keep()
    assert inbox.services.drafts[XIMENA][0] == "Lo veo yo", "that is what must not be lost"
    inbox.press("2")
    assert reply(inbox) == "Lo veo yo"
    inbox.press("1")
    box.editor.setFocus()
    QTest.keyClicks(box.editor, "!")
    box.drafts.keep()
    assert inbox.services.drafts[XIMENA][0].endswith("A-20418.!\n\nLo veo yo")
    assert box.strip.accept()
    assert reply(inbox) == "Lo veo yo"
    QTest.keyClick(box.editor, "z", Qt.KeyboardModifier.ControlModifier)
    assert reply(inbox).endswith("A-20418.!")


def test_the_answer_is_remembered_when_one_comes_back(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("1")
    opened(inbox, MEMO)
    opened(inbox)
    assert reply(inbox).startswith("¡Hola, Ximena!")
    inbox.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    written = inbox.services.inbox.written[-1]
    assert written is not None
    assert written.answer_key == "link"


def test_wordings_take_turns(inbox: Inbox) -> None:
    texts = (WordingRow("es", "Uno.", id=11), WordingRow("es", "Dos.", id=12))
    inbox.services.answers = [replace(RENEW, texts=texts, wordings={"es": ("Uno.", "Dos.")})]
    inbox.services.wording_uses = {2: {11: (5, 9), 12: (0, 9)}}
    inbox.services.suggesting.found = {"Marea": ("renew",)}
    inbox.services.changed.emit(Changed("wording"))
    opened(inbox)
    inbox.press("1")
    assert reply(inbox) == "Dos."


def test_pictures_of_an_answer_come_along_and_go_again(inbox: Inbox) -> None:
    inbox.services.answers = [replace(LINK, pictures=(Picture("mapa.png", "El mapa"),)), RENEW]
    inbox.services.changed.emit(Changed("answer"))
    opened(inbox)
    inbox.press("1")
    assert inbox.page.conversation.reply.pictures.pictures == (Picture("mapa.png", "El mapa"),)
    inbox.press("2")
    assert inbox.page.conversation.reply.pictures.pictures == ()


# ---- sending


def test_one_key_sends_and_opens_the_next(inbox: Inbox) -> None:
    opened(inbox)
    inbox.page._face.actions.run("inbox.send_answer_2")
    inbox.settle()
    assert inbox.services.acts("reply")[-1][2] == ("Pide otro aquí.",)
    assert inbox.open_id != XIMENA
    inbox.press("z")
    assert inbox.open_id == XIMENA
    assert reply(inbox) == "Pide otro aquí."
    assert [each.key for each in inbox.page.conversation.reply.state.answers] == ["renew"]


def test_the_strip_names_the_keys_in_force(inbox: Inbox) -> None:
    opened(inbox)
    pane, settings = inbox.page.conversation, inbox.services.settings
    first, second = pane.suggestions.cards[:2]
    assert (first.key("inbox.answer"), pane.suggestions.more.accessibleDescription()) == ("1", "A")
    before = pane.suggestions.more.sizeHint().width()
    own = {"inbox.answer_1": ("Y",), "inbox.answer_2": (), "inbox.send_answer_1": ("F4",), "inbox.find_answer": ("Ctrl+Shift+Y",)}
    settings.change(Keyboard, own=tuple(sorted({**own, "reply.language": ("F7",), "inbox.send": ("F8",)}.items())))
    assert (first.key("inbox.answer"), second.key("inbox.answer")) == ("Y", "")
    assert first.send.toolTip() == "Send it as it is and open the next  F4"
    assert second.send.toolTip() == "Send it as it is and open the next  Shift 2"
    assert pane.suggestions.more.accessibleDescription() == key_text("Ctrl+Shift+Y")
    assert pane.suggestions.more.sizeHint().width() > before
    assert pane.reply.bar.language.toolTip().endswith("  F7")
    assert pane.notes._keep.accessibleDescription() == "F8"
    settings.change(Keyboard, own=(("inbox.find_answer", ()), ("inbox.send_answer_1", ())))
    assert first.send.toolTip() == "Send it as it is and open the next"
    assert pane.suggestions.more.accessibleDescription() == ""


def test_views_name_the_keys_in_force(inbox: Inbox) -> None:
    praise = inbox.page.views.views[View.PRAISE]
    assert praise.toolTip().endswith("  G P")
    inbox.services.settings.change(Keyboard, own=(("go.praise", ("F4",)),))
    assert (praise.toolTip().endswith("  F4"), praise.accessibleDescription()) == (True, "F4")


@pytest.mark.parametrize("act", ["key", "button"])
def test_an_empty_placeholder_keeps_an_answer_back_and_has_the_keyboard(inbox: Inbox, act: str) -> None:
    opened(inbox)
    card = inbox.page.conversation.suggestions.cards[2]
    assert "[número de guía]" in card.accessibleName()
    assert not card.send.isEnabled()
    assert card.send.toolTip() == "Cannot be sent yet: número de guía is still empty"
    if act == "key":
        inbox.page._face.actions.run("inbox.send_answer_3")
    else:
        inbox.press("3")
        inbox.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    inbox.settle()
    box = inbox.page.conversation.reply
    assert inbox.services.acts("reply") == []
    assert box.editor.textCursor().selectedText() == "{tracking}"
    assert QApplication.focusWidget() is box.editor


def test_the_form_fills_every_place_of_a_name(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("3")
    box = inbox.page.conversation.reply
    line = box.blanks.lines[0]
    assert (line.placeholderText(), line.accessibleName()) == ("número de guía", "número de guía")
    line.setFocus()
    QTest.keyClicks(line, "GL-7")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert reply(inbox) == "Tu guía es GL-7, y repito: GL-7."
    assert box.blanks.isHidden()
    assert inbox.page.suggestions._why_not(2) == ""
    inbox.page._face.actions.run("inbox.send_answer_3")
    inbox.settle()
    assert inbox.services.acts("reply")[-1][2] == ("Tu guía es GL-7, y repito: GL-7.",)
    assert inbox.page.suggestions._edited is None, "filling in is no edit"


def test_what_stands_in_a_field_is_taken_when_it_is_sent(inbox: Inbox) -> None:
    opened(inbox)
    inbox.press("3")
    box = inbox.page.conversation.reply
    box.blanks.lines[0].setText("GL-9")
    taken = box.take()
    assert taken is not None
    assert taken.parts == ("Tu guía es GL-9, y repito: GL-9.",)


def test_an_expired_fact_keeps_every_reply_with_it_back(inbox: Inbox) -> None:
    inbox.services.facts = [FactRow(1, "ship", "Shipping time", {"es": "tres días"}, date(2026, 1, 1))]
    inbox.services.suggesting.found = {"Marea": ("ship",)}
    opened(inbox)
    assert "Shipping time" in inbox.page.suggestions._why_not(0)
    inbox.press("1")
    inbox.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert inbox.services.acts("reply") == []
    box = inbox.page.conversation.reply
    assert "Shipping time" in box.strip.label.text()
    box.editor.selectAll()
    QTest.keyClicks(box.editor, "Ya casi llega.")
    assert box.take() is not None, "without the words of the fact it may go"


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda inbox: too_long(inbox), "620 characters too many"),
        (lambda inbox: signed_out(inbox), "X signed you out"),
    ],
)
def test_send_is_off_and_says_why(inbox: Inbox, make: Callable[[Inbox], None], why: str) -> None:
    make(inbox)
    opened(inbox)
    assert inbox.page.suggestions._why_not(0) == why
    assert not inbox.page.conversation.suggestions.cards[0].send.isEnabled()
    inbox.page._face.actions.run("inbox.send_answer_1")
    inbox.settle()
    assert inbox.services.acts("reply") == []


def too_long(inbox: Inbox) -> None:
    inbox.services.posts.their_limits = replace(inbox.services.posts.their_limits, threads=False)
    inbox.services.answers = [replace(RENEW, wordings={"es": ("x" * 900,)})]
    inbox.services.suggesting.found = {"Marea": ("renew",)}
    inbox.services.changed.emit(Changed("answer"))


def signed_out(inbox: Inbox) -> None:
    inbox.services.account_rows = [
        replace(row, state=AccountState.SIGNED_OUT) if row.network == "x" else row
        for row in inbox.services.account_rows
    ]
    inbox.services.changed.emit(Changed("account"))
    inbox.settle()


def test_anger_on_a_card_keeps_it_back(inbox: Inbox) -> None:
    inbox.services.answers = [replace(RENEW, wordings={"es": ("YA LE DIJE QUE NO, LEA EL CORREO!!!",)})]
    inbox.services.suggesting.found = {"Marea": ("renew",)}
    inbox.services.changed.emit(Changed("answer"))
    opened(inbox)
    assert inbox.page.suggestions._why_not(0)


def test_what_follows_sending_goes_along(inbox: Inbox) -> None:
    inbox.services.answers = [replace(RENEW, after=AfterSending(promise_hours=24))]
    inbox.services.suggesting.found = {"Marea": ("renew",)}
    inbox.services.changed.emit(Changed("answer"))
    opened(inbox)
    inbox.page._face.actions.run("inbox.send_answer_1")
    inbox.settle()
    written = inbox.services.inbox.written[-1]
    assert written is not None
    assert written.promise is not None
    assert written.promise.due_at is not None
    assert (written.promise.due_at - inbox.clock.now()).total_seconds() == 24 * 3600
