"""Which rows begin a group ("Answer within the hour", "Later today", "Tomorrow"): the list is in order of time, so a group is one stretch.

Titles are no rows: the first row of a group is a little higher, and its strip carries the title.
"""

from __future__ import annotations

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
    starts: list[tuple[int, Group]] = []
    end: int | None = count
    for position in range(min(count, SCANNED)):
        row = row_at(position)
        if row is None:
            end = None
            break
        group = group_of(look, view, row, now)
        if group is None:
            return {}
        if not starts or starts[-1][1] is not group:
            starts.append((position, group))
    if count > SCANNED and end is not None:
        end = count if starts and starts[-1][1] in (Group.LATER, Group.BACK_LATER) else None
    if not starts:
        return {}
    ends: list[int | None] = [start for start, _ in starts[1:]]
    ends.append(end)
    return {
        start: Title(group, None if stop is None else stop - start)
        for (start, group), stop in zip(starts, ends, strict=True)
    }
