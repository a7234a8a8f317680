"""A playbook as JSON: what is wrong is named by the answer's number."""

from __future__ import annotations

import json

import pytest

from app.runtime.errors import UserMistake
from app.services.playbook_document import document, read_document
from tests.services.whole_playbook import ANSWERS, FACTS


def test_answers_that_are_none_are_named_by_number() -> None:
    written = {"answers": [{"key": "a", "texts": {"en": ["x"]}}, 4, {"key": "b", "texts": {"en": "x"}}, {"key": "c"}]}
    book, wrong = read_document(json.dumps(written), "p.json")
    assert list(book.drafts) == ["a"]
    assert [row.line for row in wrong] == [2, 3, 4]


def test_an_answer_of_an_unknown_category_is_left_out_whole() -> None:
    written = {"answers": [{"key": "a", "category": "blue", "title": {"en": "A"}, "texts": {"en": ["x", "y"]}}]}
    book, wrong = read_document(json.dumps(written), "p.json")
    assert (book.drafts, [row.reason.id for row in wrong]) == ({}, ["playbook_file.unknown_category"])


def test_facts_that_are_none_are_named() -> None:
    _book, wrong = read_document(json.dumps({"answers": [], "facts": [{"title": "x"}]}), "p.json")
    assert [row.reason.id for row in wrong] == ["playbook_file.not_a_fact"]


@pytest.mark.parametrize(("text", "reason"), [("{", "no_json"), ('{"answers": 4}', "no_answers"), ("4", "no_answers")])
def test_a_file_that_is_none_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UserMistake) as refused:
        read_document(text, "p.json")
    assert refused.value.message.id == f"playbook_file.{reason}"


def test_what_is_usual_is_not_written() -> None:
    thanks = json.loads(document(ANSWERS, FACTS))["answers"][1]
    assert thanks == {
        "key": "thanks",
        "category": "other",
        "main_language": "en",
        "tags": [],
        "title": {"en": "Thanks"},
        "texts": {"en": ["You are welcome"]},
        "after": {"done": True, "escalate": True},
        "examples": {},
    }
