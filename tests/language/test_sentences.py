"""A message, and what it says sentence by sentence."""

from __future__ import annotations

import pytest

from app.language.sentences import LONGEST, MOST, length, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nice shop you have! Where is my order?", ["Nice shop you have!", "Where is my order?"]),
        ("店面真漂亮。我的订单在哪里？", ["店面真漂亮。", "我的订单在哪里？"]),
        ("Buenas tardes\nno me llega el paquete", ["Buenas tardes", "no me llega el paquete"]),
        ("Здравствуйте! Где мой заказ? Ок.", ["Здравствуйте!", "Где мой заказ?"]),
    ],
)
def test_each_sentence_is_asked_about_beside_the_whole(text: str, found: list[str]) -> None:
    assert sentences(text) == [text, *found]


@pytest.mark.parametrize(
    "text", ["", "   ", "where is my order", "Hi! Where is my order?", "it costs 3.50 or so", "🎸🎸"]
)
def test_one_sentence_is_the_message_itself(text: str) -> None:
    assert sentences(text) == [text]


def test_no_message_is_asked_about_without_end() -> None:
    found = sentences("A sentence of a few words. " * 100)
    assert (len(found), len(found[0])) == (MOST + 1, LONGEST)


def test_a_sign_of_a_script_without_blanks_says_as_much_as_some_letters() -> None:
    assert [length(text) for text in ("where is it?", "在哪里？", "🎸 123", "")] == [9, 9, 0, 0]
