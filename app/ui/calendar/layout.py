"""Where chips and bands stand: posts of a day side by side where they overlap, phases in lanes. Plain figures, no painting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from app.models.calendar import CalendarPost, PhaseRow

HOUR = 60


class Slot(NamedTuple):
    """A post of a day: where it begins (minutes), and which of so many lanes it has."""

    post: CalendarPost
    minute: int
    lane: int
    lanes: int


class More(NamedTuple):
    """Posts of a stretch of a day that found no room."""

    minute: int
    posts: tuple[CalendarPost, ...]


class Band(NamedTuple):
    """A phase within a row of days: first and last column, its lane, and whether it goes on beyond."""

    phase: PhaseRow
    first: int
    last: int
    lane: int
    goes_on_left: bool
    goes_on_right: bool


def side_by_side(
    posts: Sequence[tuple[CalendarPost, int]], most: int, urgent: Callable[[CalendarPost], bool], length: int = HOUR
) -> tuple[list[Slot], list[More]]:
    """Posts with their minutes, in time order, for a column with room for `most` beside each other. Those that are `urgent` have the
    first choice of room; what finds none is gathered.
    """
    slots: list[Slot] = []
    more: list[More] = []
    for cluster in _clusters(posts, length):
        by_rank = sorted(range(len(cluster)), key=lambda place: (not urgent(cluster[place][0]), place))
        taken: list[list[int]] = [[] for _ in range(most)]
        lanes: dict[int, int] = {}
        for place in by_rank:
            minute = cluster[place][1]
            lane = next(
                (lane for lane in range(most) if all(abs(minute - other) >= length for other in taken[lane])), None
            )
            if lane is not None:
                taken[lane].append(minute)
                lanes[place] = lane
        used = max(lanes.values(), default=0) + 1
        slots += [Slot(cluster[place][0], cluster[place][1], lane, used) for place, lane in sorted(lanes.items())]
        left = tuple(cluster[place][0] for place in range(len(cluster)) if place not in lanes)
        if left:
            more.append(More(max(minute for _, minute in cluster) + length, left))
    return slots, more


def _clusters(posts: Sequence[tuple[CalendarPost, int]], length: int) -> list[list[tuple[CalendarPost, int]]]:
    """Groups of posts that touch each other."""
    groups: list[list[tuple[CalendarPost, int]]] = []
    for post, minute in posts:
        if groups and minute < groups[-1][-1][1] + length:
            groups[-1].append((post, minute))
        else:
            groups.append([(post, minute)])
    return groups


def chosen(
    posts: Sequence[CalendarPost], room: int, urgent: Callable[[CalendarPost], bool]
) -> tuple[list[CalendarPost], int]:
    """The posts of a cell that are shown, in time order, and how many are not; the last line then says so."""
    if len(posts) <= room:
        return list(posts), 0
    room = max(0, room - 1)
    first = [place for place, post in enumerate(posts) if urgent(post)][:room]
    for place in range(len(posts)):
        if len(first) == room:
            break
        if place not in first:
            first.append(place)
    return [posts[place] for place in sorted(first)], len(posts) - room


def bands(phases: Sequence[PhaseRow], days: Sequence[date]) -> list[Band]:
    """The phases that touch these days, each in the first lane that is free."""
    ends: list[date] = []
    found: list[Band] = []
    for phase in phases:
        if phase.ends_on < days[0] or phase.starts_on > days[-1]:
            continue
        first, last = max(phase.starts_on, days[0]), min(phase.ends_on, days[-1])
        lane = next((number for number, end in enumerate(ends) if end < first), len(ends))
        if lane == len(ends):
            ends.append(last)
        ends[lane] = last
        found.append(
            Band(
                phase,
                (first - days[0]).days,
                (last - days[0]).days,
                lane,
                phase.starts_on < days[0],
                phase.ends_on > days[-1],
            )
        )
    return found
