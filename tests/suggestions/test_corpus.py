"""The messages are as many as they should be, and no example is a message that is asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from app.language.everyday import read_everyday
from app.language.suggestion import read_chatter
from app.runtime.paths import resources
from tests.suggestions.corpus import (
    A_LANGUAGE,
    LANGUAGES,
    SECOND,
    Said,
    examples,
    fits_none,
    fresh,
    fresh_fits_none,
    hard_fits_none,
    held_out,
    playbook,
    silence_tuned_on,
    silence_tuned_on_fits_none,
    tuned_on,
    tuned_on_fits_none,
    wild_fits_none,
    wild_held_out,
    wild_playbook,
)


def bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@pytest.mark.parametrize("language", LANGUAGES)
def test_twenty_intents_of_twenty_messages_and_twenty_examples(language: str) -> None:
    for said in (held_out(language), examples(language)):
        counts = Counter(each.intent for each in said)
        assert (len(counts), set(counts.values())) == (20, {A_LANGUAGE})
    assert len(fits_none(language)) == 40
    assert len(playbook((language,), 1)) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_asked_was_learned(language: str) -> None:
    asked = {bare(said.text) for said in held_out(language)}
    assert not [said.text for said in examples(language) if bare(said.text) in asked]
    talk = {bare(line.text) for line in read_chatter(resources() / "language" / "chatter.json")}
    assert not [text for text in fits_none(language) if bare(text) and bare(text) in talk]


@pytest.mark.parametrize("language", LANGUAGES)
def test_forty_intents_of_twenty_messages_over_five_languages(language: str) -> None:
    counts = Counter(each.intent for each in wild_held_out(language))
    assert (len(counts), set(counts.values())) == (40, {A_LANGUAGE // len(LANGUAGES)})
    assert counts.keys() == {each.answer for each in wild_playbook((language,), 1)}
    assert len(examples(language, data=SECOND)) == 20 * A_LANGUAGE
    assert len(wild_fits_none(language)) == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_forty_that_is_asked_was_learned(language: str) -> None:
    asked = {bare(said.text) for said in wild_held_out(language)}
    known = wild_playbook((language,), A_LANGUAGE)
    assert not [each.text for each in known if bare(each.text) in asked]
    talk = {bare(line.text) for line in read_chatter(resources() / "language" / "chatter.json")}
    assert not [text for text in wild_fits_none(language) if bare(text) and bare(text) in talk]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_tuned_on_is_neither_learned_nor_asked_elsewhere(language: str) -> None:
    counts = Counter(each.intent for each in tuned_on(language))
    assert counts.keys() == {each.intent for each in wild_held_out(language)}
    assert (set(counts.values()), len(tuned_on_fits_none(language))) == ({5}, 50)
    tuned = {bare(each.text) for each in tuned_on(language)}
    assert tuned.isdisjoint(bare(each.text) for each in wild_playbook((language,), A_LANGUAGE))
    assert tuned.isdisjoint(bare(each.text) for each in [*held_out(language), *wild_held_out(language)])
    silent = {bare(text) for text in tuned_on_fits_none(language)} - {""}
    assert silent.isdisjoint(bare(text) for text in [*fits_none(language), *wild_fits_none(language)])
    talk = {bare(line.text) for line in read_chatter(resources() / "language" / "chatter.json")}
    assert silent.isdisjoint(talk)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("messages", "silent", "least"),
    [(silence_tuned_on, silence_tuned_on_fits_none, 28), (fresh, fresh_fits_none, 60)],
    ids=["fourth", "fifth"],
)
def test_it_asks_for_each_of_the_forty_and_nothing_of_it_was_learned(
    messages: Callable[[str], list[Said]], silent: Callable[[str], list[str]], least: int, language: str
) -> None:
    counts = Counter(each.intent for each in messages(language))
    assert counts.keys() == {each.intent for each in wild_held_out(language)}
    assert min(counts.values()) >= 1
    assert max(counts.values()) == 4
    asked = {bare(said.text) for said in messages(language)}
    assert asked.isdisjoint(bare(each.text) for each in wild_playbook((language,), A_LANGUAGE))
    talk = {bare(line.text) for line in read_chatter(resources() / "language" / "chatter.json")}
    assert len(silent(language)) >= least
    assert not [text for text in silent(language) if bare(text) and bare(text) in talk]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_silence_was_chosen_by_is_no_small_talk_that_ships(language: str) -> None:
    hard = [bare(text) for text in hard_fits_none(language)]
    assert len(set(hard)) == len(hard) >= 60
    talk = {bare(line.text) for line in read_chatter(resources() / "language" / "chatter.json")}
    assert talk.isdisjoint(hard)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_asked_ships_with_the_program(language: str) -> None:
    shipped = {bare(text) for phrases in read_everyday(resources() / "language" / "everyday.json") for text in phrases}
    asked = [
        said.text
        for messages in (held_out, wild_held_out, tuned_on, silence_tuned_on, fresh)
        for said in messages(language)
    ]
    silent = [
        text
        for messages in (
            fits_none,
            wild_fits_none,
            tuned_on_fits_none,
            silence_tuned_on_fits_none,
            fresh_fits_none,
        )
        for text in messages(language)
    ]
    assert shipped.isdisjoint({bare(text) for text in [*asked, *silent]} - {""})
