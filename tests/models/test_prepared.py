"""Answers made ready: whether they still stand in a reply, what speaks against it, and how an edit becomes a wording."""

from __future__ import annotations

from app.models.playbook import Address, WordingRow
from app.models.prepared import Doubt, Gap, Prepared, edited, label_of
from app.runtime.words import message

LATE = Prepared(
    "late",
    "Order late",
    "Hola, Ximena. Tu pedido A-20418 llega en 3 días. Perdón por la espera.",
    language="es",
    answer_id=4,
    wording=WordingRow(
        "es", "Hola, {name}. Tu pedido {order} llega en {fact:ship}. Perdón por la espera.", Address.INFORMAL
    ),
    values=(("{name}", "Ximena"), ("{order}", "A-20418"), ("{fact:ship}", "3 días")),
    gaps=(Gap("tracking", "número de guía"),),
    doubts=(Doubt(message("playbook.fact_expired"), "3 días"),),
)


def test_it_is_in_a_reply_as_long_as_a_piece_of_it_is() -> None:
    assert LATE.is_in(LATE.text)
    assert LATE.is_in("¡Buenas! Perdón por la espera. Ya casi.")
    assert not LATE.is_in("Otra cosa, Ximena.")


def test_a_doubt_stands_as_long_as_the_words_it_is_about() -> None:
    assert LATE.doubt_in(LATE.text) == message("playbook.fact_expired")
    assert LATE.doubt_in("Hola, Ximena. Llega el lunes.") is None


def test_an_edit_becomes_a_wording_with_its_placeholders() -> None:
    sent = "Hola, Ximena. Tu pedido A-20418 llega en 3 días. Escríbenos, Ximenas no hay dos."
    made = edited([LATE], sent)
    assert made is not None
    assert made.wording.text == "Hola, {name}. Tu pedido {order} llega en {fact:ship}. Escríbenos, Ximenas no hay dos."
    assert (made.answer_id, made.title, made.wording.address) == (4, "Order late", Address.INFORMAL)


def test_what_was_sent_as_it_stood_is_nothing_new() -> None:
    assert edited([LATE], LATE.text + "\n") is None
    assert edited([LATE, LATE], "otra cosa") is None, "two answers in one reply are neither"
    assert edited([], "otra cosa") is None
    assert edited([LATE._replace(answer_id=None)], "otra cosa") is None


def test_a_placeholder_is_called_as_the_user_calls_it() -> None:
    assert label_of("tracking", [LATE]) == "número de guía"
    assert label_of("date", [LATE]) == ""
