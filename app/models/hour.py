"""The hour: what the user's minutes went into, and what is usual for them. Pure; it judges nothing.

Kept in the profile's INI file alone, on this computer; the newest weeks only.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

KEPT_DAYS = 28
KEPT_STAYS = 60
LEAST_DAYS = 4
"""Fewer days tell nothing that is usual."""
LEAST_STAYS = 6


class Activity(StrEnum):
    """What a stretch of active time goes into."""

    ANSWER = "answer"
    PLAN = "plan"
    LOOK = "look"


ACTIVITY_OF = {
    "inbox": Activity.ANSWER,
    "composer": Activity.PLAN,
    "calendar": Activity.PLAN,
    "campaigns": Activity.PLAN,
    "questions": Activity.PLAN,
    "insights": Activity.LOOK,
}
"""By the page in front; other pages are none."""


class HourLog:
    """Active seconds by day and activity, and how long each stay at planning took: one thing that was arranged."""

    def __init__(self, days: dict[str, dict[str, int]] | None = None, stays: list[int] | None = None) -> None:
        """`days` by their ISO dates."""
        self._days = days or {}
        self._stays = stays or []
        self._page = ""
        self._stay = 0

    def note(self, day: str, page: str, seconds: int) -> None:
        """So many active seconds passed with a page in front."""
        if page != self._page:
            self._end_stay()
            self._page = page
        activity = ACTIVITY_OF.get(page)
        if activity is None:
            return
        there = self._days.setdefault(day, {})
        there[activity] = there.get(activity, 0) + seconds
        if activity is Activity.PLAN:
            self._stay += seconds
        for old in sorted(self._days)[:-KEPT_DAYS]:
            del self._days[old]

    def _end_stay(self) -> None:
        if self._stay:
            self._stays = [*self._stays, self._stay][-KEPT_STAYS:]
        self._stay = 0

    def spent(self, day: str, activity: Activity) -> int:
        """Seconds of a day."""
        return self._days.get(day, {}).get(activity, 0)

    def usual_left(self, day: str, activity: Activity) -> int | None:
        """Seconds that are usually spent so on a day on which they are spent at all, less those of the day; None while there are too few
        days to tell.
        """
        known = [seconds for other, there in self._days.items() if other != day and (seconds := there.get(activity, 0))]
        return max(0, _median(known) - self.spent(day, activity)) if len(known) >= LEAST_DAYS else None

    @property
    def thing_seconds(self) -> int | None:
        """The median of a stay at planning; None while there are too few to tell."""
        return _median(self._stays) if len(self._stays) >= LEAST_STAYS else None

    def to_json(self) -> str:
        return json.dumps({"days": self._days, "stays": self._stays})

    @classmethod
    def from_json(cls, text: str) -> HourLog:
        """What cannot be read is begun anew."""
        try:
            read = json.loads(text) if text else {}
            days = {
                str(day): {str(name): int(seconds) for name, seconds in there.items()}
                for day, there in dict(read.get("days", {})).items()
            }
            return cls(days, [int(each) for each in read.get("stays", [])])
        except (ValueError, TypeError, AttributeError):
            return cls()


def _median(values: list[int]) -> int:
    """Of one value or more."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else round((ordered[half - 1] + ordered[half]) / 2)


class Estimates(NamedTuple):
    """Minutes that are still to come, from the user's own medians, rounded up; 0 where nothing is known or nothing is to do."""

    answer: int = 0
    decide: int = 0
    look: int = 0

    @property
    def whole(self) -> int:
        return sum(self)


def estimates(log: HourLog | None, day: str, waiting: int, pace_seconds: int | None, decisions: int) -> Estimates:
    """`pace_seconds` is the median of an answer; what is to be decided takes as long as a stay at planning."""
    thing = log.thing_seconds if log is not None else None
    look = log.usual_left(day, Activity.LOOK) if log is not None else None
    return Estimates(_minutes(waiting * (pace_seconds or 0)), _minutes(decisions * (thing or 0)), _minutes(look or 0))


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)
