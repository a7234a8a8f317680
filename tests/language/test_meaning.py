"""Comparing by meaning with the real encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.language.everyday import read_everyday
from app.language.meaning import Encoder, Hearing, Meaning
from app.language.suggestion import Known, Suggester, read_chatter
from app.runtime.paths import resources
from tests.suggestions.corpus import held_out, playbook

HERE = Path(__file__).parent
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
    meaning.learn(Known("late", "when does the vinyl come"))
    meaning.learn(Known("damaged", "is the vinyl coming", fits=False))
    after = meaning.sense(["is the vinyl coming soon"])[0]
    assert after.answers["late"] > before.answers["late"]
    assert (before.against, after.against["damaged"] > 0.8) == ({}, True)
    assert meaning.emptied().sense(["x"])[0].answers == {}


def test_who_wants_something_of_a_shop_is_near_to_several_of_its_answers(encoder: Encoder) -> None:
    """Of two playbooks that hold the same nearest example, the text is nearer to the one whose other answers are near as well."""
    text, near = "my parcel has not arrived", Known("late", "¿Dónde está mi pedido?")
    found = []
    for others in (
        ("The parcel got lost", "I want to cancel my order"),
        ("Do you tune pianos?", "Is dancing allowed?"),
    ):
        meaning = Meaning(encoder)
        meaning.hold([near, *(Known(other, other) for other in others)])
        found.append(meaning.sense([text])[0].nearness["late"])
    assert found[0] > found[1] + 0.1


def test_texts_and_groups_of_them_are_compared_with_each_other(encoder: Encoder) -> None:
    likeness = Meaning(encoder).likeness()
    assert likeness.pairs([], 0.5) == []
    likeness.hold(["¿Cuánto tarda el envío?", "How long does shipping take?"], anew=True)
    likeness.hold(["¿Puedo pagar en efectivo?"], anew=False)
    ((first, second, near),) = likeness.pairs([[0], [1], [2]], 0.57)
    assert (first, second) == (0, 1)
    assert near > 0.57
    assert likeness.pairs([[0, 1], [2]], 0.57) == []
    likeness.hold([], anew=True)
    assert likeness.pairs([], 0.5) == []


def taught(encoder: Encoder, count: int = 4, everyday: Sequence[Sequence[str]] = ()) -> Suggester:
    suggester = Suggester(read_chatter(FILE), Meaning(encoder, everyday))
    suggester.load(playbook(("en", "es"), count))
    return suggester


@pytest.fixture(scope="module")
def shop(encoder: Encoder) -> Suggester:
    """Asked, and not taught."""
    return taught(encoder)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("wheres my pacakge??? ordred it 3 wks ago", "order_delay"),
        ("q onda con mi pedidooo ya tardó un buen", "order_delay"),
        ("my vinyl vino todo roto 😭😭", "damaged"),
        ("hola quiero cancel my order pls", "cancel_order"),
        ("💳❌ card keeps getting rejectd", "payment"),
        ("factura xfa, con rfc 🙏", "invoice"),
    ],
)
def test_typos_slang_emoji_and_two_languages_at_once(shop: Suggester, text: str, answer: str) -> None:
    assert answer in [found for found, _ in shop.ranked(text)[:3]]


def test_what_is_asked_may_stand_behind_a_story(encoder: Encoder) -> None:
    shop = taught(encoder, everyday=read_everyday(FILE.parent / "everyday.json"))
    question = "Can you send me an invoice with our tax number?"
    story = "I had a lovely morning at the lake with my two dogs. The weather could not have been better. "
    assert shop.suggest(story) == []
    assert shop.suggest(story + question)[0].answer == "invoice"


def test_it_gets_better_with_every_choice(encoder: Encoder) -> None:
    suggester, own = taught(encoder, 1), held_out("en")
    sent = [said for place, said in enumerate(own) if place % 20 < 6]
    later = [said for place, said in enumerate(own) if place % 20 >= 17]

    def right() -> int:
        return sum(said.intent in [answer for answer, _ in suggester.ranked(said.text)[:3]] for said in later)

    before = right()
    for said in sent:
        suggester.learn(Known(said.intent, said.text))
    assert right() > before + 0.03 * len(later)


def test_what_was_refused_is_not_suggested_again_and_what_is_new_is(encoder: Encoder) -> None:
    suggester = taught(encoder)
    text = "is it possible to get my order sent to my office"
    first = suggester.suggest(text)[0].answer
    suggester.learn(Known(first, text, fits=False))
    assert first not in [found.answer for found in suggester.suggest(text)]
    again = suggester.suggest("can you send the order to my work place instead")
    assert not again or again[0].answer != first
    assert suggester.suggest("where can I get an invoice for my order")
    suggester.learn(Known("lessons", "Do you give guitar lessons?"))
    assert suggester.suggest("do you teach people how to play the guitar?")[0].answer == "lessons"


@pytest.mark.parametrize("language", ["en", "es", "fr", "ru", "zh"])
def test_moods_are_heard_where_no_usual_word_tells_them(hearing: Hearing, language: str) -> None:
    own = [(int(heard), text) for spoken, heard, text in rows(HERE / "mood_fresh.tsv") if spoken == language]
    found = hearing.moods([text for _, text in own])
    assert sum(heard == mood for (heard, _), mood in zip(own, found, strict=True)) >= 0.73 * len(own)


@pytest.fixture(scope="module")
def hearing(encoder: Encoder) -> Hearing:
    return Hearing(encoder, [(int(heard), text) for _, heard, text in rows(FILE.parent / "mood_lines.tsv")])


def rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def test_no_line_that_is_heard_was_learned() -> None:
    learned = {text for *_, text in rows(FILE.parent / "mood_lines.tsv")}
    assert not [text for *_, text in rows(HERE / "mood_fresh.tsv") if text in learned]


@pytest.mark.parametrize(
    "text",
    [
        "Are you hiring? I can do weekends.",
        "¿Puedo colgar un cartel en su vitrina?",
        "On peut venir avec un vélo ?",
        "Сдаёте колонки в аренду?",
        "店里能给手机充电吗？",
    ],
)
def test_what_a_shop_is_asked_that_no_answer_covers_brings_nothing_up(shop: Suggester, text: str) -> None:
    assert shop.suggest(text) == []


def test_small_talk_that_the_playbook_answers_is_none(encoder: Encoder) -> None:
    suggester = Suggester(read_chatter(FILE), Meaning(encoder))
    jobs = [Known("jobs", "Are you hiring?"), Known("jobs", "I would like to apply for a job in your shop")]
    suggester.load([*playbook(("en",), 4), *jobs])
    assert suggester.suggest("I am looking for a job")[0].answer == "jobs"
    assert suggester.suggest("Lovely weather today") == []
