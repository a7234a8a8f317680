"""Up to three answers or none: silence on small talk, learning, and taking "not this one" to heart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.language.suggestion import CHATTER, Known, Sensed, Suggester, read_chatter
from app.runtime.paths import resources
from tests.suggestions.corpus import fits_none, held_out, playbook

FILE = resources() / "language" / "chatter.json"


@pytest.fixture(scope="module")
def shop() -> Suggester:
    suggester = Suggester(read_chatter(FILE))
    suggester.load(playbook(("es",), 20))
    return suggester


def test_most_of_what_is_shown_by_letters_alone_is_right(shop: Suggester) -> None:
    found = [(said.intent, shop.suggest(said.text)) for said in held_out("es")]
    shown = [(intent, {each.answer for each in answers}) for intent, answers in found if answers]
    assert len(shown) > 0.45 * len(found)
    assert sum(intent in answers for intent, answers in shown) > 0.9 * len(shown)


def test_it_is_silent_on_what_no_answer_fits(shop: Suggester) -> None:
    assert sum(bool(shop.suggest(text)) for text in fits_none("es")) <= 4


@pytest.mark.parametrize("text", ["", "   ", "🎸🎸🎸", "hola", "@aurora"])
def test_nothing_is_suggested_for_nothing(shop: Suggester, text: str) -> None:
    assert shop.suggest(text) == []


def test_no_more_than_asked_for_and_the_best_first(shop: Suggester) -> None:
    found = shop.suggest("mi pedido llegó dañado, quiero devolución y reembolso")
    assert 1 <= len(found) <= 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert len(shop.suggest("mi pedido llegó dañado, quiero devolución y reembolso", 1)) == 1


def test_a_choice_teaches() -> None:
    suggester = Suggester(read_chatter(FILE))
    suggester.load([Known("parking", "Park behind the shop"), Known("late", "where is my order")])
    text = "can i leave the car somewhere"
    assert suggester.suggest(text) == []
    suggester.learn(Known("parking", "where can i leave my car"))
    assert suggester.suggest(text)[0].answer == "parking"


def test_what_does_not_fit_is_lowered_for_messages_alike_and_no_others() -> None:
    suggester = Suggester(read_chatter(FILE))
    suggester.load([Known("late", "where is my order"), Known("late", "my parcel has not arrived")])
    assert suggester.suggest("where is my ordered pizza")
    suggester.learn(Known("late", "where is my ordered pizza", fits=False))
    assert suggester.suggest("where is my ordered pizza") == []
    assert suggester.suggest("my parcel has not arrived yet")


def test_an_empty_playbook_suggests_nothing() -> None:
    suggester = Suggester(read_chatter(FILE))
    suggester.load([])
    assert suggester.suggest("where is my order") == []
    assert suggester.ranked("where is my order") == []


class OneMeaning:
    """Everything means the same as the one answer."""

    def __init__(self, nearness: float) -> None:
        self.nearness = nearness
        self.held: list[Known] = []

    def hold(self, known: Sequence[Known]) -> None:
        self.held += known

    def learn(self, known: Known) -> None:
        self.held.append(known)

    def emptied(self) -> OneMeaning:
        return OneMeaning(self.nearness)

    def sense(self, texts: Sequence[str], groups: Sequence[int] = ()) -> list[Sensed]:
        return [Sensed({"late": 1.0}, {"late": -0.5 if groups else self.nearness}, {}, 0.1) for _ in texts]


def test_meaning_shows_what_letters_would_not() -> None:
    for nearness, answers in ((0.8, ["late"]), (-0.5, [])):
        sense = OneMeaning(nearness)
        suggester = Suggester(read_chatter(FILE), sense)
        suggester.load([Known("late", "where is my order")])
        assert [each.answer for each in suggester.suggest("мой заказ")] == answers
        assert {each.answer for each in sense.held} == {CHATTER, "late"}


class SentenceMeaning(OneMeaning):
    """A text that speaks of hiring is far from everything."""

    def emptied(self) -> SentenceMeaning:
        return SentenceMeaning(self.nearness)

    def sense(self, texts: Sequence[str], groups: Sequence[int] = ()) -> list[Sensed]:
        return [
            Sensed({"hours": 1.0}, {"hours": -0.5 if groups else -2.0 if "hiring" in text else self.nearness}, {}, 0.1)
            for text in texts
        ]


def test_of_one_sentence_the_whole_has_to_be_half_as_sure() -> None:
    text = "Are you hiring? I can do weekends."
    for nearness, shown in ((0.5, False), (3.0, True)):
        suggester = Suggester(read_chatter(FILE), SentenceMeaning(nearness))
        suggester.load([Known("hours", "When are you open?")])
        assert suggester.suggest("I can do weekends.")
        assert bool(suggester.suggest(text)) is shown


def test_small_talk_says_the_same_in_each_language() -> None:
    lines = read_chatter(FILE)
    languages = {line.language for line in lines}
    assert languages == {"en", "es", "fr", "ru", "zh"}
    assert len(lines) == len(languages) * (1 + max(line.group for line in lines))
