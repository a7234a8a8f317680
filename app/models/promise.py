"""Promises as plain data: something that was said to be done by a time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class PromiseRow(NamedTuple):
    """A promise that is neither kept nor let go. Times are aware UTC."""

    id: int
    conversation_id: int
    customer_id: int
    name: str
    """The customer's, or the handle where there is no name."""
    network: str
    text: str
    due_at: datetime
    made_at: datetime


class Promised(NamedTuple):
    """What a reply that is being written promises."""

    text: str
    """The sentence."""
    said: str
    """What of it is shown: the words that name the time, else the sentence."""
    due_at: datetime
    """Aware UTC; the usual time where none was named."""
    timed: bool = True
    """Whether it names a time."""


class Suggested(NamedTuple):
    """A promise that was found in what was written: its sentence, and when it is due where a time was named."""

    text: str
    due_at: datetime | None
    message_id: int | None = None
