"""What screens may ask about answers that fit a message, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.models.suggestion import Suggestion
from app.runtime.signals import Signal


class SuggestingService(Protocol):
    """Suggests answers of the playbook, with the reason; learns from what is sent and from what is refused."""

    sharper: Signal[[]]
    """Messages are compared by meaning from now on: what was suggested before may be suggested better."""

    async def suggest(self, text: str, language: str = "", limit: int = 3) -> Sequence[Suggestion]:
        """Up to `limit` answers that fit, the best first; none where none does. In `language` where an answer has a wording in it
        (empty: in the message's own).
        """

    async def suggest_mood(self, text: str, language: str = "") -> int:
        """1 happy, -1 unhappy, 0 neither."""

    async def suggest_category(self, text: str) -> str:
        """What a message is probably about; empty where no answer fits."""

    async def chosen(self, answer: str, message_id: int) -> None:
        """This answer was sent for this message."""

    async def not_this(self, answer: str, message_id: int) -> None:
        """It does not fit this message: nor, from now on, such as are like it."""

    async def take_back(self, answer: str, message_id: int) -> None:
        """Nothing was said about this answer for this message."""
