"""Why an answer is suggested."""

from __future__ import annotations

from app.models.suggestion import Suggestion
from app.runtime.words import message

FOUND = Suggestion("late", "Late", "On its way.", "en", "order", 1.0, ("where", "order"), 34)


def test_the_reason_names_the_customers_own_words() -> None:
    assert FOUND.reason == message("suggestion.reason", words="where, order", n=34)


def test_where_no_word_speaks_for_it_the_meaning_does() -> None:
    assert FOUND._replace(words=()).reason == message("suggestion.reason_meaning", n=34)
