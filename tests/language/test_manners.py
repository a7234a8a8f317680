"""The style of a reply: form of address, greeting, forbidden words, number of posts; five languages, each with words that only look alike."""

from __future__ import annotations

import pytest

from app.language.manners import Manners, style_complaints, words_of
from app.runtime.words import message


def ids(text: str, rules: Manners, language: str, posts: int = 1) -> list[str]:
    return [each.id for each in style_complaints(text, rules, language, posts=posts)]


@pytest.mark.parametrize(
    ("language", "informal", "formal", "either"),
    [
        ("es", "Tú lo recibes mañana.", "Usted lo recibe mañana.", "Está en camino, su llegada es mañana."),
        ("fr", "Tu le reçois demain.", "Vous le recevez demain.", "Le colis arrive demain."),
        ("ru", "Ты получишь его завтра.", "Вы получите его завтра.", "Посылка придёт завтра."),
        ("zh", "你的订单明天到。", "您的订单明天到。", "订单明天到。"),
        ("de", "Morgen hast du es.", "Morgen haben Sie es.", "Sie kommt morgen an."),
        ("en", "You get it tomorrow.", "You get it tomorrow.", "It comes tomorrow."),
    ],
)
def test_the_form_of_address(language: str, informal: str, formal: str, either: str) -> None:
    wants_formal, wants_informal = Manners(address="formal"), Manners(address="informal")
    known = language != "en"
    assert bool(ids(informal, wants_formal, language)) == known
    assert bool(ids(formal, wants_informal, language)) == known
    assert ids(informal, wants_informal, language) == ids(formal, wants_formal, language) == []
    assert ids(either, wants_formal, language) == ids(either, wants_informal, language) == []


def test_it_shows_the_word() -> None:
    assert style_complaints("Hola, ¿lo tienes contigo?", Manners(address="formal"), "es") == (
        message("style.not_formal", word="contigo"),
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "¡Hola, Ana! Va."),
        ("es", "@ana @tienda Buenos días"),
        ("en", "Hi Ana, it is on its way."),
        ("fr", "Bonjour Ana,"),
        ("ru", "Здравствуйте, Анна!"),
        ("zh", "您好，安娜！"),
        ("xx", "What is not known is not complained of."),
    ],
)
def test_a_greeting_is_heard(language: str, text: str) -> None:
    assert ids(text, Manners(greeting=True), language) == []


def test_a_missing_greeting_is_said() -> None:
    assert ids("Tu pedido va en camino.", Manners(greeting=True), "es") == ["style.no_greeting"]


def test_forbidden_words_are_whole_words() -> None:
    rules = Manners(forbidden=words_of("barato, problema; 便宜, C++"))
    assert style_complaints("Es baratoso, no hay Problema. C++", rules, "es") == (
        message("style.forbidden", word="problema"),
        message("style.forbidden", word="C++"),
    )
    assert ids("这个很便宜", rules, "zh") == ["style.forbidden"]


def test_the_number_of_posts() -> None:
    assert ids("Hola", Manners(posts=2), "es", posts=3) == ["style.too_many_posts"]
    assert ids("Hola", Manners(posts=2), "es", posts=2) == ids("Hola", Manners(), "es", posts=9) == []


def test_nothing_is_said_of_an_empty_box() -> None:
    assert ids("  ", Manners("formal", True, ("x",), 1), "es") == []
