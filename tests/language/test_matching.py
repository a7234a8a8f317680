"""Matching by letters and words: typos, drawn-out letters, scripts without blanks, and the words that are given as the reason."""

from __future__ import annotations

import pytest

from app.language.matching import Example, Matcher, features, plain

EXAMPLES = (
    Example("late", "Where is my order?"),
    Example("late", "¿Dónde está mi pedido?"),
    Example("late", "我的订单在哪里"),
    Example("refund", "I want my money back"),
    Example("refund", "Quiero mi reembolso"),
    Example("refund", "我想退款"),
    Example("refund", "Верните деньги"),
)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("wheres my ordr??", "late"),
        ("PEDIDO!!! donde", "late"),
        ("mooooney back 😡", "refund"),
        ("quiero mi rembolso ya", "refund"),
        ("退款退款", "refund"),
        ("订单呢", "late"),
        ("верни денги", "refund"),
    ],
)
def test_a_message_finds_the_answer_whose_example_reads_like_it(text: str, answer: str) -> None:
    assert Matcher(EXAMPLES).near(text)[0].answer == answer


def test_the_reason_is_the_messages_own_words() -> None:
    matcher = Matcher(EXAMPLES)
    assert matcher.words("Please give me my Money back", "refund") == ("money", "back")
    assert matcher.words("lovely weather", "refund") == ()


def test_what_is_learned_counts_at_once() -> None:
    matcher = Matcher(EXAMPLES)
    assert all(each.answer != "parking" for each in matcher.near("parking lot"))
    matcher.learn(Example("parking", "is there a parking lot"))
    assert matcher.near("parking lot")[0].answer == "parking"


def test_scores_are_those_of_the_nearest() -> None:
    matcher = Matcher(EXAMPLES)
    text = "where is my money"
    assert matcher.scores(text) == {each.answer: each.score for each in matcher.near(text)}
    assert 0.0 < matcher.scores(text)["refund"] < matcher.scores("I want my money back")["refund"] <= 1.0


def test_what_speaks_less_scores_less() -> None:
    full, half = (
        Matcher([Example("late", "where is it", weight)]).scores("where is it")["late"] for weight in (1.0, 0.5)
    )
    assert half == pytest.approx(full / 2)


def test_an_example_may_be_left_out() -> None:
    assert Matcher([Example("late", "where")]).near("where", 0) == []


def test_links_names_accents_and_figures_do_not_count() -> None:
    assert plain("@aurora ¡DÓNDE está el nº 4821? https://a.example/x") == "¡donde esta el no 0?"


@pytest.mark.parametrize("text", ["", " ", "\x00", "🎸🎸", "a" * 5000, "\u202e\u0301"])
def test_no_text_is_too_odd(text: str) -> None:
    assert Matcher(EXAMPLES).near(text) is not None
    assert Matcher().near(text) == []
    assert features(text) is not None
