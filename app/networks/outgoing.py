"""What goes out to a network and what comes back of it: plain frozen data. All times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.models.letter import Mail
from app.models.message import Visibility
from app.models.post import Poll


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture or a video to send along, already fit for the network's limits."""

    data: bytes
    """All of a picture; empty for a video, which is read from `file`."""
    content_type: str
    name: str
    alt: str = ""
    width: int = 0
    """Pixels, as shown; 0 where unknown."""
    height: int = 0
    file: Path | None = None
    """Where a video lies: too large to be held in memory."""
    private: bool = False
    """For a private message: some networks keep those apart."""


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The card of a link, as the composer's preview showed it."""

    url: str
    title: str
    description: str = ""
    thumb: str = ""
    """What `upload` answered for its picture; empty without one."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One part of a post or reply, frozen. `key` is stable over all attempts and unique to this content."""

    key: str
    text: str
    media_ids: tuple[str, ...] = ()
    poll: Poll | None = None
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    reply_to: str = ""
    """Remote id of the message or part this one follows; empty for a new post."""
    quote: str = ""
    """Remote id of the post this one quotes."""
    root: str = ""
    """Remote id of the first post of the thread that `reply_to` belongs to, as far as we know it; empty for a new post."""
    link_card: LinkCard | None = None
    begun: datetime | None = None
    """When the first attempt on this item ever began (the same for all its parts and attempts); None while only looking ahead.
    Networks that let us choose a post's key and date make both from it, so that every attempt sends the identical record."""
    number: int = 0
    """Which part of a thread this is, from 0."""
    others: tuple[str, ...] = ()
    """Remote ids known to belong to other items of ours: `find_mine` never takes one of them for this part."""
    mail: Mail | None = None
    """What an e-mail has besides its text; None for everything else."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the network made of an outgoing part."""

    remote_id: str
    url: str
    at: datetime


class Found(StrEnum):
    """What `find_mine` can say besides naming the post."""

    NOT_THERE = "not_there"
    """The evidence is complete: it was not stored."""
    CANNOT_TELL = "cannot_tell"
    """No safe way to know: the user must be asked."""
    REPEATABLE = "repeatable"
    """Not seen, and sending the identical part again cannot make a second one: no need to look twice."""


@dataclass(frozen=True, slots=True)
class Held:
    """A post that the server keeps until its time. Its id is not the post's."""

    held_id: str
    at: datetime
    text: str = ""
    """What it says, as it was handed over; empty where the server does not tell."""
