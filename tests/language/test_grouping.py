"""Questions that ask the same come together, and others stay apart; always alike, and never through a chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.language.grouping import (
    NEAR_IN_MEANING,
    Bunch,
    Gathered,
    Pair,
    Reading,
    bunches,
    common_words,
    features_of,
    joined,
    most_typical,
    pairs_by_letters,
)
from app.language.meaning import Encoder, Likeness

LINES = [
    line.split("\t") for line in (Path(__file__).parent / "questions.tsv").read_text(encoding="utf-8").splitlines()
]
INTENTS, TEXTS = [line[0] for line in LINES], [line[2] for line in LINES]


def gathered(texts: Sequence[str], likeness: Likeness | None = None) -> list[Gathered]:
    """As services/faq_gathering.py does it."""
    reading = Reading(texts)
    found = [each for each in bunches(reading, [None] * len(texts)) if isinstance(each, Bunch)]
    middles = [bunch.middle for bunch in found]
    if likeness is None:
        return joined(found, [each for each in pairs_by_letters(reading, middles) if isinstance(each, Pair)])
    likeness.hold([texts[place] for place in middles], anew=True)
    near = likeness.pairs([[place] for place in range(len(found))], NEAR_IN_MEANING)
    return joined(found, [Pair(*each) for each in near])


def purity(groups: Sequence[Gathered]) -> float:
    """The share of grouped questions that are of their group's most frequent intent."""
    right = sum(Counter(INTENTS[place] for place in group.members).most_common(1)[0][1] for group in groups)
    return right / sum(len(group.members) for group in groups)


def test_by_letters_what_is_grouped_is_grouped_rightly() -> None:
    """Three of a kind in one language there are 24; half of them read alike enough."""
    groups = gathered(TEXTS)
    assert purity(groups) == 1.0
    assert sum(len(group.members) for group in groups) >= 0.5 * 24
    assert all(len(group.members) >= 3 for group in groups)


@pytest.fixture(scope="module", name="likeness")
def _likeness() -> Likeness:
    return Likeness(Encoder())


def test_by_meaning_five_languages_fall_together(likeness: Likeness) -> None:
    groups = gathered(TEXTS, likeness)
    assert purity(groups) >= 0.95
    assert sum(len(group.members) for group in groups) >= 0.85 * 36
    spoken = [{LINES[place][1] for place in group.members} for group in groups]
    assert sum(len(languages) >= 4 for languages in spoken) >= 3


def test_the_same_questions_always_make_the_same_groups() -> None:
    assert gathered(TEXTS) == gathered(list(TEXTS))


def test_two_alike_are_no_group() -> None:
    assert gathered(["¿Hacen regalos?", "¿Hacen regalos?"]) == []
    assert len(gathered(["¿Hacen regalos?"] * 3)) == 1


def test_a_slip_of_the_finger_does_not_matter() -> None:
    texts = ["descarga caducada enlace", "descarga caducda enlace", "descraga caducada enlace"]
    assert [group.members for group in gathered(texts)] == [(0, 1, 2)]


def test_each_stands_near_the_middle_no_chain_leads_away() -> None:
    found = [Bunch(place, (place,)) for place in range(5)]
    chain = [Pair(place, place + 1, 0.9) for place in range(4)]
    groups = joined(found, chain, 1)
    for group in groups:
        assert all(abs(place - group.middle) <= 1 for place in group.members)


def test_what_an_entry_has_takes_first_the_nearest_entry_wins() -> None:
    found = [Bunch(0, (0,), 7), Bunch(1, (1,), 9), *(Bunch(place, (place,)) for place in range(2, 6))]
    pairs = [
        *(Pair(0, 2, 0.7), Pair(1, 2, 0.8), Pair(0, 3, 0.6)),
        *(Pair(3, 4, 0.9), Pair(4, 5, 0.9), Pair(3, 5, 0.9)),
    ]
    groups = joined(found, pairs, 1, 0.65)
    assert [(group.entry, group.members) for group in groups] == [(7, (0,)), (9, (1, 2)), (None, (3, 4, 5))]


def test_questions_that_read_like_an_entrys_come_to_it() -> None:
    texts = ["¿Cuánto tarda el envío?", "¿cuánto tarda el envío?", "¿Abren los lunes?"]
    found = [each for each in bunches(Reading(texts), [4, None, None]) if isinstance(each, Bunch)]
    assert [(bunch.entry, bunch.members) for bunch in found] == [(4, (0, 1)), (None, (2,))]


def test_words_in_common_are_those_that_others_do_not_have() -> None:
    texts = ["¿Cuánto tarda el envío a Lima?", "envío a Quito, ¿cuándo?", "¿Hacen envío a Lima?"]
    assert common_words(texts, ["¿Cuánto cuesta el disco?", "¿Tienen el disco a la venta?"])[0] == "envío"
    assert common_words(["可以自取吗", "能自取吗", "想自取"], ["可以付款吗"])[0] == "自取"
    assert common_words(["hola", "adiós"], []) == ()


def test_the_most_typical_is_nearest_to_all_others() -> None:
    assert most_typical(["¿Abren hoy?", "¿Cuánto tarda el envío?", "envío: ¿cuánto tarda?", "envío a Lima"]) in (1, 2)
    assert most_typical(["a"]) == 0


def test_words_that_stand_in_every_question_say_nothing() -> None:
    assert "how\t" not in features_of("how much is it")
    assert features_of("¿?")


def test_nothing_of_nothing() -> None:
    assert gathered([]) == []
