"""What the shop's analytics server says of its visitors, as far as links of posts brought them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.runtime.words import Message


class VisitCount(NamedTuple):
    """Of one day of the site. Words are folded; empty where the visit had none. `goal` empty: visits, else how often it was reached."""

    day: date
    campaign: str
    content: str
    goal: str
    times: int


class SiteTrial(NamedTuple):
    """What the server answered when it was tried. `trouble` is None where it works."""

    trouble: Message | None
    visits: int = 0
    """Of the last 28 days."""
    tagged: int = 0
    """How many of them came with a campaign or a post in their link."""
    goals: tuple[str, ...] = ()
    """Names of what was reached in these days."""
