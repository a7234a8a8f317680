"""Rules are written and read without loss, and what is not understood matches nothing."""

from __future__ import annotations

import pytest

from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind
from app.models.rule import NotUnderstood, Rule, Then, When, acts_from, acts_text, conditions_from, conditions_text

FULL = When(
    networks=("mastodon",), accounts=(1, 2), kinds=(MessageKind.COMMENT, MessageKind.SEARCH), any_of=("refund", "возврат*", "退款"),
    all_of=("disco",), none_of=("gracias",), flags=("press",), not_flags=("vip",), handles=("@ana",), not_handles=("@luis",), followers_from=10,
    followers_below=0, languages=("es",), first_time=False, categories=(Category.ORDER,), hours=(1200, 480),
)  # fmt: skip


def test_conditions_come_back_as_they_were_written():
    assert conditions_from(conditions_text(FULL)) == FULL
    assert conditions_text(When()) == "{}"
    assert conditions_from("{}").says_nothing


def test_acts_come_back_as_they_were_written():
    then = Then(Category.COMPLAINT, 0, (3, 1), ConversationState.ESCALATED)
    assert acts_from(acts_text(Rule("a", FULL, then, goes_on=True))) == (then, True)
    assert acts_from("{}") == (Then(), False)
    assert Then().does_nothing
    assert not Then(priority=0).does_nothing


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"moon": "full"}', '{"kinds": ["telepathy"]}', '{"kinds": 3, "x": 1}']
)
def test_conditions_of_another_version_are_not_guessed(text: str):
    with pytest.raises(NotUnderstood):
        conditions_from(text)


@pytest.mark.parametrize("text", ["", "[]", '{"category": "weather"}', '{"assign": 4}'])
def test_acts_of_another_version_are_not_guessed(text: str):
    with pytest.raises(NotUnderstood):
        acts_from(text)


def test_a_rule_says_what_it_does_to_a_message():
    ruled = Rule("a", FULL, Then(Category.ORDER, 1, (2,), ConversationState.DONE), id=9).ruled()
    assert ruled == (9, Category.ORDER, 1, (2,), ConversationState.DONE)
