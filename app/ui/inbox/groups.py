"""Which rows begin a group ("Answer within the hour", "Later today", "Tomorrow"): the list is in order of time, so a group is one stretch.

Titles are no rows: the first row of a group is a little higher, and its strip carries the title.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.models.conversation import ConversationRow, View
from app.ui.inbox.times import same_day
from app.ui.look import Look

SCANNED = 512
"""Rows from the top that are looked through for groups; further down, groups have no title."""


class Group(StrEnum):
    """Stretches of a list by when something is due."""

    WITHIN_THE_HOUR = "within_the_hour"
    LATER_TODAY = "later_today"
    TOMORROW = "tomorrow"
    LATER = "later"
    BACK_TODAY = "back_today"
    BACK_TOMORROW = "back_tomorrow"
    BACK_LATER = "back_later"


_GROUPS = tuple(Group)
_RANKS = {group: rank for rank, group in enumerate(_GROUPS)}
BEYOND = len(_GROUPS)


class Title(NamedTuple):
    """The strip above a row. `many` is None while the end of the group is not known."""

    group: Group
    many: int | None


def group_of(look: Look, view: View, row: ConversationRow, now: datetime) -> Group | None:
    """Where a row belongs; None in views that have no groups."""
    if view in (View.NEEDS_ANSWER, View.DUE_SOON):
        if row.answer_by is None:
            return Group.LATER
        if row.answer_by <= now + timedelta(hours=1):
            return Group.WITHIN_THE_HOUR
        groups = (Group.LATER_TODAY, Group.TOMORROW, Group.LATER)
        return groups[_days_ahead(look, row.answer_by, now)]
    if view is View.SNOOZED and row.snoozed_until is not None:
        groups = (Group.BACK_TODAY, Group.BACK_TOMORROW, Group.BACK_LATER)
        return groups[0 if row.snoozed_until <= now else _days_ahead(look, row.snoozed_until, now)]
    return None


def _days_ahead(look: Look, moment: datetime, now: datetime) -> int:
    """0 today, 1 tomorrow, 2 later."""
    return 0 if same_day(look, moment, now) else 1 if same_day(look, moment, now + timedelta(days=1)) else 2


def titles(
    look: Look, view: View, count: int, row_at: Callable[[int], ConversationRow | None], now: datetime
) -> dict[int, Title]:
    """The rows that begin a group. `row_at` may answer None for a row that is not here: nothing is said beyond it."""
    seen = min(count, SCANNED)
    first = row_at(0) if seen else None
    if first is None or group_of(look, view, first, now) is None:
        return {}

    def rank(position: int) -> int:
        """Ascending along the list; `BEYOND` where the row is not here."""
        row = row_at(position)
        group = None if row is None else group_of(look, view, row, now)
        return BEYOND if group is None else _RANKS[group]

    starts: list[tuple[int, Group]] = []
    position = 0
    while position < seen and (here := rank(position)) != BEYOND:
        starts.append((position, _GROUPS[here]))
        position = bisect_right(range(seen), here, lo=position, key=rank)
    last = starts[-1][1]
    known = position >= seen and (count <= SCANNED or last in (Group.LATER, Group.BACK_LATER))
    ends: list[int | None] = [*(start for start, _ in starts[1:]), count if known else None]
    return {
        start: Title(group, None if stop is None else stop - start)
        for (start, group), stop in zip(starts, ends, strict=True)
    }
