"""Texts that say nearly the same are found among many; chance likenesses are not."""

from __future__ import annotations

import time
from random import Random

import pytest

from app.language.likeness import Texts

SAID = "El viernes llega «Marea» de Lluvia Negra en vinilo azul, copias numeradas"


@pytest.fixture
def texts() -> Texts:
    others = ["Hoy abrimos a las once, los esperamos", "Nueve canciones para cocinar en domingo", "Los envíos salen martes y jueves"]
    return Texts([(1, SAID), *((number, text) for number, text in enumerate(others, start=2))])


@pytest.mark.parametrize(
    "text",
    [SAID, SAID.upper(), f"{SAID} #Marea https://aurora.example/marea", "El viernes llega «Marea» de Lluvia Negra en vinilo azul, con copias numeradas"],
)
def test_the_same_is_found_whatever_its_case_links_and_little_words(texts: Texts, text: str) -> None:
    found = texts.nearest(text)
    assert found is not None
    assert found[0] == 1


@pytest.mark.parametrize("text", ["El viernes abrimos más tarde, en la mañana hay inventario", "¡Gracias!", "", "Marea de Lluvia Negra"])
def test_other_texts_and_very_short_ones_are_not(texts: Texts, text: str) -> None:
    assert texts.nearest(text) is None


def test_a_post_is_not_like_itself(texts: Texts) -> None:
    assert texts.nearest(SAID, but=1) is None


def test_what_is_dropped_or_changed_is_no_longer_found(texts: Texts) -> None:
    texts.put(1, "Otra cosa completamente distinta para la semana")
    assert texts.nearest(SAID) is None
    texts.put(9, SAID)
    texts.drop(9)
    assert texts.nearest(SAID) is None


def test_thousands_of_posts_are_looked_through_within_some_milliseconds() -> None:
    chance = Random(6)
    words = [f"palabra{number}" for number in range(3000)]
    texts = Texts((number, " ".join(chance.choices(words, k=30))) for number in range(4000))
    begun = time.process_time()
    for _ in range(10):
        assert texts.nearest(SAID) is None
        texts.nearest(" ".join(chance.choices(words, k=30)))
    assert (time.process_time() - begun) / 20 < 0.05
