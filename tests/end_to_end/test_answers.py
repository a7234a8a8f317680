"""Answers of the playbook before the real window: shown, compared, sent with one key, refused, inserted, blocked, filled in, kept as they were changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models.answer_content import AnswerContent
from app.models.conversation import Category
from app.models.playbook import Blank, WordingRow
from app.models.prepared import Prepared
from app.ui.inbox.answer_picker import AnswerPicker
from tests.end_to_end.morning import Person

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)

THREE = "Tom Ashdown"
"""Whose message more than one answer fits, once that was said."""
ONE = "Ximena Robles"


async def open_one(me: Person, name: str, *, least: int = 1) -> tuple[Prepared, ...]:
    """Go to a conversation by keys and wait for its cards; where several are needed, several answers are made to fit."""
    if me.shell.window.current != "inbox":
        await me.go_to("inbox", "g", "i")
    await me.until(lambda: name in me.listed, name)
    for _ in range(30):
        if me.open_name == name:
            break
        await me.press("j")
    assert me.open_name == name
    for key in ("order_delay", "refund", "complaint")[: least if least > 1 else 0]:
        ((number,),) = me.rows("SELECT id FROM answer WHERE key = ?", key)
        await me.page._face.services.playbook.add_example(number, me.page.desk.row.language, me.page.desk.row.snippet)
    await me.page._face.services.suggesting.understand()
    rest = me.page.suggestions._rest
    await me.until(lambda: len(me.page.suggestions.cards) >= least and not rest.isActive(), f"answers for {name}")
    await me.breathe()
    cards: tuple[Prepared, ...] = me.page.suggestions.cards
    return cards


def uses(me: Person, key: str) -> int:
    ((count,),) = me.rows("SELECT uses FROM answer WHERE key = ?", key)
    return int(count)


def choices(me: Person, key: str) -> list[tuple[Any, ...]]:
    return me.rows("SELECT fits FROM answer_choice c JOIN answer a ON a.id = c.answer_id WHERE a.key = ?", key)


async def gone(me: Person, text: str) -> None:
    """Until the reply has left: a window is not closed over one that waits."""
    me.watch.advance(12)
    await me.until(lambda: me.out(text) == 1, "the reply to be out")


def picker() -> AnswerPicker | None:
    found = [each for each in QApplication.allWidgets() if isinstance(each, AnswerPicker) and each.isVisible()]
    return found[-1] if found else None


async def test_digits_show_answers_and_an_own_text_comes_back(me: Person) -> None:
    cards = await open_one(me, THREE, least=2)
    await me.press("1")
    assert me.reply.split() == cards[0].text.split()
    assert me.focus is me.page.list.rows
    await me.press("2")
    assert me.reply.split() == cards[1].text.split()
    await me.press("r")
    await me.press("ctrl+a")
    await me.write("Lo veo yo misma")
    await me.press("escape")
    await me.press("1")
    assert me.reply.split() == cards[0].text.split()
    await me.press("1")
    assert me.reply == "Lo veo yo misma"
    await me.press("1")
    await me.press("ctrl+j")
    assert me.reply == "Lo veo yo misma"
    await me.press("escape", "j", "k")
    await me.until(lambda: me.reply == "Lo veo yo misma", "the own text")


@pytest.mark.parametrize("layout", ["us", "ru", "fr"])
async def test_one_key_answers_and_z_takes_it_back_exactly(me: Person, layout: str) -> None:
    me.layout = layout
    (card, *_rest) = await open_one(me, ONE)
    before, chosen = uses(me, card.key), choices(me, card.key)
    await me.press("shift+1")
    await me.until(lambda: ONE not in me.listed and me.open_name not in ("", ONE), "the next conversation")
    await me.until(lambda: any("leaves in" in said for said in me.said), "the offer to take it back")
    assert me.states(card.text[:40]) == ["waiting"]
    assert uses(me, card.key) == before + 1
    assert len(choices(me, card.key)) == len(chosen) + 1
    await me.take_back()
    await me.until(lambda: me.open_name == ONE and me.reply.split() == card.text.split(), "the text in the box")
    await me.until(lambda: uses(me, card.key) == before and choices(me, card.key) == chosen, "nothing counted")
    assert me.page.conversation.reply.state.shown.key == card.key
    await me.press("ctrl+return")
    await me.until(lambda: uses(me, card.key) == before + 1, "the answer to be counted again")
    await gone(me, card.text[:40])


async def test_not_this_one_goes_and_comes_back(me: Person) -> None:
    first, second, *_rest = await open_one(me, THREE, least=2)
    await me.outside(lambda: me.shell.actions.run("inbox.not_this"))
    suggestions = me.page.suggestions
    await me.until(lambda: suggestions.cards and suggestions.cards[0].key != first.key, "another card")
    assert second.key in [card.key for card in suggestions.cards]
    await me.until(lambda: choices(me, first.key)[-1:] == [(0,)], "the word that it does not fit")
    await me.take_back()
    await me.until(lambda: (0,) not in choices(me, first.key), "the word to be taken back")
    await me.until(lambda: first.key in [card.key for card in suggestions.cards], "the card again")


async def test_all_answers_and_the_slash_insert_into_what_is_written(me: Person) -> None:
    await open_one(me, ONE)
    await me.press("r")
    await me.write("Hola Ximena.")
    await me.press("escape", "a")
    await me.until(picker, "the sheet of all answers")
    await me.write("horario")
    sheet = picker()
    assert sheet is not None
    assert sheet.rows.current is not None
    key = sheet.rows.current.key
    assert key == "opening_hours"
    await me.press("return")
    await me.until(lambda: picker() is None and len(me.reply) > 40, "the answer in the box")
    assert me.reply.startswith("Hola Ximena. ")
    assert me.focus is me.page.conversation.reply.editor
    await me.write(" /devoluci")
    await me.until(lambda: me.page.conversation.reply.answers.isVisible(), "the list after the slash")
    await me.press("return")
    await me.until(lambda: "/devoluci" not in me.reply, "the second answer")
    keys = [each.key for each in me.page.conversation.reply.state.used(me.page.conversation.reply.text())]
    assert keys == [key, "refund"]
    before = uses(me, key), uses(me, "refund")
    sent = me.reply[:30]
    await me.press("ctrl+return")
    await me.until(lambda: me.states(sent) == ["waiting"], "the reply to be owed")
    assert (uses(me, key), uses(me, "refund")) == (before[0] + 1, before[1] + 1)
    await gone(me, sent)


async def test_an_expired_fact_and_an_empty_placeholder_keep_an_answer_back(me: Person) -> None:
    await open_one(me, ONE)
    playbook = me.page._face.services.playbook
    fact = await playbook.add_fact("Días de garantía", {"es": "siete días"}, date(2026, 11, 1))
    example = "Compré la preventa de «Marea» y el enlace de descarga ya caducó. ¿Me lo pueden reactivar? Es el pedido"
    text = f"Hola, {{name}}. Tienes {{fact:{fact}}} y tu guía es {{tracking}}."
    content = AnswerContent(
        Category.TECHNICAL,
        "es",
        {"es": "Garantía"},
        (WordingRow("es", text),),
        blanks=(Blank("tracking", "número de guía"),),
    )
    number = await playbook.create(content)
    await playbook.add_example(number, "es", example)
    suggestions, box = me.page.suggestions, me.page.conversation.reply
    await me.until(lambda: any(card.title == "Garantía" for card in suggestions.cards), "the new answer")
    place = next(place for place, card in enumerate(suggestions.cards, 1) if card.title == "Garantía")
    card = me.page.conversation.suggestions.cards[place - 1]
    assert not card.send.isEnabled()
    assert "número de guía" in card.accessibleDescription()
    await me.press(f"shift+{place}")
    assert me.open_name == ONE
    assert box.editor.textCursor().selectedText() == "{tracking}"
    assert me.focus is box.editor
    assert box.blanks.isVisible()
    await me.outside(lambda: box.blanks.lines[0].setFocus())
    await me.write("GL-7")
    await me.press("return")
    assert "tu guía es GL-7." in me.reply
    await me.press("ctrl+return")
    assert me.open_name == ONE
    assert "Días de garantía" in box.strip.label.text()
    ((fact_id,),) = me.rows("SELECT id FROM fact WHERE key = ?", fact)
    await playbook.change_fact(fact_id, "Días de garantía", {"es": "siete días"}, None)
    await me.until(lambda: all(not each.doubts for each in suggestions.cards), "the fact to hold again")
    await me.press("escape", str(place))
    assert box.state.doubt(box.text()) is None


async def test_an_edit_is_kept_as_a_wording_and_taken_back(me: Person) -> None:
    (card, *_rest) = await open_one(me, ONE)
    await me.press("1", "r")
    await me.press("ctrl+end")
    await me.write(" Saludos desde la tienda.")
    await me.press("ctrl+return")
    await me.until(lambda: any("playbook can keep it" in said for said in me.said), "the offer")
    await gone(me, card.text[:40])
    before = me.rows("SELECT count(*) FROM wording w JOIN answer a ON a.id = w.answer_id WHERE a.key = ?", card.key)
    await me.outside(lambda: me.shell.actions.run("inbox.keep_wording"))
    query = "SELECT w.text FROM wording w JOIN answer a ON a.id = w.answer_id WHERE a.key = ? AND w.text LIKE ?"
    await me.until(lambda: me.rows(query, card.key, "%Saludos desde la tienda."), "the new wording")
    ((text,),) = me.rows(query, card.key, "%Saludos desde la tienda.")
    assert "{name}" in text
    assert "Ximena" not in text
    await me.take_back()
    await me.until(lambda: not me.rows(query, card.key, "%Saludos desde la tienda."), "the wording to go")
    assert (
        me.rows("SELECT count(*) FROM wording w JOIN answer a ON a.id = w.answer_id WHERE a.key = ?", card.key)
        == before
    )
