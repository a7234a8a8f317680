"""Questions to the community (product.md, P10): the posts that ask, their replies across accounts, and the groups these come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class QuestionPost:
    """A post that asks something. Times: aware UTC."""

    id: int
    title: str
    networks: tuple[str, ...]
    asked_at: datetime | None
    """When it was first out; None while it is to come."""
    replies: int = 0
    people: int = 0
    kept: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class QuestionReply:
    """One reply. What people wrote came from a network: shown as plain text alone."""

    message_id: int
    conversation_id: int
    account_id: int
    network: str
    author: str
    handle: str
    customer_id: int
    text: str
    language: str
    url: str
    at: datetime
    liked: bool = False
    kept: bool = False
    topic: str = ""
    """The group the user put it into; empty: the one it was found to be in."""
    thanked_at: datetime | None = None


class ReplyGroup(NamedTuple):
    """Replies that say the same. `name` is the user's, or the words that hold it together; empty for what stands alone."""

    name: str
    replies: tuple[QuestionReply, ...]
    by_hand: bool = False

    @property
    def people(self) -> int:
        """How many said it, whatever often."""
        return len({reply.customer_id for reply in self.replies})


class Collected(NamedTuple):
    """All replies to a question."""

    groups: tuple[ReplyGroup, ...] = ()
    """The largest first; those who stand alone last, in a group without a name."""
    replies: int = 0
    people: int = 0
    thanked_today: int = 0


class Thanks(NamedTuple):
    """What became of thanking several: replies that are owed, those of whom more would look staged, and those that could not be."""

    owed: int
    left: int
    failed: int = 0
