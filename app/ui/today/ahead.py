"""What Today says of the days ahead: floods, silences, launches and phases, and the one suggestion. Read on a worker thread after the brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from app.commands.services import Queries
from app.models.account import POSTS_NOTHING, AccountRow, AccountState
from app.models.calendar import CalendarSpan, MarkRow, PhaseRow
from app.models.campaign import phase_at
from app.models.mix import sells
from app.models.rhythm import Edges, Paces, Rhythm, RhythmWarning, WarningKind, look
from app.models.slot import SlotGrid, good_times
from app.models.tip import Tip
from app.runtime.clock import from_wall

DAY = timedelta(days=1)
WARNED_DAYS = 7
"""Floods and silences of today and so many days more."""
LAUNCH = "launch"
SHOWN_DAYS = 14
"""Launches and phases of so many days."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the days ahead are looked at with."""

    now: datetime
    zone: tzinfo
    paces: Paces
    language: str
    promise_minutes: int

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def starts(self, day: date) -> datetime:
        """When a day of the shop begins."""
        return from_wall(datetime.combine(day, time()), self.zone).at


class Silence(NamedTuple):
    """Days without a post, of some accounts."""

    warning: RhythmWarning
    good: int
    """Good times of theirs that are free meanwhile."""


class Coming(NamedTuple):
    """A launch, a phase that begins, or another day of the calendar; `posts`: of its campaign until the launch, or in the phase."""

    on_day: date
    mark: MarkRow | None = None
    phase: PhaseRow | None = None
    posts: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was read."""

    today: date
    accounts: tuple[AccountRow, ...] = ()
    floods: tuple[RhythmWarning, ...] = ()
    """Days with too much, or posts too near to each other."""
    selling: tuple[int, ...] = ()
    """Of each flood, how many of its posts sell."""
    silences: tuple[Silence, ...] = ()
    coming: tuple[Coming, ...] = ()
    phase: PhaseRow | None = None
    """The campaign's phase that today belongs to."""
    known: int = 0
    """Of those that wait: how many look like answers one has."""
    tip: Tip | None = None


def read(queries: Queries, asked: Asked) -> Ahead:
    """All of it."""
    today, accounts = asked.today, queries.accounts()
    last = today + SHOWN_DAYS * DAY
    span = queries.calendar(asked.starts(today), asked.starts(last + DAY), today, last)
    edges = queries.edges(asked.starts(today), asked.starts(today + (WARNED_DAYS + 1) * DAY))
    found = warnings(span, edges, accounts, asked)
    floods = tuple(each for each in found if each.kind is not WarningKind.SILENCE)
    posts = {post.id: post for post in span.posts}
    tips = queries.tips(asked.now, asked.zone, asked.language, asked.promise_minutes)
    return Ahead(
        today=today,
        accounts=tuple(accounts),
        floods=floods,
        selling=tuple(
            sum(sells(posts[number].format) for number in each.post_ids if number in posts) for each in floods
        ),
        silences=_silences(found, span, queries.slots(), asked),
        coming=coming(span, today, asked.zone),
        phase=phase_at(span.phases, today),
        known=queries.known_waiting(),
        tip=tips[0] if tips else None,
    )


def warnings(span: CalendarSpan, edges: Edges, accounts: Sequence[AccountRow], asked: Asked) -> list[RhythmWarning]:
    """Of today and the next days, as the calendar tells them. The span may reach further."""
    publishing = [
        each.id for each in accounts if each.network not in POSTS_NOTHING and each.state is not AccountState.PAUSED
    ]
    days = [asked.today + number * DAY for number in range(WARNED_DAYS + 1)]
    until = asked.starts(days[-1] + DAY)
    posts = [post for post in span.posts if post.planned_at is not None and post.planned_at < until]
    return look(Rhythm(posts, asked.zone), days, publishing, asked.paces, asked.now, edges)


def plan_work(queries: Queries, asked: Asked) -> int:
    """How many floods and silences there are."""
    last = asked.today + WARNED_DAYS * DAY
    since, until = asked.starts(asked.today), asked.starts(last + DAY)
    span = queries.calendar(since, until, asked.today, last)
    return len(warnings(span, queries.edges(since, until), queries.accounts(), asked))


def _silences(found: Sequence[RhythmWarning], span: CalendarSpan, grid: SlotGrid, asked: Asked) -> tuple[Silence, ...]:
    taken = {(account, post.planned_at) for post in span.posts for account in post.accounts}
    silences = []
    for each in found:
        if each.kind is WarningKind.SILENCE:
            first, last = max(each.first, asked.today), each.last
            times = good_times(grid, first, last, each.account_ids) if grid.slots else []
            good = sum(
                time.at > asked.now and not any((account, time.at) in taken for account in time.account_ids)
                for time in times
            )
            silences.append(Silence(each, good))
    return tuple(silences)


def coming(span: CalendarSpan, today: date, zone: tzinfo) -> tuple[Coming, ...]:
    """What begins or is due after today, in the order of days. A launch and a phase of its campaign that begin together are one."""
    marks = [mark for mark in span.marks if mark.on_day > today]
    launched = {
        (mark.campaign_id, mark.on_day) for mark in marks if mark.kind == LAUNCH and mark.campaign_id is not None
    }
    found = [
        Coming(
            mark.on_day,
            mark=mark,
            posts=_planned(span, mark.campaign_id, today, mark.on_day, zone) if mark.kind == LAUNCH else 0,
        )
        for mark in marks
    ]
    found += [
        Coming(
            phase.starts_on, phase=phase, posts=_planned(span, phase.campaign_id, phase.starts_on, phase.ends_on, zone)
        )
        for phase in span.phases
        if phase.starts_on > today and (phase.campaign_id, phase.starts_on) not in launched
    ]
    return tuple(sorted(found, key=lambda each: (each.on_day, each.mark is None)))


def _planned(span: CalendarSpan, campaign_id: int | None, first: date, last: date, zone: tzinfo) -> int:
    """Posts of a campaign on the days first to last, as far as the span reaches."""
    if campaign_id is None:
        return 0
    days = [
        post.planned_at.astimezone(zone).date()
        for post in span.posts
        if post.campaign_id == campaign_id and post.planned_at is not None
    ]
    return sum(first <= day <= last for day in days)
