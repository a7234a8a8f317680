"""The plan as it leaves the program: posts with all that is to be read of them, phases and marks; and the words around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from app.models.calendar import CalendarPost, MarkRow, PhaseRow
from app.runtime.words import Message

Layout = Literal["month", "list"]
"""Of the printed plan."""


class Place(NamedTuple):
    """An account a post goes to; `text` where it has one of its own, `url` where the post is out."""

    network: str
    handle: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post of the calendar with its whole text."""

    row: CalendarPost
    text: str
    """Base text; the parts of a thread are a blank line apart."""
    places: tuple[Place, ...] = ()
    campaign: str = ""
    link: str = ""
    """Where it is out, else the first link of its text."""
    changed_at: datetime | None = None
    """When text, time or delivery last changed (aware UTC)."""

    @property
    def at(self) -> datetime:
        """When it is planned for; posts without a time are in no plan."""
        assert self.row.planned_at is not None
        return self.row.planned_at


@dataclass(frozen=True, slots=True)
class Plan:
    """Posts in time order; phases and marks of the days first to last."""

    first: date
    last: date
    posts: tuple[PlannedPost, ...] = ()
    phases: tuple[PhaseRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWords:
    """All words that stand around the texts, in one language, so that files are made without asking for them on another thread."""

    title: str
    """Of the calendar as a whole."""
    states: Mapping[str, str]
    """By stance."""
    pillars: Mapping[str, str]
    formats: Mapping[str, str]
    phases: Mapping[str, str]
    networks: Mapping[str, str]
    labels: Mapping[str, str]
    """state, goes_to, campaign, own_text, out_at, untitled, and the heads of the table's columns."""

    def network(self, network: str) -> str:
        return self.networks.get(network, network)


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What the printed plan shows."""

    plan: Plan
    shop: str
    layout: Layout
    holidays: Mapping[date, str]
    made_at: datetime
    country: str
    """Which tells the size of the paper."""
    first_weekday: int
    """1 is Monday."""
    filtered: str = ""
    """What the plan was narrowed to, in words; empty: nothing."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Which part of the plan is wanted."""

    first: date
    last: date
    lets: Callable[[CalendarPost], bool] | None = None
    """What the filters let through; asked on any thread. None: everything."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """How the calendar folder stands."""

    folder: str = ""
    """Empty: there is none."""
    written_at: datetime | None = None
    posts: int = 0
    trouble: Message | None = None
    """Why it could not be written; said anew only when it is another one."""
