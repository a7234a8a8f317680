"""Where the idea of a post came from: a message, praise, a question that is asked often, a product, an older post."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class OriginKind(StrEnum):
    """What an idea was made of."""

    OWN = "own"
    MESSAGE = "message"
    PRAISE = "praise"
    FAQ = "faq"
    PRODUCT = "product"
    REPEAT = "repeat"
    SERIES = "series"
    EVERGREEN = "evergreen"
    LAUNCH = "launch"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Origin:
    """`number` is the id of what it was made of, `count` a figure about it, `note` a name or the ISO day of an older post."""

    kind: OriginKind = OriginKind.OWN
    number: int = 0
    count: int = 0
    note: str = ""

    def to_text(self) -> str:
        """As tables keep it; empty for the user's own."""
        if self == OWN:
            return ""
        values: dict[str, object] = {"kind": str(self.kind)}
        values.update(
            {
                name: value
                for name, value in (("number", self.number), ("count", self.count), ("note", self.note))
                if value
            }
        )
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Origin:
        """From what a table keeps; what nobody can read is the user's own."""
        try:
            values = json.loads(text) if text else {}
            return cls(
                OriginKind(values.get("kind", "own")),
                int(values.get("number", 0)),
                int(values.get("count", 0)),
                str(values.get("note", "")),
            )
        except (ValueError, TypeError, AttributeError):
            return OWN


OWN = Origin()


class Seed(NamedTuple):
    """A message that an idea may be made of. `at`: aware UTC."""

    message_id: int
    conversation_id: int
    author: str
    network: str
    text: str
    category: str
    language: str
    at: datetime


class OlderPost(NamedTuple):
    """A post that is out, with what it brought over all its accounts. `out_at`: aware UTC."""

    post_id: int
    title: str
    text: str
    pillar: str
    networks: tuple[str, ...]
    out_at: datetime
    likes: int = 0
    reposts: int = 0
    replies: int = 0
    clicks: int = 0
    same_season: bool = False
    """Whether it went out at this time of another year."""
    repeated_at: datetime | None = None
    """When an idea was made of it last."""

    @property
    def weight(self) -> int:
        """What it brought, as one figure to sort by: who answers or passes on did more than who likes."""
        return 3 * self.replies + 3 * self.reposts + 2 * self.clicks + self.likes


WITHIN_SEASON = 30
"""Days before or after today's day of the year."""


def is_same_season(then: datetime, now: datetime) -> bool:
    """Whether a moment lies about the same day of an earlier year."""
    days = (now - then).days
    if days < 365 - WITHIN_SEASON:
        return False
    off = days % 365.25
    return min(off, 365.25 - off) <= WITHIN_SEASON
