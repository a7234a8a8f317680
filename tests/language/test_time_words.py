"""The words of time: folded as what is typed, and numbers in Chinese characters."""

from __future__ import annotations

import pytest

from app.language.time_words import chinese_figures, fold, meanings, phrases


def test_every_word_is_found_as_it_is_typed() -> None:
    assert all(word == fold(word) for word in meanings())
    assert meanings()["manana"][0].value == 1
    assert {meaning.kind for meaning in meanings()["mar"]} == {"weekday", "month"}


def test_a_word_is_folded_without_accents() -> None:
    assert [fold(text) for text in ("Mañana", "СРЕДУ", "２０：３０", "août")] == ["manana", "среду", "20:30", "aout"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("三点", "3点"),
        ("十二月三号", "12月3号"),
        ("二十点", "20点"),
        ("两小时", "2小时"),
        ("周五", " friday "),
        ("下周一", " weekafter monday "),
        ("星期天", " sunday "),
    ],
)
def test_chinese_numbers_become_figures(text: str, plain: str) -> None:
    assert chinese_figures(text) == plain


def test_phrases_are_patterns() -> None:
    assert len(phrases()) > 10
