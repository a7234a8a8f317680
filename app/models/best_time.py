"""Own best times: which hours of which weekdays brought most, from what own posts got. Offered with how much is known, never imposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

WEEKS = 16
"""So far back posts count."""
THIN, OK = 2, 5
"""So many posts in an hour of a weekday are a hint, and so many are enough."""
OFFERED = 3
ENOUGH = 12
"""Posts of an account below which nothing of its own is told."""
APART = 45
"""Minutes from a slot that is there already."""

GENERAL = ((1, 11 * 60), (2, 13 * 60), (3, 11 * 60), (4, 10 * 60), (0, 19 * 60))
"""Weekday and minute: late mornings in the middle of the week, which studies of many shops agree on (Sprout Social, "Best times to post
on social media", 2024). Said to be general wherever it is shown.
"""


class Strength(StrEnum):
    """How much is known of a time."""

    NONE = "none"
    THIN = "thin"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Result:
    """What one post of an account got."""

    account_id: int
    at: datetime
    value: int
    """Clicks, reposts and replies together."""


@dataclass(frozen=True, slots=True)
class BestTime:
    """An hour of a weekday."""

    weekday: int
    minute: int
    samples: int
    """Own posts within it."""
    gain: float = 0.0
    """What a post there got, in relation to the average of the account: 0.4 is 40 % more."""
    general: bool = False
    """Not from own figures."""

    @property
    def strength(self) -> Strength:
        return strength(self.samples)


def strength(samples: int) -> Strength:
    if samples >= OK:
        return Strength.OK
    return Strength.THIN if samples >= THIN else Strength.NONE


def counts(results: Iterable[Result], zone: tzinfo) -> dict[tuple[int, int, int], int]:
    """Own posts by (account, weekday, hour)."""
    found: dict[tuple[int, int, int], int] = defaultdict(int)
    for each in results:
        local = each.at.astimezone(zone)
        found[each.account_id, local.weekday(), local.hour] += 1
    return dict(found)


def best_times(results: Sequence[Result], zone: tzinfo, there: Sequence[tuple[int, int]] = ()) -> list[BestTime]:
    """Up to three for the posts of one account, the best first; none that is `there` (weekday, minute) already. With too few posts, or
    where no hour stands out, the general ones.
    """
    if len(results) >= ENOUGH:
        found = [each for each in _own(results, zone) if not _is_near(each, there)][:OFFERED]
        if found:
            return found
    general = [BestTime(weekday, minute, 0, general=True) for weekday, minute in GENERAL]
    return [each for each in general if not _is_near(each, there)][:OFFERED]


def _own(results: Sequence[Result], zone: tzinfo) -> list[BestTime]:
    """Hours above the account's average. An hour with few posts is drawn towards the average: one lucky post is no habit."""
    average = sum(each.value for each in results) / len(results)
    if average <= 0:
        return []
    cells: dict[tuple[int, int], list[Result]] = defaultdict(list)
    for each in results:
        local = each.at.astimezone(zone)
        cells[local.weekday(), local.hour].append(each)
    found = []
    for (weekday, hour), there in cells.items():
        many = len(there)
        expected = (sum(each.value for each in there) + THIN * average) / (many + THIN)
        if many >= THIN and expected > average:
            found.append(BestTime(weekday, _usual_minute(there, hour, zone), many, expected / average - 1))
    return sorted(found, key=lambda each: (-each.gain, each.weekday, each.minute))


def _usual_minute(results: Sequence[Result], hour: int, zone: tzinfo) -> int:
    """When within the hour the posts were, to a quarter of an hour."""
    minutes = sorted(each.at.astimezone(zone).minute for each in results)
    return hour * 60 + min(45, minutes[len(minutes) // 2] // 15 * 15)


def _is_near(best: BestTime, there: Sequence[tuple[int, int]]) -> bool:
    return any(weekday == best.weekday and abs(minute - best.minute) < APART for weekday, minute in there)
