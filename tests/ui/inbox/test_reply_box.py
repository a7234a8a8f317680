"""The reply box on its own: length and cuts, who may read it, what the strip proposes, what it holds back, links, answers, pictures, drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.message import Visibility
from app.models.post import Picture
from app.ui.inbox.drafts import NOTHING, Draft
from app.ui.inbox.reply_box import ReplyBox
from app.ui.inbox.reply_to import Asked, cuts, numbered, room_for_numbers
from app.ui.inbox.writing import Writing
from app.ui.look import Look
from tests.fakes.clock import FakeClock
from tests.ui.inbox.reply_parts import reply_to, write


def proposed(box: ReplyBox) -> list[str]:
    return [button.text() for button in box.strip.deeds if not button.isHidden()] if not box.strip.isHidden() else []


# ---- length and cuts


def test_a_long_reply_says_as_how_many_posts_it_leaves_and_where_it_is_cut(box: ReplyBox) -> None:
    write(box, "una frase. otra frase. tres")
    assert box.bar.parts.text() == "2 posts"
    assert box.bar.ring.isHidden()
    assert box.editor._cuts == (11,)
    taken = box.take()
    assert taken is not None
    assert taken.parts == ("una frase.", "otra frase. tres")
    assert box.text() == ""
    assert box.bar.parts.isHidden()


@pytest.mark.parametrize(
    ("numbering", "parts"),
    [
        ("end", ("una frase. 1/2", "otra frase. tres 2/2")),
        ("start", ("1/2 una frase.", "2/2 otra frase. tres")),
        ("none", ("una frase.", "otra frase. tres")),
    ],
)
def test_the_parts_are_numbered_as_chosen(box: ReplyBox, asked: Asked, numbering: str, parts: tuple[str, ...]) -> None:
    box.show_reply(replace(reply_to(), numbering=numbering), NOTHING, asked)
    write(box, "una frase. otra frase. tres")
    taken = box.take()
    assert taken is not None
    assert taken.parts == parts
    assert taken.draft.text == "una frase. otra frase. tres"


def test_room_is_left_for_numbers() -> None:
    assert (room_for_numbers("none"), room_for_numbers("end"), room_for_numbers("end", 12)) == (0, 4, 6)
    assert numbered(["one"], "end") == ("one",)


def test_cuts_are_found_in_the_text() -> None:
    assert cuts("aa bb  cc", ("aa", "bb", "cc")) == (3, 7)
    assert cuts("aa bb", ("aa", "nowhere")) == ()


def test_without_threads_a_long_reply_is_refused_with_a_sentence(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(reply_to(4, threads=False), Draft("x" * 25), asked)
    assert box.strip.label.text() == "5 characters too many for one post. No threads here."
    assert proposed(box) == []
    assert box.take() is None


def test_a_word_that_is_longer_than_a_post_is_refused(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(replace(reply_to(5), split=lambda text: (text,)), Draft("https://e.example/" + "x" * 25), asked)
    assert "too many" in box.strip.label.text()
    assert box.take() is None


def test_counting_waits_for_a_burst_of_keys(box_look: Look) -> None:
    counted: list[str] = []

    def measure(text: str) -> tuple[int, int]:
        counted.append(text)
        return len(text), 280

    made = ReplyBox(box_look, lambda *_: None)
    made.show_reply(replace(reply_to(), measure=measure), NOTHING)
    counted.clear()
    for letter in "hola":
        made.editor.insertPlainText(letter)
    assert counted == []
    made._count.timeout.emit()
    assert set(counted) == {"hola"}


def test_a_text_of_very_many_posts_is_cut_at_a_pause(box: ReplyBox) -> None:
    write(box, "una frase. " * 60)
    assert box.bar.parts.isHidden()
    assert box._pause.isActive()
    box._pause.timeout.emit()
    assert box.bar.parts.text() == "60 posts"
    taken = box.take()
    assert taken is not None
    assert len(taken.parts) == 60


def test_cutting_behind_a_change_cuts_as_cutting_everything_does(asked: Asked) -> None:
    chance = Random(7)
    to = reply_to(limit=60)
    writing, text = Writing(), ""
    for _ in range(400):
        place = chance.choice([len(text), len(text), chance.randint(0, len(text))])
        gone = chance.choice([0, 0, 0, 3, 20])
        piece = chance.choice(["una ", "frase. ", "https://e.example/abc ", "¿y? ", "\n\n", "x" * 9])
        text = (text[:place] + piece + text[place + gone :])[-500:]
        writing.cut(to, text, live=True)
        whole = Writing()
        whole.cut(to, text, live=False)
        assert writing.parts == whole.parts
        assert writing.cuts == whole.cuts


# ---- who may read it


def test_a_private_message_is_answered_privately(box: ReplyBox) -> None:
    box.show_reply(reply_to(2, default=Visibility.DIRECT), NOTHING)
    assert box.visibility is Visibility.DIRECT
    assert box.draft().visibility is None
    box.show_reply(reply_to(3, default=Visibility.UNLISTED), NOTHING)
    assert box.visibility is Visibility.UNLISTED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Escribe a hola@tienda.example", "This holds an e-mail address. Send privately?"),
        ("Marca al 55 1234 5678", "This holds a phone number. Send privately?"),
        ("Va a Calle Durango 245", "This holds a street address. Send privately?"),
        ("Es el pedido A-20418", "This holds an order number. Send privately?"),
    ],
)
def test_what_concerns_one_person_suggests_the_private_way(box: ReplyBox, asked: Asked, text: str, said: str) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, text)
    assert box.strip.label.text() == said
    assert box.strip.accept()
    assert box.visibility is Visibility.DIRECT
    assert box.strip.isHidden()
    assert box.editor.hasFocus()
    assert box.draft().visibility is Visibility.DIRECT


def test_who_chooses_public_is_not_asked_again_and_the_choice_is_kept_without_a_text(
    box: ReplyBox, asked: Asked, kept: list[tuple[int, Draft]]
) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    box.choose_readers(1)
    box.drafts.keep()
    assert kept[-1] == (1, Draft("", Visibility.DIRECT))
    box.choose_readers(0)
    write(box, "hola@tienda.example")
    assert box.strip.isHidden()
    box.show_reply(reply_to(2, limit=500), NOTHING, asked)
    box.show_reply(reply_to(1, limit=500), Draft("hola@tienda.example", Visibility.PUBLIC), asked)
    assert box.strip.isHidden()
    assert box.visibility is Visibility.PUBLIC


def test_what_was_begun_in_private_stays_private_whatever_they_write(
    box: ReplyBox, asked: Asked, kept: list[tuple[int, Draft]]
) -> None:
    to = reply_to(limit=500, default=Visibility.DIRECT)
    box.show_reply(to, NOTHING, asked)
    write(box, "Su contraseña")
    box.show_reply(replace(to, default=Visibility.PUBLIC), NOTHING, asked)
    assert box.visibility is Visibility.DIRECT
    box.drafts.keep()
    assert kept[-1] == (1, Draft("Su contraseña", Visibility.DIRECT))
    box.show_reply(reply_to(2), NOTHING, asked)
    box.show_reply(replace(to, default=Visibility.PUBLIC), kept[-1][1], asked)
    assert box.visibility is Visibility.DIRECT


def test_the_choice_is_there_again(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(reply_to(2), Draft("", Visibility.DIRECT), asked)
    assert box.visibility is Visibility.DIRECT
    box.show_reply(reply_to(3), NOTHING, asked)
    assert box.visibility is Visibility.PUBLIC


def test_a_private_choice_holds_while_it_is_not_known_whether_it_can_be(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(replace(reply_to(2), private=False), Draft("hola", Visibility.DIRECT), asked)
    assert box.visibility is Visibility.DIRECT
    box.show_reply(reply_to(2), Draft("hola", Visibility.DIRECT), asked)
    assert box.bar.readers.index == 1
    box.choose_readers(0)
    assert box.visibility is Visibility.PUBLIC


def test_what_the_customer_wrote_in_public_suggests_it_too(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(replace(reply_to(limit=500), theirs="Mi correo es ana@correo.example"), NOTHING, asked)
    assert box.strip.isHidden()
    write(box, "Gracias")
    assert "Ana wrote an e-mail address in public. Send privately?" in box.strip.label.text()


def test_where_there_is_no_private_way_the_reason_and_what_to_do_are_said(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(replace(reply_to(limit=500), private=False, why_not_private="Not on X."), NOTHING, asked)
    write(box, "hola@tienda.example")
    assert box.strip.label.text() == "This holds an e-mail address. Not on X."
    assert not box.bar.readers._group.button(1).isEnabled()
    box.strip.accept()
    assert "mensaje privado" in box.text()
    assert box.strip.isHidden()


# ---- money


def test_a_text_about_money_offers_the_terms_once(box: ReplyBox, asked: Asked, terms: list[str]) -> None:
    terms.append("discosaurora.example/terminos")
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Te hacemos el reembolso hoy.")
    assert proposed(box) == ["Add the terms"]
    box.strip.accept()
    assert (
        box.text() == "Te hacemos el reembolso hoy.\nEstos son nuestros términos: https://discosaurora.example/terminos"
    )
    assert box.strip.isHidden()
    box.show_reply(reply_to(7, limit=500), Draft("Reembolso: discosaurora.example/terminos"), asked)
    assert box.strip.isHidden()


def test_without_terms_the_setting_is_offered(box: ReplyBox, asked: Asked) -> None:
    opened: list[bool] = []
    box.show_reply(reply_to(limit=500), NOTHING, asked._replace(set_terms=lambda: opened.append(True)))
    write(box, "Te hacemos el reembolso hoy.")
    assert proposed(box) == ["Set it"]
    box.strip.accept()
    assert opened == [True]
    box.strip._close.click()
    assert box.strip.isHidden()


# ---- anger


def test_an_angry_reply_is_held_two_minutes_with_its_reason(box: ReplyBox, asked: Asked, page_clock: FakeClock) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Aprenda a leer, idiota")
    assert box.strip.isHidden()
    assert box.take() is None
    assert box.strip.label.text().startswith("Held for 2:00: replies.heat.insult")
    assert proposed(box) == ["Begin calmly", "Send anyway"]
    assert not box.strip.deeds[1].isEnabled()
    page_clock.advance(timedelta(seconds=10))
    box._tick.timeout.emit()
    assert box.strip.label.text().startswith("Held for 1:50")
    assert box.strip.deeds[1].isEnabled()
    page_clock.advance(timedelta(seconds=110))
    box._tick.timeout.emit()
    assert "Two minutes have passed" in box.strip.label.text()
    taken = box.take()
    assert taken is not None
    assert taken.parts == ("Aprenda a leer, idiota",)
    assert not box.holding.holds(1)


def test_an_angry_reply_can_be_sent_after_a_breath(box: ReplyBox, asked: Asked, page_clock: FakeClock) -> None:
    sent: list[object] = []
    box.send_wanted.connect(lambda: sent.append(box.take()))
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Aprenda a leer, idiota")
    assert box.take() is None
    page_clock.advance(timedelta(seconds=11))
    box.measure()
    box.strip.deeds[1].click()
    assert len(sent) == 1
    assert sent[0] is not None


def test_calm_openings_come_one_after_the_other_and_a_calm_text_leaves_at_once(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Aprenda a leer, idiota")
    assert box.take() is None
    box.strip.accept()
    first = box.text()
    assert first.startswith("Entendemos la molestia y queremos resolverlo. Aprenda")
    box.strip.accept()
    assert box.text().startswith("Gracias por decirlo con franqueza.")
    assert box.text().endswith("Aprenda a leer, idiota")
    box.editor.selectAll()
    box.editor.insertPlainText("Entendemos la molestia. Lo revisamos.")
    box.measure()
    assert box.strip.isHidden()
    assert box.take() is not None


def test_what_is_held_is_still_held_after_leaving(box: ReplyBox, asked: Asked, page_clock: FakeClock) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Aprenda a leer, idiota")
    assert box.take() is None
    page_clock.advance(timedelta(seconds=60))
    box.show_reply(reply_to(2, limit=500), NOTHING, asked)
    assert box.strip.isHidden()
    box.show_reply(reply_to(1, limit=500), Draft("Aprenda a leer, idiota"), asked)
    assert box.strip.label.text().startswith("Held for 1:00")


# ---- answers, placeholders, links


def test_a_slash_inserts_an_answer_and_keeps_what_was_typed(box: ReplyBox) -> None:
    QTest.keyClicks(box.editor, "Buen dia /enl")
    assert not box.answers.isHidden()
    QTest.keyClick(box.editor, Qt.Key.Key_Down)
    QTest.keyClick(box.editor, Qt.Key.Key_Up)
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    assert box.text() == "Buen dia ¡Hola, Ximena! Tu pedido {order} tiene enlace nuevo: {link}"
    assert box.answers.isHidden()
    assert box.editor.textCursor().selectedText() == "{order}"
    box.editor.undo()
    assert box.text() == "Buen dia /enl"


def test_escape_goes_on_typing_and_the_list_stays_away(box: ReplyBox) -> None:
    QTest.keyClicks(box.editor, "/e")
    assert box.escape()
    QTest.keyClicks(box.editor, "nl")
    assert box.answers.isHidden()
    assert box.text() == "/enl"
    QTest.keyClicks(box.editor, " /")
    assert not box.answers.isHidden()


@pytest.mark.parametrize("text", ["y/o", "https://e.example/a", "1/2", "a /b/c"])
def test_not_every_slash_is_a_wish(box: ReplyBox, text: str) -> None:
    QTest.keyClicks(box.editor, text)
    assert box.answers.isHidden()


def test_what_fits_nothing_is_said_and_the_keys_write(box: ReplyBox) -> None:
    QTest.keyClicks(box.editor, "/x")
    assert box.answers._nothing
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    assert box.text() == "/x\n"


def test_an_empty_placeholder_stops_sending_and_has_the_keyboard(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Tu pedido {order} va por {link}")
    box.bar.send.setFocus()
    assert box.take() is None
    assert box.strip.label.text() == "“order” is still empty."
    assert box.editor.hasFocus()
    assert box.editor.textCursor().selectedText() == "{order}"
    box.editor.insertPlainText("A-1")
    QTest.keyClick(box.editor, Qt.Key.Key_Tab)
    assert box.editor.textCursor().selectedText() == "{link}"
    box.editor.insertPlainText("aquí")
    assert box.take() is not None


def test_braces_that_are_meant_can_be_sent(box: ReplyBox, asked: Asked) -> None:
    sent: list[object] = []
    box.send_wanted.connect(lambda: sent.append(box.take()))
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Escribe {name} tal cual")
    assert box.take() is None
    box.strip.deeds[1].click()
    assert sent[0] is not None


def test_the_reply_from_an_answer_says_which(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    QTest.keyClicks(box.editor, "/")
    QTest.keyClick(box.editor, Qt.Key.Key_Down)
    QTest.keyClick(box.editor, Qt.Key.Key_Return)
    taken = box.take()
    assert taken is not None
    assert (taken.parts, taken.answers[0].title) == (("Otra cosa",), "Otro")


def test_a_link_goes_where_the_cursor_stands(box: ReplyBox) -> None:
    box.editor.insertPlainText("Mira aquí")
    cursor = box.editor.textCursor()
    cursor.setPosition(4)
    box.editor.setTextCursor(cursor)
    QGuiApplication.clipboard().clear()
    box.link.ask()
    box.link.line.setText("not an address")
    QTest.keyClick(box.link.line, Qt.Key.Key_Return)
    assert not box.link.isHidden()
    box.link.line.setText("discosaurora.example/x")
    QTest.keyClick(box.link.line, Qt.Key.Key_Return)
    assert box.text() == "Mira https://discosaurora.example/x aquí"
    assert box.editor.hasFocus()


def test_the_address_on_the_clipboard_is_offered(box: ReplyBox) -> None:
    QGuiApplication.clipboard().setText("https://e.example/a")
    box.link.ask()
    assert box.link.line.text() == "https://e.example/a"
    assert box.escape()
    assert box.link.isHidden()
    assert box.editor.hasFocus()


# ---- pictures and language


def test_pictures_go_along_with_their_descriptions(box: ReplyBox, asked: Asked, kept: list[tuple[int, Draft]]) -> None:
    box.show_reply(reply_to(limit=500), NOTHING, asked)
    write(box, "Así quedó")
    box.add_picture(Picture("a.png"))
    assert box.pictures.alt.hasFocus()
    QTest.keyClicks(box.pictures.alt, "La portada")
    box.add_picture(Picture("b.png"))
    box.add_picture(Picture("c.png"))
    assert [picture.path for picture in box.pictures.pictures] == ["a.png", "b.png"]
    assert not box.bar.picture.isEnabled()
    box.drafts.keep()
    assert kept[-1][1].pictures == (Picture("a.png", "La portada"), Picture("b.png"))
    QApplication.sendEvent(
        box.pictures._tiles[1], QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    )
    QApplication.processEvents()
    taken = box.take()
    assert taken is not None
    assert taken.draft.pictures == (Picture("a.png", "La portada"),)
    assert box.pictures.isHidden()


def test_pictures_are_taken_from_the_clipboard(box: ReplyBox) -> None:
    pasted: list[object] = []
    box.pasted.connect(pasted.append)
    image = QMimeData()
    image.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    box.editor.insertFromMimeData(image)
    files = QMimeData()
    files.setUrls(["file:///a/b.png"])
    box.editor.insertFromMimeData(files)
    assert isinstance(pasted[0], QImage)
    assert pasted[1] == [Path("/a/b.png")]


def test_where_no_picture_goes_the_reason_is_said(box: ReplyBox, asked: Asked) -> None:
    box.show_reply(replace(reply_to(), pictures=0, why_no_pictures="Only words."), NOTHING, asked)
    assert not box.bar.picture.isEnabled()
    assert box.bar.picture.toolTip() == "Only words."
    box.add_picture(Picture("a.png"))
    assert box.pictures.pictures == ()


def test_the_language_of_the_reply_can_be_chosen_and_is_kept(box: ReplyBox, kept: list[tuple[int, Draft]]) -> None:
    assert box.bar.language.text() == "ES"
    box.bar.language_chosen.emit("fr")
    assert (box.language, box.bar.language.text()) == ("fr", "FR")
    box.drafts.keep()
    assert kept[-1] == (1, Draft("", None, (), "fr"))
    box.bar.language_chosen.emit("es")
    assert box.draft().language == ""


# ---- news


def test_an_answer_of_another_device_stops_sending_until_somebody_decides(
    box: ReplyBox, asked: Asked, page_clock: FakeClock
) -> None:
    sent: list[object] = []
    box.send_wanted.connect(lambda: sent.append(box.take()))
    to = reply_to(limit=500)
    box.show_reply(to, NOTHING, asked)
    write(box, "Ya va")
    box.show_reply(replace(to, answered_elsewhere_at=page_clock.now()), NOTHING, asked)
    assert box.strip.label.text().startswith("Already answered from elsewhere")
    assert proposed(box) == ["Show", "Send anyway", "Drop mine"]
    assert box.take() is None
    box.strip.deeds[1].click()
    assert sent[0] is not None


def test_what_was_dropped_can_be_undone_in_the_box(box: ReplyBox, asked: Asked, page_clock: FakeClock) -> None:
    to = reply_to(limit=500)
    box.show_reply(to, NOTHING, asked)
    write(box, "Ya va")
    box.show_reply(replace(to, answered_elsewhere_at=page_clock.now()), NOTHING, asked)
    box.strip.deeds[2].click()
    assert box.text() == ""
    box.editor.undo()
    assert box.text() == "Ya va"
