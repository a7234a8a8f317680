"""What shops are asked every day: which subjects a text is about."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.language.everyday import FAR, Subjects, by_subject, in_common, read_everyday
from app.language.meaning import Encoder, Meaning
from app.language.suggestion import Known, Suggester, read_chatter
from app.runtime.paths import resources

FILE = resources() / "language" / "everyday.json"
SMALL_TALK = tuple(line for line in read_chatter(FILE.parent / "chatter.json") if line.group % 5 == 0)
"""Some of it: all takes long."""


def same(vectors: object) -> object:
    return vectors


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_every_subject_has_phrases_in_all_five_languages() -> None:
    subjects = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(subjects) == len(read_everyday(FILE)) > 50
    for name, languages in subjects.items():
        assert list(languages) == ["en", "es", "fr", "ru", "zh"], name
        assert all(len(set(texts)) == len(texts) >= 2 for texts in languages.values()), name


def test_no_phrase_stands_for_two_subjects() -> None:
    phrases = [text for subject in read_everyday(FILE) for text in subject]
    assert len(set(phrases)) == len(phrases)


def test_phrases_are_read_subject_by_subject(tmp_path: Path) -> None:
    file = tmp_path / "everyday.json"
    file.write_text(
        '{"late": {"en": ["late", "slow"], "es": ["tarde"]}, "price": {"en": ["how much"]}}', encoding="utf-8"
    )
    assert read_everyday(file) == (("late", "slow", "tarde"), ("how much",))


def test_a_text_is_about_the_subject_whose_phrases_it_is_near() -> None:
    vectors = np.eye(4, dtype=np.float32)
    subjects = Subjects(vectors, [3, 1])
    subjects.see(same)
    shares = subjects.shares(vectors[[0, 3]])
    assert len(subjects) == 2
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert shares[0, 0] > 0.9
    assert shares[1, 1] > 0.9


def test_what_is_about_the_same_has_more_in_common() -> None:
    profiles = np.array([[1.0, 0.0], [0.0, 1.0]])
    (common,) = in_common(np.array([[0.9, 0.1]]), profiles)
    assert 0.0 > common[0] > common[1]


def test_a_text_is_as_near_to_an_answer_as_to_the_phrases_of_its_subjects() -> None:
    subjects = Subjects(np.eye(6, dtype=np.float32), [3, 3])
    near = subjects.near(np.array([[0.0, 0.0, 0.0, 0.7, 0.6, 0.1]], dtype=np.float32))
    assert near[0, 1] > near[0, 0]
    (found,) = by_subject(near, np.array([[0.95, 0.05], [0.5, 0.5], [0.0, 0.0]], dtype=np.float32))
    assert found == pytest.approx([FAR, near[0, 1], FAR])
    assert by_subject(near, np.zeros((0, 2), dtype=np.float32)).shape == (1, 0)


def test_what_is_asked_every_day_of_an_answers_subject_speaks_for_it(encoder: Encoder) -> None:
    """Where its one example does not tell it from small talk."""
    texts = ["it was due last week and the postman still brought nothing", "I like the colour of your bag"]
    apart = []
    for everyday in ((), read_everyday(FILE)):
        meaning = Meaning(encoder, everyday)
        meaning.hold([Known("late", "¿Dónde está mi pedido?"), Known("repair", "¿Arreglan tocadiscos?")])
        asked, said = meaning.sense(texts)
        apart.append(asked.nearness["late"] - said.nearness["late"])
    assert apart[1] > apart[0] + 0.3


def test_an_answer_about_nothing_of_every_day_is_found_by_its_examples(encoder: Encoder) -> None:
    suggester = Suggester(SMALL_TALK, Meaning(encoder, read_everyday(FILE)))
    suggester.load([Known("lessons", "Do you give guitar lessons?"), Known("late", "Where is my order?")])
    assert suggester.suggest("Do you give piano lessons?")[0].answer == "lessons"


def test_an_answer_is_found_by_its_subject(encoder: Encoder) -> None:
    """One example an answer, in another language and other words."""
    known = (Known("late", "¿Dónde está mi pedido?"), Known("repair", "¿Arreglan tocadiscos?"))
    text = "the lady next door ordered after me and already got hers"
    apart = []
    for everyday in ((), read_everyday(FILE)):
        meaning = Meaning(encoder, everyday)
        meaning.hold(known)
        sensed = meaning.sense([text])[0]
        apart.append(sensed.answers["late"] - sensed.answers["repair"])
    assert apart[1] > apart[0] + 0.1
    again = meaning.emptied()
    again.hold(known)
    assert again.sense([text])[0].answers == pytest.approx(sensed.answers)


def test_what_is_learned_moves_what_an_answer_is_about(encoder: Encoder) -> None:
    meaning = Meaning(encoder, read_everyday(FILE))
    meaning.hold([Known("late", "¿Dónde está mi pedido?"), Known("other", "¿Arreglan tocadiscos?")])
    before = meaning.sense(["quels sont vos horaires ?"])[0]
    meaning.learn(Known("other", "when do you open"))
    meaning.learn(Known("new", "where is the store"))
    after = meaning.sense(["quels sont vos horaires ?"])[0]
    assert after.answers["other"] > before.answers["other"] + 0.3
    assert after.answers.keys() == {"late", "other", "new"}
