"""Placeholders are filled, fall back, are closed up or wait; facts that hold no more stop an answer with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from app.language.filling import Place, places, render
from app.models.playbook import Blank, FactRow
from app.runtime.words import message

TODAY = date(2026, 11, 22)
SHIPPING = FactRow(1, "plazo", "plazo de envío", {"es": "3 días", "en": "3 days"}, date(2026, 11, 30))


def test_values_are_filled_in_and_their_places_known() -> None:
    found = render("Hola {name}, tu pedido {order} va.", "es", {"name": "Ana", "order": "A-1"})
    assert found.text == "Hola Ana, tu pedido A-1 va."
    assert [found.text[start:end] for start, end in found.filled] == ["Ana", "A-1"]
    assert found.may_be_sent


def test_a_value_is_never_read_as_a_placeholder() -> None:
    assert render("{a} y {b}", "es", {"a": "{b}", "b": "x"}).text == "{b} y x"


def test_a_fallback_stands_in_its_language_only() -> None:
    blanks = [Blank("hours", fallback={"es": "48 horas"})]
    assert render("Tienes {hours}.", "es", {}, blanks).text == "Tienes 48 horas."
    assert not render("You have {hours}.", "en", {}, blanks).may_be_sent


def test_what_is_needed_waits_and_says_where() -> None:
    found = render("Pedido {order}.", "es", {}, [Blank("order", "Número de pedido")])
    assert found.text == "Pedido {order}."
    assert [(found.text[each.start : each.end], each.label) for each in found.empty] == [
        ("{order}", "Número de pedido")
    ]
    assert not found.may_be_sent


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("¡Hola, {name}! Va.", "¡Hola! Va."),
        ("Hi {name}, sorry.", "Hi, sorry."),
        ("Done, {name}: it works.", "Done: it works."),
        ("Merci {name} ! Voilà.", "Merci ! Voilà."),
        ("您好，{name}！谢谢。", "您好！谢谢。"),
        ("{name}, thanks for this.", "Thanks for this."),
        ("Listo. {name}, va.", "Listo. Va."),
        ("Gracias, {name}.", "Gracias."),
    ],
)
def test_without_a_name_the_place_is_closed_up(text: str, said: str) -> None:
    found = render(text, "es", {"name": ""})
    assert found.text == said
    assert found.may_be_sent


def test_a_name_can_be_asked_for() -> None:
    assert not render("Hola {name}", "es", {}, [Blank("name", required=True)]).may_be_sent


def test_a_fact_speaks_the_language_of_the_wording() -> None:
    assert render("En {fact:plazo}.", "es", {}, facts=[SHIPPING], today=TODAY).text == "En 3 días."
    assert render("In {fact:plazo}.", "en", {}, facts=[SHIPPING], today=TODAY).text == "In 3 days."


def test_a_fact_holds_on_its_last_day_and_not_after_it() -> None:
    assert render("{fact:plazo}", "es", {}, facts=[SHIPPING], today=date(2026, 11, 30)).may_be_sent
    found = render("{fact:plazo} {fact:plazo}", "es", {}, facts=[SHIPPING], today=date(2026, 12, 1))
    assert found.troubles == (message("playbook.fact_expired", fact="plazo de envío", day=date(2026, 11, 30)),)
    assert not found.may_be_sent


def test_a_fact_that_is_not_there_or_says_nothing_in_a_language_stops_it() -> None:
    assert [each.id for each in render("{fact:x}", "es", {}).troubles] == ["playbook.fact_missing"]
    assert [each.id for each in render("{fact:plazo}", "ru", {}, facts=[SHIPPING]).troubles] == ["playbook.fact_untold"]
    assert render("{fact:x}", "es", {}).text == "{fact:x}"


def test_braces_that_are_no_placeholder_are_left_alone() -> None:
    assert places("{ a } {} {1} {a-b}") == (Place(13, 18, "a-b", is_fact=False),)


def test_a_text_says_what_stands_for_its_placeholders_and_what_its_troubles_are_about() -> None:
    facts = [FactRow(1, "ship", "Envío", {"es": "tres días"}, date(2026, 1, 1))]
    made = render("Hola, {name}: {fact:ship}, {fact:gone}.", "es", {"name": "Ana"}, (), facts, date(2026, 2, 1))
    assert dict(made.values) == {"{name}": "Ana", "{fact:ship}": "tres días"}
    assert list(zip([each.id for each in made.troubles], made.about, strict=True)) == [
        ("playbook.fact_expired", "tres días"),
        ("playbook.fact_missing", "{fact:gone}"),
    ]
