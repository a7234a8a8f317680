"""Of what sorts the deliveries of a trial are, and how often each is owed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Sort(StrEnum):
    """What is owed, or what becomes of it."""

    POST = "post"
    THREAD = "thread"
    REPLY = "reply"
    PICTURE = "picture"
    SAID_BEFORE = "the same words again"
    POLL = "poll"
    QUOTE = "quote"
    PRIVATE = "private message"
    LIKE = "like"
    BOOST = "boost"
    DELETED = "deleted afterwards"
    PLANNED = "planned ahead"
    """So far that a server may keep it."""
    MOVED = "moved to another time"
    CANCELLED = "taken back by the user"


SPOKEN: Mapping[Sort, float] = {Sort.POST: 54, Sort.THREAD: 15, Sort.REPLY: 20, Sort.PICTURE: 8, Sort.SAID_BEFORE: 3}
EVERYTHING: Mapping[Sort, float] = {
    Sort.POST: 20,
    Sort.THREAD: 12,
    Sort.REPLY: 16,
    Sort.PICTURE: 9,
    Sort.SAID_BEFORE: 3,
    Sort.POLL: 5,
    Sort.QUOTE: 5,
    Sort.PRIVATE: 8,
    Sort.LIKE: 5,
    Sort.BOOST: 5,
    Sort.DELETED: 5,
    Sort.PLANNED: 16,
    Sort.MOVED: 4,
    Sort.CANCELLED: 4,
}
"""Those that a server does not offer are left out, and the others owed more often."""
