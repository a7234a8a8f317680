"""Comparing by meaning with the real encoder."""

from __future__ import annotations

import pytest

from app.language.meaning import Encoder, Meaning
from app.language.suggestion import Known, Suggester, read_chatter
from app.runtime.paths import resources

FILE = resources() / "language" / "chatter.json"
KNOWN = (
    Known("late", "¿Dónde está mi pedido?"),
    Known("refund", "Quiero que me devuelvan mi dinero"),
    Known("damaged", "El disco llegó rayado"),
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("my parcel has not arrived", "late"),
        ("верните деньги", "refund"),
        ("唱片有划痕", "damaged"),
        ("je veux être remboursé", "refund"),
    ],
)
def test_a_playbook_in_one_language_answers_others(encoder: Encoder, text: str, answer: str) -> None:
    suggester = Suggester(read_chatter(FILE), Meaning(encoder))
    suggester.load(KNOWN)
    assert suggester.ranked(text)[0][0] == answer
    assert suggester.suggest("Lovely weather today") == []


def test_learning_and_refusing_move_it(encoder: Encoder) -> None:
    meaning = Meaning(encoder)
    meaning.hold(KNOWN)
    before = meaning.sense(["is the vinyl coming soon"])[0]
    meaning.hold([Known("late", "when does the vinyl come"), Known("damaged", "is the vinyl coming", fits=False)])
    after = meaning.sense(["is the vinyl coming soon"])[0]
    assert after.answers["late"] > before.answers["late"]
    assert (before.against, after.against["damaged"] > 0.8) == ({}, True)
    assert meaning.emptied().sense(["x"])[0].answers == {}
