"""The playbook in its first form: finds a prepared answer by category and language and fills its placeholders in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def wording(answers: Sequence[PlaybookAnswer], category: Category, language: str, values: Mapping[str, str]) -> str | None:
    """The first wording for `category` in `language` whose placeholders all have a value; None where there is none.

    Never in another language: a customer is answered in their own, or by the user's own words.
    """
    for answer in answers:
        if answer.category is category:
            for text in answer.wordings.get(language, ()):
                filled = fill(text, values)
                if filled is not None:
                    return filled
    return None


def fill(text: str, values: Mapping[str, str]) -> str | None:
    """The text with its placeholders replaced; None while one has no value."""
    if any(not values.get(name) for name in PLACEHOLDER.findall(text)):
        return None
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)
