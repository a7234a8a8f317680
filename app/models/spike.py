"""A spike: many people at once about the same thing, as plain data."""

from __future__ import annotations

from typing import NamedTuple


class Spike(NamedTuple):
    """What repeats or spreads now, more than it usually does."""

    topic: str
    """The word or the two words that come back, as people write them."""
    conversations: tuple[int, ...]
    """Newest first."""
    hours: int
    """Within how many hours."""
    usual: int
    """How many there are in such a time on other days, rounded."""
    unanswered: int
    """Of the conversations, those that wait for us."""
    reach: int
    """Followers of those who wrote, together."""

    @property
    def many(self) -> int:
        return len(self.conversations)
