"""What a page of the calendar says of its plan: floods and silences, the mix, and the good times that are free. Made on a worker thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from app.models.account import POSTS_NOTHING, AccountRow, AccountState
from app.models.calendar import CalendarPost, CalendarSpan
from app.models.mix import Mix, goal_of, mix_of
from app.models.rhythm import NO_EDGES, Edges, Paces, Rhythm, RhythmWarning, look
from app.models.slot import GoodTime, SlotGrid, good_times
from app.ui.calendar.days import DAY, View, day_of

APART = timedelta(minutes=60)
"""A chip is so long: a good time is drawn where none stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is looked at with."""

    view: View
    anchor: date
    days: Sequence[date]
    paces: Paces
    selling: int
    """The goal outside of promotion phases, of a hundred."""
    zone: tzinfo
    now: datetime

    @property
    def counted(self) -> frozenset[date]:
        """The days whose posts the mix counts: of a month its own."""
        inside = (day for day in self.days if self.view != "month" or day.month == self.anchor.month)
        return frozenset(inside)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Of one page."""

    warnings: tuple[RhythmWarning, ...] = ()
    good: dict[date, tuple[GoodTime, ...]] = field(default_factory=dict)
    """Free good times to come, by day, in time order."""
    mix: Mix = field(default_factory=Mix)
    counted: frozenset[date] = frozenset()
    over: dict[date, tuple[int, int]] = field(default_factory=dict)
    """(posts, limit) of the account that is furthest beyond its limit, by day."""
    by_day: Mapping[date, Sequence[CalendarPost]] = field(default_factory=dict)
    """All posts of the span that have a time, as they were read."""

    def silent(self, day: date) -> RhythmWarning | None:
        """The silence a day lies in."""
        return next((each for each in self.warnings if not each.post_ids and each.covers(day)), None)

    def with_drag(self, post: CalendarPost, before: date | None, after: date | None, *, copies: bool) -> Mix:
        """The mix as it would be."""
        mix = self.mix
        if before in self.counted and not copies:
            mix = mix.with_one(post.format, -1)
        return mix.with_one(post.format) if after in self.counted else mix


def outlook(
    asked: Asked, span: CalendarSpan, grid: SlotGrid, accounts: Sequence[AccountRow], edges: Edges = NO_EDGES
) -> Outlook:
    """All of it, from what was read."""
    rhythm = Rhythm(span.posts, asked.zone)
    publishing = [
        each.id for each in accounts if each.network not in POSTS_NOTHING and each.state is not AccountState.PAUSED
    ]
    counted = asked.counted
    goal = goal_of(span.phases, min(counted), max(counted), asked.selling)
    there: Iterable[CalendarPost] = span.posts
    if len(counted) < len(asked.days):
        there = (
            post for post in span.posts if post.planned_at is not None and rhythm.day_of(post.planned_at) in counted
        )
    return Outlook(
        tuple(look(rhythm, asked.days, publishing, asked.paces, asked.now, edges)),
        _free(asked, span, grid, rhythm),
        mix_of(there, goal),
        counted,
        {day: found for day in asked.days if (found := rhythm.most(day, asked.paces))[0]},
        rhythm.there,
    )


def _free(asked: Asked, span: CalendarSpan, grid: SlotGrid, rhythm: Rhythm) -> dict[date, tuple[GoodTime, ...]]:
    """Where no chip stands, of accounts that may have one more that day; accounts that share a moment are one."""
    if not grid.slots:
        return {}
    times = sorted(post.planned_at for post in span.posts if post.planned_at is not None)
    found: dict[date, dict[datetime, GoodTime]] = {}
    place = 0
    shown = frozenset(asked.days)
    begins = max(asked.days[0], day_of(asked.now, asked.zone))
    for each in good_times(grid, begins - DAY, asked.days[-1] + DAY):
        day = day_of(each.at, asked.zone)
        if each.at <= asked.now or day not in shown:
            continue
        while place < len(times) and times[place] <= each.at - APART:
            place += 1
        if place < len(times) and times[place] < each.at + APART:
            continue
        counts = rhythm.days.get(day, {})
        below = tuple(
            account for account in each.account_ids if counts.get(account, 0) < asked.paces.day_limit(account)
        )
        if below:
            there = found.setdefault(day, {})
            other = there.get(each.at)
            accounts = below if other is None else tuple(sorted({*other.account_ids, *below}))
            pillar = each.pillar if other is None or other.pillar == each.pillar else ""
            there[each.at] = replace(each, account_ids=accounts, pillar=pillar)
    return {day: tuple(there.values()) for day, there in found.items()}
