"""Tags on messages: what customers ask for, think and criticise, so that it can be counted."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

STANDARD = ("request", "opinion", "criticism")
"""Keys of the tags that every profile has; their words are `tag.<key>` until somebody gives them a name of their own."""

LONGEST_NAME = 40


class TagRow(NamedTuple):
    """One tag. Shown by its name, or where that is empty by the words of its key."""

    id: int
    key: str = ""
    name: str = ""
    retired: bool = False
    """Not offered any more; messages keep it."""


class TagCount(NamedTuple):
    """How many messages of a span bear a tag, and how many of the span before it, which is as long."""

    tag: TagRow
    many: int
    before: int | None = None
    """None where there is no span before."""


class TaggedMessage(NamedTuple):
    """One message with a tag, as lists and tables of feedback show it. Times are aware UTC."""

    id: int
    conversation_id: int
    at: datetime
    network: str
    account: str
    """Handle of the account it came to."""
    author: str
    handle: str
    kind: str
    category: str
    language: str
    text: str
    url: str
    tags: tuple[int, ...] = ()
