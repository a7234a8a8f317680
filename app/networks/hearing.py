"""What a network may offer beside plain reading: the past, newest first; news as they come; and how much its server still takes of us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from app.networks.network import Page


@runtime_checkable
class FillsIn(Protocol):
    """Can read what was said before we came, newest first."""

    def earlier(self, mark: str) -> AsyncIterator[Page]:
        """The first reading: the last 28 days, at most 400 messages, newest page first. `Page.cursor` is the mark below which the next
        page lies; empty `mark`: from the newest on, and then the first page has a `head`. There is always a first page.

        Replies of ours come with the page that holds what they answer, perhaps more than once. It is over when nothing more is handed out.
        """


class Sign(StrEnum):
    """What a live connection tells."""

    CONNECTED = "connected"
    NEWS = "news"


@runtime_checkable
class Streams(Protocol):
    """Its server can tell when something has come. What has come is read from the cursor as ever: nothing a stream says is stored."""

    def live(self) -> AsyncIterator[Sign]:
        """`CONNECTED`, then `NEWS` whenever something may have come, until the server or the line ends it.

        Raises `Refused` where the server offers no stream (or not to this account), else as any read.
        """


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a server still takes of us, by the headers of its last answers."""

    asked: int
    """Requests made since the connection was opened."""
    left: int | None = None
    until: datetime | None = None
    """When the allowance is whole again; `left` and `until` are None where the server does not tell."""


@runtime_checkable
class TellsAllowance(Protocol):
    """Knows how many requests its server still takes."""

    def allowance(self) -> Allowance:
        """By the last answers; nothing is asked."""
