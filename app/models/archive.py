"""A network's archive of what an account published, as it is read: posts that are out, with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.order import WrongRow


class ArchiveKind(StrEnum):
    """Whose archive it is."""

    X = "x"
    MASTODON = "mastodon"


class ArchivedMedia(NamedTuple):
    """A picture or video of a post: where in the archive it lies (the end of its name there), and its description."""

    name: str
    alt: str = ""


class ArchivedPost(NamedTuple):
    """One post as the archive tells it. `at`: aware UTC. `figures`: totals on the day of the archive."""

    remote_id: str
    text: str
    at: datetime
    url: str = ""
    parent: str = ""
    """The post of one's own that this one goes on from: a thread."""
    language: str = ""
    warning: str = ""
    visibility: str = "public"
    media: tuple[ArchivedMedia, ...] = ()
    figures: Mapping[str, int] = {}


class ArchivePreview(NamedTuple):
    """What would come in."""

    kind: ArchiveKind
    handle: str
    """Of the account that the archive is of, as it says itself; empty where it does not."""
    account_id: int | None
    """The account here that bears the handle."""
    posts: int
    known: int
    """Of those, the ones that are here already."""
    left_out: int
    """Answers to others, reposts and what was private: no posts of the shop."""
    wrong: tuple[WrongRow, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    media: int = 0
    sample: tuple[ArchivedPost, ...] = ()


class ArchiveResult(NamedTuple):
    """What an import did, so far or in the end."""

    posts: int = 0
    known: int = 0
    media: int = 0
    wrong_count: int = 0
    stopped: bool = False
