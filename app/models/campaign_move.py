"""What moving a launch or a campaign does to its posts: old and new times, what stays and why, and what they would run into."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from app.models.calendar import CalendarPost
from app.models.campaign import Announcement
from app.models.rhythm import Paces
from app.runtime.clock import from_wall
from app.runtime.words import Message, message

TOO_CLOSE = timedelta(minutes=45)
"""Two posts of one account within this are a flood (interface.md, 6)."""


class Stays(StrEnum):
    """Why a post does not move along."""

    OUT = "out"
    GOING = "going"
    PAST = "past"
    """Its new time has passed."""


@dataclass(frozen=True, slots=True)
class PostMove:
    """One post: from when to when (aware UTC), or why it stays."""

    post_id: int
    title: str
    before: datetime
    after: datetime
    stays: Stays | None = None
    held: bool = False
    """A server holds it: it is taken back there and handed over anew."""
    collisions: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What would happen; posts in the order of their new times."""

    posts: tuple[PostMove, ...] = ()
    days: int = 0
    marks: tuple[str, ...] = ()
    """Launches and days that move along, by title."""

    @property
    def moving(self) -> tuple[PostMove, ...]:
        return tuple(each for each in self.posts if each.stays is None)

    @property
    def collisions(self) -> int:
        return sum(bool(each.collisions) for each in self.moving)

    @property
    def held(self) -> int:
        return sum(each.held for each in self.moving)


@dataclass(frozen=True, slots=True)
class Announced:
    """A planned announcement that is to become a draft."""

    campaign_id: int
    kind: Announcement
    title: str
    at: datetime | None
    """Aware UTC; None: a draft to be placed."""


def by_days(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """So many days later at the same wall time (aware UTC)."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    return from_wall(local + timedelta(days=days), zone).at


def wall_moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """The moment (aware UTC) of a minute of a day."""
    return from_wall(datetime.combine(day, time()) + timedelta(minutes=minute), zone).at


def collided(
    moves: Sequence[PostMove],
    others: Iterable[CalendarPost],
    accounts: Mapping[int, Sequence[int]],
    zone: tzinfo,
    paces: Paces,
) -> list[PostMove]:
    """The moves with what each runs into: a post of the same account within 45 minutes, or more posts on a day than the account bears.

    `others` are posts that stay where they are; `accounts` say where each moving post goes to.
    """
    placed: list[tuple[int, str, datetime, frozenset[int]]] = [
        (each.id, each.title, each.planned_at, frozenset(each.accounts))
        for each in others
        if each.planned_at is not None
    ]
    placed += [
        (each.post_id, each.title, each.after, frozenset(accounts.get(each.post_id, ())))
        for each in moves
        if each.stays is None
    ]
    placed.sort(key=lambda each: each[2])
    times = [each[2] for each in placed]
    a_day = Counter(
        (account, at.astimezone(zone).date()) for _number, _title, at, goes_to in placed for account in goes_to
    )
    found = []
    for move in moves:
        if move.stays is not None:
            found.append(move)
            continue
        own = frozenset(accounts.get(move.post_id, ()))
        near = placed[bisect_right(times, move.after - TOO_CLOSE) : bisect_left(times, move.after + TOO_CLOSE)]
        said = [
            message("campaigns.too_close", title=title, at=at)
            for number, title, at, goes_to in near
            if number != move.post_id and own & goes_to
        ]
        day = move.after.astimezone(zone).date()
        over = [(a_day[account, day], paces.day_limit(account)) for account in own if a_day[account, day] > paces.day_limit(account)]
        if over:
            most, limit = max(over)
            said.append(message("campaigns.over_limit", n=most, limit=limit))
        found.append(
            PostMove(move.post_id, move.title, move.before, move.after, move.stays, move.held, tuple(said))
            if said
            else move
        )
    return found
