"""A recurring post: on which days it comes again, and what it says. Rules are kept as RFC 5545 texts of the few kinds offered here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.models.post import PostDraft, PostState

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
"""The last such weekday of a month."""
MOST_WEEKS = 26


class Every(StrEnum):
    """What a rule counts."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Rule:
    """Every week, or every few weeks, on some weekdays (0 is Monday); or every month on its first ... fourth or last such weekday."""

    every: Every = Every.WEEK
    weeks: int = 1
    weekdays: tuple[int, ...] = (0,)
    nth: int = 1
    """For months: 1 to 4, or `LAST`."""

    def to_text(self) -> str:
        """RFC 5545, as the table keeps it."""
        if self.every is Every.MONTH:
            return f"FREQ=MONTHLY;BYDAY={self.nth:+d}{DAYS[self.weekdays[0]]}"
        days = ",".join(DAYS[day] for day in sorted(set(self.weekdays)))
        return f"FREQ=WEEKLY;INTERVAL={self.weeks};WKST=MO;BYDAY={days}"

    @classmethod
    def from_text(cls, text: str) -> Rule:
        """Raises ValueError for a rule of another kind."""
        if found := _MONTHLY.fullmatch(text):
            return cls(Every.MONTH, 1, (DAYS.index(found[2]),), int(found[1]))
        if found := _WEEKLY.fullmatch(text):
            return cls(Every.WEEK, int(found[1]), tuple(DAYS.index(day) for day in found[2].split(",")))
        raise ValueError(f"not a rule of ours: {text}")


_DAY = "(?:" + "|".join(DAYS) + ")"
_MONTHLY = re.compile(rf"FREQ=MONTHLY;BYDAY=([+-]\d)({_DAY})")
_WEEKLY = re.compile(rf"FREQ=WEEKLY;INTERVAL=(\d{{1,2}});WKST=MO;BYDAY=({_DAY}(?:,{_DAY})*)")


def usual_rule(day: date) -> Rule:
    """What is proposed for a post on a day: every week on that weekday."""
    return Rule(weekdays=(day.weekday(),))


@dataclass(frozen=True, slots=True)
class Series:
    """What is to come again, at a wall-clock minute of its zone."""

    name: str
    draft: PostDraft
    """What each occurrence begins as; its id, time and series are nothing."""
    rule: Rule
    minute: int
    zone: str
    starts_on: date
    ends_on: date | None = None
    state: PostState = PostState.SCHEDULED
    """What occurrences are made as: planned, or drafts with a time."""
    skipped: frozenset[date] = field(default_factory=frozenset)
    paused: bool = False
    id: int | None = None


class Occurrence(NamedTuple):
    """A day of a series, and the post that stands there; None where none was made yet, or it was taken away."""

    day: date
    post_id: int | None
    skipped: bool = False
