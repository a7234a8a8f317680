"""The starter playbook that ships: twelve answers that any shop can use as they stand, in five languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.language.filling import KNOWN, places, render, waits
from app.language.manners import Manners, style_complaints
from app.language.open_hours import hours_in_words
from app.models.conversation import Category
from app.models.playbook import Address, PlaybookAnswer, WordingRow
from app.runtime.errors import Damaged
from app.runtime.paths import resources
from app.runtime.settings import Answer
from app.services.playbook_files import read
from app.services.starter_playbook import STARTER, read_starter

LANGUAGES = ("es", "en", "fr", "ru", "zh")
ANSWERS = read_starter(resources() / STARTER)
TEXTS = [(answer, text) for answer in ANSWERS for text in answer.texts]
OTHER_FORM = {"es": Address.FORMAL, "fr": Address.INFORMAL, "ru": Address.INFORMAL, "zh": Address.INFORMAL}
"""The form of address that a language's usual wordings are not in."""
SHORTEST_POST = 280


def rendered(answer: PlaybookAnswer, text: WordingRow, **values: str) -> str:
    hours = hours_in_words(Answer().hours, text.language)
    found = render(text.text, text.language, {"hours": hours, "link": "tienda.example/ayuda", **values}, answer.blanks)
    assert found.may_be_sent, (answer.key, text)
    return found.text


def test_there_are_twelve_for_what_every_shop_is_asked() -> None:
    assert [answer.key for answer in ANSWERS] == [
        *("technical", "request", "complaint", "praise", "troll", "order_delay"),
        *("refund", "download", "payment", "contest", "opening_hours", "thanks"),
    ]
    for answer in ANSWERS:
        assert answer.category in Category
        assert set(answer.title) == set(answer.wordings) == set(LANGUAGES)
        assert answer.main_language == "es"


def test_nothing_of_the_file_is_left_out() -> None:
    book, wrong = read(resources() / STARTER)
    assert (len(book.drafts), wrong) == (12, [])


def test_wordings_take_turns_in_each_language_and_two_of_them_need_nothing_of_the_user() -> None:
    for answer in ANSWERS:
        for language in LANGUAGES:
            usual = [text for text in answer.texts if (text.language, text.address) == (language, Address.ANY)]
            assert len(usual) == 3, (answer.key, language)
            ready = [text for text in usual if not waits(text.text, language, answer.blanks)]
            assert len(ready) >= 2, (answer.key, language)
            other = OTHER_FORM.get(language)
            own = [text for text in answer.texts if text.language == language and text.address is other]
            assert own or other is None or answer.key == "contest"


def test_each_has_examples_in_each_language_and_none_twice() -> None:
    said = [text for answer in ANSWERS for texts in answer.examples.values() for text in texts]
    assert all(set(answer.examples) == set(LANGUAGES) for answer in ANSWERS)
    assert all(len(texts) >= 3 for answer in ANSWERS for texts in answer.examples.values())
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("answer", "text"), TEXTS, ids=lambda each: getattr(each, "key", getattr(each, "language", ""))
)
def test_a_text_reads_well_with_all_its_values_and_with_the_fewest(answer: PlaybookAnswer, text: WordingRow) -> None:
    described = {blank.name for blank in answer.blanks}
    assert {place.name for place in places(text.text)} <= described & set(KNOWN)
    assert "{name}" in text.text
    full = rendered(answer, text, name="Guadalupe", order="A-20418")
    assert len(full) <= (SHORTEST_POST / 2 if text.language == "zh" else SHORTEST_POST), full
    bare = rendered(answer, text)
    for shown in (full, bare):
        assert not re.search(r"[{}]|  | [,.;]|,[.!]|\(\)|^[\s,.!]", shown), shown
        assert shown[0] in "¡¿" or shown[0].isupper() or "\u4e00" <= shown[0] <= "\u9fff", shown
    assert "discos" not in full.casefold()


def test_the_form_of_address_is_kept() -> None:
    usual = {"es": "informal", "fr": "formal", "ru": "formal", "zh": "formal"}
    for answer, text in TEXTS:
        form = usual.get(text.language, "")
        form = {Address.FORMAL: "formal", Address.INFORMAL: "informal"}.get(text.address, form)
        assert style_complaints(text.text, Manners(form), text.language) == (), (answer.key, text)


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "starter.json"
    for content in (None, "{", json.dumps({"answers": [{"key": "a", "category": "blue", "texts": {"en": ["x"]}}]})):
        if content is not None:
            path.write_text(content, "utf-8")
        with pytest.raises(Damaged) as trouble:
            read_starter(path)
        assert trouble.value.message.values == {"file": "starter.json"}
