"""What a calendar shows of a span of days: posts with where they stand, phases of campaigns, and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.post import PostRow


def week_start(day: date, first_weekday: int) -> date:
    """The first day of its week; `first_weekday` 1 is Monday, 7 Sunday."""
    return day - timedelta(days=(day.isoweekday() - first_weekday) % 7)


@dataclass(frozen=True, slots=True)
class CalendarPost(PostRow):
    """A post as the calendar shows it: the row of lists, where it goes to, and whether one of those accounts is signed out."""

    accounts: tuple[int, ...] = ()
    campaign_id: int | None = None
    signed_out: bool = False
    origin: str = ""
    """Where its idea came from, as tables keep it (`models/idea.py`)."""
    series_id: int | None = None
    """The recurring post of which it is one occurrence."""
    series_day: str = ""
    question: bool = False


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase of a campaign: whole days in the shop's zone, both included."""

    id: int
    campaign_id: int
    campaign: str
    hue: str
    kind: str
    starts_on: date
    ends_on: date
    title: str = ""
    """What the user calls it; empty: by its kind."""
    posts_a_day: int = 0
    """As many as are asked for; 0: any number."""
    planned: int = 0
    """Posts of the campaign that stand within the phase; counted where a number is asked for."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A launch, holiday, deadline or day of a contest."""

    id: int
    kind: str
    title: str
    on_day: date
    minute: int | None = None
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """Posts in time order; phases by their first day; marks by day."""

    posts: tuple[CalendarPost, ...] = ()
    phases: tuple[PhaseRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A post and the moment (aware UTC) it is to be planned for."""

    post_id: int
    at: datetime


Campaigns = Mapping[int, str]
"""Names by id."""
