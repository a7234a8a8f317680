"""The language of short texts."""

from __future__ import annotations

import pytest

from app.language.tongue import tongue
from tests.suggestions.corpus import LANGUAGES, held_out


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_messages_are_told_and_few_are_mistaken(language: str) -> None:
    told = [tongue(said.text) for said in held_out(language)]
    assert told.count(language) >= 0.7 * len(told)
    assert len([each for each in told if each not in ("", language)]) <= 0.06 * len(told)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", ""),
        ("🎸", ""),
        ("4821", ""),
        ("Де моє замовлення?", "uk"),
        ("注文はどこですか", "ja"),
        ("주문이 어디에 있나요", "ko"),
        ("Wo ist meine Bestellung?", "de"),
        ("Onde está o meu pedido? não chegou", "pt"),
    ],
)
def test_other_languages_and_nothing(text: str, language: str) -> None:
    assert tongue(text) == language
