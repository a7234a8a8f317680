"""A campaign with its phases, a launch with its pattern of posts, and the rules of phases. Days are dates in the shop's zone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from app.models.calendar import CalendarPost
from app.models.post import PostFormat

DAY = timedelta(days=1)
FURTHEST_STEP = 60
"""Days before or after a launch."""
MINUTES_A_DAY = 24 * 60


class PhaseKind(StrEnum):
    """What a phase is for (product.md, P3)."""

    TEASER = "teaser"
    PROMO = "promo"
    WINNERS = "winners"
    STORY = "story"


class Announcement(StrEnum):
    """What a planned announcement tells."""

    TEASER = "teaser"
    ANNOUNCE = "announce"
    REMIND = "remind"
    LAST_DAY = "last_day"
    WINNERS = "winners"
    PRIZES = "prizes"
    STORY = "story"


class HasPhase(Protocol):
    """Anything that stands for a phase: a row of the calendar, or one that is being edited."""

    @property
    def kind(self) -> str: ...

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


P = TypeVar("P", bound=HasPhase)


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """What a phase asks of its posts."""

    forbids_selling: bool = False


_RULES = {PhaseKind.TEASER: PhaseRule(forbids_selling=True)}
_FREE = PhaseRule()


def rule_of(kind: str) -> PhaseRule:
    """A teaser sells nothing (product.md, P3); unknown kinds ask nothing."""
    return _RULES[PhaseKind.TEASER] if kind == PhaseKind.TEASER else _FREE


def breaks_rule(kind: str, of_post: PostFormat) -> bool:
    """Whether a post of this format may not stand in such a phase."""
    return rule_of(kind).forbids_selling and of_post is PostFormat.PROMO


def phase_at(phases: Iterable[P], day: date) -> P | None:
    """The phase a day belongs to: the one that begins last, where several hold it."""
    return max(
        (each for each in phases if each.starts_on <= day <= each.ends_on),
        key=lambda each: each.starts_on,
        default=None,
    )


def posts_within(phase: HasPhase, by_day: Mapping[date, Sized]) -> int:
    """How many posts stand on the days of a phase."""
    return sum(len(posts) for day, posts in by_day.items() if phase.starts_on <= day <= phase.ends_on)


def a_day(posts: int, phase: HasPhase) -> float:
    """On average, over the days of a phase."""
    return posts / ((phase.ends_on - phase.starts_on).days + 1)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a campaign is to reach; 0: not set."""

    words: str = ""
    clicks: int = 0
    followers: int = 0
    replies: int = 0
    orders: int = 0
    """Sales."""

    def to_text(self) -> str:
        """As tables keep it; empty for no goal."""
        said: dict[str, object] = {"words": self.words} if self.words else {}
        said |= {name: value for name in ("clicks", "followers", "replies", "orders") if (value := getattr(self, name))}
        return json.dumps(said, ensure_ascii=False) if said else ""

    @classmethod
    def from_text(cls, text: str) -> Goal:
        """Plain words are read as such."""
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            return cls(words=text)
        if not isinstance(found, dict):
            return cls(words=text)
        numbers = {name: found[name] for name in ("clicks", "followers", "replies", "orders") if isinstance(found.get(name), int)}
        return cls(words=str(found.get("words", "")), **numbers)


@dataclass(frozen=True, slots=True)
class CampaignPhase:
    """One phase: whole days, both included. `posts_a_day` 0: any number."""

    kind: PhaseKind
    starts_on: date
    ends_on: date
    title: str = ""
    posts_a_day: int = 0
    id: int | None = None

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def shifted(self, days: int) -> CampaignPhase:
        return replace(self, starts_on=self.starts_on + days * DAY, ends_on=self.ends_on + days * DAY)


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """A campaign as it is edited; phases in the order of their days."""

    name: str = ""
    goal: Goal = field(default_factory=Goal)
    hue: str = ""
    accounts: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    """Without "#"."""
    slug: str = ""
    """Its name in tracked links."""
    phases: tuple[CampaignPhase, ...] = ()
    id: int | None = None

    @property
    def starts_on(self) -> date | None:
        return min((each.starts_on for each in self.phases), default=None)

    @property
    def ends_on(self) -> date | None:
        return max((each.ends_on for each in self.phases), default=None)


def overlapping(phases: Iterable[CampaignPhase]) -> date | None:
    """The first day that belongs to two phases; None where there is none."""
    before: CampaignPhase | None = None
    for each in sorted(phases, key=lambda phase: (phase.starts_on, phase.ends_on)):
        if before is not None and each.starts_on <= before.ends_on:
            return each.starts_on
        before = each
    return None


def stretched(phases: tuple[CampaignPhase, ...], place: int, first: int, last: int) -> tuple[CampaignPhase, ...] | None:
    """The phases with one's first and last day moved by so many days; None where it would be empty or lie upon its neighbours."""
    phase = phases[place]
    moved = replace(phase, starts_on=phase.starts_on + first * DAY, ends_on=phase.ends_on + last * DAY)
    if moved.ends_on < moved.starts_on:
        return None
    found = (*phases[:place], moved, *phases[place + 1 :])
    return None if overlapping(found) is not None else found


# -- launches ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One post of a pattern: so many days from the launch (negative: before), at a minute of the day, with {product} and {link}."""

    days: int
    minute: int
    text: str
    format: PostFormat = PostFormat.INFORMS
    pillar: str = "releases"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A reusable pattern of posts around a launch. `id` None: the one that comes with the program, or a new one."""

    name: str = ""
    steps: tuple[Step, ...] = ()
    id: int | None = None


def steps_to_text(steps: Iterable[Step]) -> str:
    """As tables keep them."""
    return json.dumps(
        [
            {"days": each.days, "minute": each.minute, "format": each.format, "pillar": each.pillar, "text": each.text}
            for each in steps
        ],
        ensure_ascii=False,
    )


def steps_of(found: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """In the order of their days and times."""
    steps = [
        Step(int(each["days"]), int(each["minute"]), str(each["text"]), PostFormat(each["format"]), str(each["pillar"]))
        for each in found
    ]
    return tuple(sorted(steps, key=lambda step: (step.days, step.minute)))


def steps_from_text(text: str) -> tuple[Step, ...]:
    return steps_of(json.loads(text or "[]"))


def filled(text: str, product: str, link: str) -> str:
    """A step's text with its blanks filled; where there is no link yet, its blank stays to be seen."""
    text = text.replace("{product}", product)
    return text.replace("{link}", link) if link else text


@dataclass(frozen=True, slots=True)
class LaunchPlan:
    """A launch as it is edited: a product, its day, and the minute of that day (None: the whole day)."""

    title: str = ""
    on_day: date | None = None
    minute: int | None = None
    url: str = ""
    campaign_id: int | None = None
    pattern_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class LaunchRow:
    """A launch in a list, with how many posts belong to it and how many of them are out."""

    plan: LaunchPlan
    posts: int = 0
    out: int = 0
    campaign: str = ""


# -- what screens show ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """What a campaign did so far; None: not measured."""

    posts: int = 0
    informs: int = 0
    sells: int = 0
    out: int = 0
    clicks: int | None = None
    followers: int | None = None
    replies: int | None = None
    until: datetime | None = None
    """Up to when followers were counted (aware UTC)."""


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign in the list."""

    plan: CampaignPlan
    posts: int = 0
    out: int = 0
    clicks: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignPost:
    """A post of a campaign: which announcement it is, and with which launch it moves."""

    post: CalendarPost
    announcement: str = ""
    launch_id: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """All that the page of a campaign shows."""

    plan: CampaignPlan
    figures: CampaignFigures
    posts: tuple[CampaignPost, ...] = ()
    launches: tuple[LaunchRow, ...] = ()
