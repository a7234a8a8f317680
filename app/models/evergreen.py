"""Posts that may go out again and again: what each of their wordings may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EvergreenPost:
    """One of them, with all that was made of it before. Times: aware UTC."""

    id: int
    title: str
    pillar: str
    networks: tuple[str, ...]
    last_at: datetime | None
    """When it, or what was made of it, last went out; None: never."""
    times: int
    """How often it was out."""
    planned_at: datetime | None = None
    """When it goes out next; None: it is not planned."""
    free_from: datetime | None = None
    """The same words are a duplicate until then; None: they may go at once."""


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of one that was to go again."""

    post_id: int
    at: datetime | None
    """When it leaves; None: it waits as a draft for other words, or for a time."""
