"""The mix of a plan (product.md, P4): how many posts inform and how many sell, against a goal; and what a teaser refuses. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models.calendar import CalendarPost, PhaseRow
from app.models.campaign import PhaseKind, breaks_rule
from app.models.post import PostFormat

EVEN = 50
"""Of a hundred posts in a promotion phase so many sell (product.md, P4)."""
FAR = 20
"""So many of a hundred off the goal is worth a word."""
FEWEST = 5
"""Posts below which their mix says nothing."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Posts that inform and posts that sell; `goal` is how many of a hundred are to sell."""

    informs: int = 0
    sells: int = 0
    goal: int = EVEN

    @property
    def posts(self) -> int:
        return self.informs + self.sells

    @property
    def selling(self) -> int:
        """How many of a hundred sell; the goal where there is no post."""
        return round(100 * self.sells / self.posts) if self.posts else self.goal

    @property
    def informing(self) -> int:
        return 100 - self.selling

    @property
    def is_off(self) -> bool:
        """Whether it is further from the goal than 20 of a hundred."""
        return self.posts >= FEWEST and abs(self.selling - self.goal) > FAR

    def with_one(self, kind: PostFormat, many: int = 1) -> Mix:
        """With a post more; -1: with one less."""
        if sells(kind):
            return replace(self, sells=max(0, self.sells + many))
        return replace(self, informs=max(0, self.informs + many))


def sells(kind: PostFormat) -> bool:
    """Of the five formats promotion alone sells."""
    return kind is PostFormat.PROMO


def mix_of(posts: Iterable[CalendarPost], goal: int = EVEN) -> Mix:
    """Of posts with a time, drafts included."""
    informing = selling = 0
    for post in posts:
        if post.format is PostFormat.PROMO:
            selling += 1
        else:
            informing += 1
    return Mix(informing, selling, goal)


def goal_of(phases: Iterable[PhaseRow], first: date, last: date, usual: int) -> int:
    """Half and half where a promotion runs on one of the days; else the usual goal of the shop."""
    running = any(each.kind == PhaseKind.PROMO and each.starts_on <= last and each.ends_on >= first for each in phases)
    return EVEN if running else usual


def teaser_against(phases: Sequence[PhaseRow], kind: PostFormat, campaign_id: int | None, day: date) -> PhaseRow | None:
    """The teaser of its own campaign that refuses a post on a day; None where it may stand there."""
    if campaign_id is None or not sells(kind):
        return None
    return next(
        (
            each
            for each in phases
            if each.campaign_id == campaign_id
            and each.starts_on <= day <= each.ends_on
            and breaks_rule(each.kind, kind)
        ),
        None,
    )
