"""Promises and agreements by keys: offered while a reply is written, remembered with it, recorded, looked at, saved, replaced and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.models.agreement import AgreementKind, Settled
from app.models.courtesy import Courtesy
from app.models.invitation import Continued, WhyInvite
from app.models.promise import Suggested
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.inbox.agreement_paper_sheet import AgreementPaperSheet, AgreementsSheet
from app.ui.inbox.agreement_sheet import AgreementSheet
from app.ui.inbox.choices import DigitMenu
from app.ui.inbox.courtesy_strip import is_remembered
from app.ui.inbox.invitation_sheet import InvitationSheet
from tests.ui.inbox import agreements, shop
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.customers import XIMENA
from tests.ui.inbox.fake_services import FakeServices

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

Open = Callable[..., Inbox]
S = TypeVar("S", bound=Sheet)
CTRL = Qt.KeyboardModifier.ControlModifier
XIMENAS = 2
PROMISE = "Ya lo reactivamos. Tienes 48 horas y 3 descargas."
REFUND = "¡Hola, Ximena! Te devolvemos 520 pesos. Gracias por avisar."


@pytest.fixture
def hers(open_inbox: Open, services: FakeServices) -> Inbox:
    """Ximena's conversation is open, and all about her is known."""
    services.customers.details[XIMENA.id] = XIMENA._replace(agreements=(agreements.ROW,))
    services.terms = "https://discosaurora.mx/terminos"
    inbox = open_inbox()
    inbox.press("j")
    assert inbox.open_id == XIMENAS
    return inbox


def write(inbox: Inbox, text: str) -> None:
    inbox.type_reply(text)
    inbox.page.conversation.reply.measure()


def said(inbox: Inbox) -> str:
    strip = inbox.page.conversation.reply.promise
    return "" if strip.isHidden() or strip.advice is None else strip.advice.text


def advice(inbox: Inbox) -> str:
    strip = inbox.page.conversation.reply.strip
    return "" if strip.isHidden() or strip.advice is None else strip.advice.text


def sheet_of(kind: type[S]) -> S:
    found = [widget for widget in QApplication.allWidgets() if isinstance(widget, kind) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


def sent_promise(inbox: Inbox) -> Suggested | None:
    written = inbox.services.inbox.written[-1]
    assert written is not None
    return written.promise


def run(inbox: Inbox, command: str) -> None:
    inbox.shell.actions.run(command)
    inbox.settle()


# ---- promises


def test_a_time_in_the_reply_is_offered_and_remembered_when_it_is_sent(hers: Inbox) -> None:
    write(hers, PROMISE)
    hers.page.conversation.reply.put_away("personal")
    assert said(hers) == "Promise: 48 horas, until Fri 20 Nov, 09:41"
    hers.press("j", CTRL)
    assert said(hers).startswith("Remembered when it is sent: 48 horas")
    hers.press(Qt.Key.Key_Return, CTRL)
    assert sent_promise(hers) == Suggested("Tienes 48 horas y 3 descargas.", shop.NOW + timedelta(hours=48))
    assert hers.services.acts("promise") == []


def test_p_in_the_list_accepts_it_and_takes_it_back(hers: Inbox) -> None:
    write(hers, PROMISE)
    hers.press(Qt.Key.Key_Escape)
    assert hers.page.list.rows.hasFocus()
    hers.page.conversation.reply.measure()
    shown = hers.page.conversation.reply.promise.advice
    assert shown is not None
    assert shown.deeds[0].key == "P"
    hers.press("p")
    assert said(hers).startswith("Remembered when it is sent")
    hers.press("p")
    assert said(hers).startswith("Promise: 48 horas")


def test_an_earlier_promise_is_asked_about_again_when_nothing_that_is_written_promises_anything(hers: Inbox) -> None:
    hers.services.promises.found = Suggested("Te escribo mañana.", shop.at(9, 0, 19), 7)
    hers.page.asking._look_for_promise()
    earlier = hers.page.conversation.courtesy
    assert earlier.text.startswith("By Thu 19 Nov, 09:00")
    write(hers, PROMISE)
    hers.page.conversation.reply.put_away("personal")
    assert said(hers).startswith("Promise: 48 horas")
    assert earlier.text == ""
    hers.press("j", CTRL)
    assert said(hers).startswith("Remembered when it is sent")
    assert earlier.text == ""
    hers.page.conversation.reply.editor.clear()
    write(hers, "Gracias por avisar.")
    assert said(hers) == ""
    assert earlier.text.startswith("By Thu 19 Nov, 09:00")


def test_one_that_was_not_accepted_is_offered_after_sending(hers: Inbox) -> None:
    write(hers, PROMISE)
    hers.press(Qt.Key.Key_Return, CTRL)
    assert sent_promise(hers) is None
    assert any(line.message.id == "inbox.said.promise_sent" for line in hers.shell.notices.history())
    run(hers, "inbox.promise_sent")
    (remembered,) = hers.services.acts("promise")
    assert remembered[1:4] == (XIMENAS, "Tienes 48 horas y 3 descargas.", shop.NOW + timedelta(hours=48))


def test_one_that_was_put_away_is_not_offered_again(hers: Inbox) -> None:
    write(hers, PROMISE)
    hers.page.conversation.reply.put_away("promise")
    assert said(hers) == ""
    hers.press(Qt.Key.Key_Return, CTRL)
    assert not any(line.message.id == "inbox.said.promise_sent" for line in hers.shell.notices.history())


def test_a_we_will_without_a_time_is_offered_with_the_usual_one(hers: Inbox) -> None:
    write(hers, "Te avisamos.")
    assert said(hers).startswith("Promise: Te avisamos. Remind me Thu 19 Nov")


def test_the_promise_follows_what_is_written(hers: Inbox) -> None:
    write(hers, PROMISE)
    hers.press("j", CTRL)
    hers.page.conversation.reply.editor.selectAll()
    write(hers, "Gracias.")
    assert said(hers) == ""
    hers.press(Qt.Key.Key_Return, CTRL)
    assert sent_promise(hers) is None


def test_promises_end_by_command_and_digit(hers: Inbox) -> None:
    run(hers, "inbox.promise_kept")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, DigitMenu)
    QTest.keyClick(menu, Qt.Key.Key_2)
    hers.settle()
    assert hers.services.acts("keep_promise") == [("keep_promise", 1)]
    hers.page.card.show_detail(XIMENA._replace(promises=XIMENA.promises[:1]))
    run(hers, "inbox.promise_let_go")
    assert hers.services.acts("let_promise_go") == [("let_promise_go", 2)]


def test_what_was_remembered_with_a_reply_is_not_found_again_in_it() -> None:
    found = Suggested("@ximerobles Tienes 48 horas y 3 descargas.", shop.NOW, 7)
    words = ("Tienes 48 horas y 3 descargas.",)
    assert is_remembered(found, Courtesy(XIMENAS, promised_words=words))
    assert is_remembered(found, Courtesy(XIMENAS, promised=frozenset({7})))
    assert not is_remembered(found, Courtesy(XIMENAS, promised_words=("Otra cosa",)))


# ---- recorded


def test_a_reply_that_settles_something_offers_the_record(hers: Inbox) -> None:
    write(hers, f"{REFUND} https://discosaurora.mx/terminos")
    for about in ("promise", "personal"):
        hers.page.conversation.reply.put_away(about)
    assert said(hers) == "This settles something: Refund, 520 MXN"
    hers.press("j", CTRL)
    sheet = sheet_of(AgreementSheet)
    assert sheet.kind.currentData() == AgreementKind.REFUND
    assert sheet.words.toPlainText() == "Te devolvemos 520 pesos."
    assert sheet.amount.text == "520 MXN"
    assert sheet.order.currentData() == "A-20418"
    assert all(box.isChecked() for _, box in sheet.boxes)
    sheet.boxes[0][1].setChecked(False)
    QTest.keyClick(sheet.words, Qt.Key.Key_Return, CTRL)
    hers.settle()
    ((_, conversation_id, settled, replaces),) = hers.services.acts("record_agreement")
    assert (conversation_id, replaces) == (XIMENAS, None)
    chosen = tuple(number for number, _ in sheet.boxes[1:])
    assert settled == Settled(AgreementKind.REFUND, "Te devolvemos 520 pesos.", 52_000, "MXN", "A-20418", None, chosen)
    assert said(hers) == ""


def test_without_a_proposal_the_sheet_is_empty_and_asks_for_words(hers: Inbox) -> None:
    run(hers, "inbox.agreement")
    sheet = sheet_of(AgreementSheet)
    assert sheet.words.hasFocus()
    sheet.amount.line.setText("mucho")
    sheet.take()
    assert "no amount" in sheet.amount.line.accessibleDescription()
    sheet.amount.line.setText("")
    hers.services.agreements.refuses = UserMistake(message("agreement.empty"), field="text")
    sheet.take()
    hers.settle()
    assert sheet.complaint.text() == "Write down what was agreed."
    QTest.keyClicks(sheet.words, "Otro disco")
    sheet.kind.choose(AgreementKind.EXCHANGE)
    QTest.keyClick(sheet.amount.line, Qt.Key.Key_Return)
    hers.settle()
    ((_, _, settled, _),) = hers.services.acts("record_agreement")
    assert (settled.kind, settled.text, settled.amount) == (AgreementKind.EXCHANGE, "Otro disco", None)


def test_the_day_is_today_or_one_on_which_something_was_said(hers: Inbox) -> None:
    run(hers, "inbox.agreement")
    sheet = sheet_of(AgreementSheet)
    assert sheet.day.itemText(0) == "Today, Wed 18 Nov"
    assert sheet.day.itemText(1) == "Mon 16 Nov"
    sheet.day.setCurrentIndex(1)
    QTest.keyClicks(sheet.words, "Otro disco")
    sheet.take()
    hers.settle()
    ((_, _, settled, _),) = hers.services.acts("record_agreement")
    assert settled.agreed_at == max(
        each.at for each in hers.services.details[XIMENAS].messages if each.at < shop.at(0, 0)
    )


# ---- looked at


def test_the_card_shows_it_and_opens_it(hers: Inbox) -> None:
    (line,) = [line for line in hers.page.card.agreements.lines if not line.isHidden()]
    assert (line.words.title, line.words.caption) == ("Refund, 520 MXN", "Wed 18 Nov · order A-20418")
    QTest.keyClick(line, Qt.Key.Key_Return)
    hers.settle()
    assert sheet_of(AgreementPaperSheet).paper == agreements.PAPER


def test_it_stands_in_the_conversation(hers: Inbox, services: FakeServices) -> None:
    detail = services.details[XIMENAS]
    services.details[XIMENAS] = replace(detail, agreements=(agreements.ROW,))
    hers.page.desk.read_detail()
    hers.settle()
    names = [part.name for part in hers.page.conversation.messages._parts]
    assert "Agreed: Refund, 520 MXN · Today, 09:41" in names
    hers.page.conversation.messages.act_wanted.emit("agreement 12")
    hers.settle()
    assert sheet_of(AgreementPaperSheet).paper.row.id == 12


def test_several_are_gone_through_with_the_arrows(hers: Inbox, services: FakeServices) -> None:
    services.agreement_rows = [agreements.ROW, agreements.ROW._replace(id=13)]
    run(hers, "inbox.agreements")
    sheet = sheet_of(AgreementsSheet)
    QTest.keyClick(sheet, Qt.Key.Key_Down)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    hers.settle()
    assert sheet_of(AgreementPaperSheet).paper.row.id == 12


def test_it_is_removed_and_replaced(hers: Inbox) -> None:
    run(hers, "inbox.agreements")
    sheet_of(AgreementPaperSheet).buttons["remove"].click()
    hers.settle()
    assert hers.services.acts("remove_agreement") == [("remove_agreement", 12)]
    run(hers, "inbox.agreements")
    sheet_of(AgreementPaperSheet).buttons["replace"].click()
    hers.settle()
    sheet = sheet_of(AgreementSheet)
    assert sheet.words.toPlainText() == agreements.ROW.text
    sheet.amount.line.setText("400")
    sheet.take()
    hers.settle()
    ((_, _, settled, replaces),) = hers.services.acts("record_agreement")
    assert (settled.amount, settled.messages, replaces) == (40_000, None, 12)


def test_it_is_saved_where_the_user_says(hers: Inbox, tmp_path: Path) -> None:
    run(hers, "inbox.agreements")
    sheet_of(AgreementPaperSheet).buttons["pdf"].click()
    (dialog,) = [each for each in QApplication.allWidgets() if isinstance(each, QFileDialog) and each.isVisible()]
    assert Path(dialog.selectedFiles()[0]).name == "Agreement 12 Ximena Robles.pdf"
    dialog.fileSelected.emit(str(tmp_path / "a.pdf"))
    dialog.close()
    hers.settle()
    assert hers.services.acts("save_agreement") == [("save_agreement", tmp_path / "a.pdf", b"%PDF-")]


def test_a_profile_that_is_only_read_shows_and_changes_nothing(hers: Inbox) -> None:
    hers.services.data.read_only = True
    run(hers, "inbox.agreement")
    assert not [each for each in QApplication.allWidgets() if isinstance(each, AgreementSheet) and each.isVisible()]
    hers.page.agreeing.show(12)
    hers.settle()
    assert set(sheet_of(AgreementPaperSheet).buttons) == {"pdf"}


# ---- by e-mail


def test_e_mail_is_offered_and_the_invitation_stands_in_the_box(hers: Inbox, services: FakeServices) -> None:
    services.invitations.offers = WhyInvite.TURNS
    hers.page.desk.read_detail()
    hers.settle()
    hers.page.conversation.reply.editor.setFocus()
    hers.page.conversation.reply.measure()
    assert advice(hers).startswith("Three messages")
    hers.press("j", CTRL)
    box = hers.page.conversation.reply
    assert "ayuda+r.abcdefghijkl@discosaurora.mx" in box.text()
    assert box.editor.hasFocus()
    assert not advice(hers).startswith("Three messages")


def test_who_is_known_by_address_is_written_to(hers: Inbox, services: FakeServices) -> None:
    services.invitations.to = "xime@correo.example"
    run(hers, "inbox.to_email")
    sheet = sheet_of(InvitationSheet)
    assert (sheet.to.text, sheet.subject.text) == ("xime@correo.example", "Tu pedido A-20418 en Discos Aurora")
    assert sheet.words.hasFocus()
    services.invitations.refuses = UserMistake(message("invitation.no_subject"), field="subject")
    QTest.keyClicks(sheet.words, "Va el enlace nuevo.")
    QTest.keyClick(sheet.words, Qt.Key.Key_Return, CTRL)
    hers.settle()
    assert "about" in sheet.subject.line.accessibleDescription()
    QTest.keyClick(sheet.words, Qt.Key.Key_Return, CTRL)
    hers.settle()
    ((_, to, _, text),) = services.acts("first_letter")
    assert to == "xime@correo.example"
    assert text == "Hola, Ximena:\n\nNos escribiste en X.\n\nVa el enlace nuevo.\n\nDiscos Aurora"


def test_instead_of_a_letter_they_can_be_invited(hers: Inbox, services: FakeServices) -> None:
    services.invitations.to = "xime@correo.example"
    run(hers, "inbox.to_email")
    sheet_of(InvitationSheet).ask.click()
    hers.settle()
    assert "ayuda+r." in hers.page.conversation.reply.text()


def test_one_conversation_leads_to_the_other(hers: Inbox, services: FakeServices) -> None:
    detail = services.details[XIMENAS]
    there = Continued(3, "email", "Ximena Robles", 2, shop.NOW)
    before = Continued(1, "mastodon", "Étienne", 3, shop.NOW)
    services.details[XIMENAS] = replace(detail, goes_on=there, continues=before)
    hers.page.desk.read_detail()
    hers.settle()
    names = [part.name.replace("\u2068", "").replace("\u2069", "") for part in hers.page.conversation.messages._parts]
    assert "Continues from Mastodon, Étienne: 3 messages" in names
    assert "Goes on by e-mail, 2 messages · Today, 09:41" in names
    hers.page.conversation.messages.act_wanted.emit("conversation 1")
    hers.settle()
    assert hers.open_id == 1
