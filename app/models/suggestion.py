"""A suggestion: an answer of the playbook that fits a message, and why."""

from __future__ import annotations

from typing import NamedTuple

from app.runtime.words import Message, message


class Suggestion(NamedTuple):
    """`text` is the wording as it stands in the playbook, with its placeholders."""

    answer: str
    """The answer's key."""
    title: str
    text: str
    language: str
    """Of the wording: the customer's where the answer has one in it."""
    category: str
    score: float
    words: tuple[str, ...]
    """The message's own words that speak for it."""
    uses: int

    @property
    def reason(self) -> Message:
        """Why it is suggested."""
        if self.words:
            return message("suggestion.reason", words=", ".join(self.words), n=self.uses)
        return message("suggestion.reason_meaning", n=self.uses)
