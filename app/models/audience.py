"""Whom an account reaches in a period (product.md, S7, S8): growth, who writes, what weight they have, what they speak of. Pure.

Quality before numbers: how many of the followers ever wrote, clicked or reposted stands beside how many there are. Networks do not tell who
clicked or reposted, nor whether who writes also follows: shares of followers are therefore told as "at most" or as events, never as people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log10
from typing import NamedTuple

from app.models.conversation import Category
from app.models.insight import Gauge, Period
from app.models.interest import Interest

TOP_WRITERS = 10
NO_WRITERS = (Category.SPAM, Category.TROLL)
"""Sorted so, somebody is no customer whose interest counts."""


class Growth(NamedTuple):
    """Followers of one account. What came and went is told by days: who left on a day on which more came is not seen."""

    account_id: int
    network: str
    handle: str
    followers: int | None
    """At the end of the period; None: never measured."""
    won: int | None
    """The sum of the days on which there were more than at the last measurement; None: not measured whole."""
    lost: int | None
    net: int | None
    before: int | None
    """Net in the other period; None: not measured whole."""
    days: int
    """On which it was measured."""
    series: tuple[int | None, ...]
    """Gained since the beginning, at the end of each day; None: not measured."""


class Writers(NamedTuple):
    """Who wrote in the period; what a search found elsewhere was not written to us and counts not."""

    people: int
    before: int | None
    new: int
    """Whose first message ever came in the period."""
    new_before: int | None
    messages: int
    languages: tuple[tuple[str, int], ...]
    """(language, people), the most first; "" where it could not be told."""
    networks: tuple[tuple[str, int], ...]

    @property
    def returning(self) -> int:
        return self.people - self.new


class Writer(NamedTuple):
    """Somebody who wrote."""

    customer_id: int
    name: str
    handle: str
    network: str
    messages: int
    public: int
    """Of the messages: those that others could read."""
    followers: int | None
    """Of their largest profile, as the network told it; None: it does not."""
    conversation_id: int
    """The newest."""

    @property
    def points(self) -> int | None:
        return weight(self.followers, self.public)


class Reach(NamedTuple):
    """One account: how many of its followers take part, and how far its posts are carried."""

    account_id: int
    network: str
    handle: str
    followers: int | None
    wrote: int
    """People who ever wrote to it: some of them need not follow it."""
    posts: int
    """Out in the period."""
    replies: int | None
    reposts: int | None
    clicks: int | None
    """Of the period; None: not measured."""
    influence_before: float | None = None

    @property
    def wrote_share(self) -> float | None:
        """At most this share of the followers ever wrote; None where nothing is known, or more wrote than follow."""
        return self._share(self.wrote)

    @property
    def repost_share(self) -> float | None:
        """Reposts of the period for each follower: events, not people."""
        return self._per_follower(self.reposts)

    @property
    def click_share(self) -> float | None:
        return self._per_follower(self.clicks)

    @property
    def influence(self) -> float | None:
        return influence(self.followers, self.posts, (self.replies, self.reposts, self.clicks))

    def _share(self, many: int) -> float | None:
        return many / self.followers if self.followers and many <= self.followers else None

    def _per_follower(self, many: int | None) -> float | None:
        return many / self.followers if self.followers and many is not None else None


@dataclass(frozen=True, slots=True)
class Audience:
    """The Audience tab."""

    period: Period
    growth: tuple[Growth, ...]
    writers: Writers
    top: tuple[Writer, ...]
    """Those of most weight first; whose followers are unknown come behind, by messages."""
    reach: tuple[Reach, ...]
    interests: tuple[Interest, ...]
    """By people, the most first."""
    readers: int
    """People who wrote in the period, want the newsletter and have an e-mail address."""
    with_email: int
    """People who wrote in the period and have an e-mail address, whether they want the newsletter or not."""
    names_known: bool
    """Whether there are names of the catalogue to look for; otherwise no product feed was read."""
    known_since: date | None
    compares: bool


def weight(followers: int | None, public: int) -> int | None:
    """Influence of somebody who writes: ten points for each tenfold of followers, and ten for each tenfold of public messages."""
    return None if followers is None else round(10 * log10(1 + followers) + 10 * log10(1 + public))


def influence(followers: int | None, posts: int, reactions: Sequence[int | None]) -> float | None:
    """Influence of an account: replies, reposts and clicks to each post, for a thousand followers. What was not measured is left out; None
    where nothing was, or there is no post or follower.
    """
    known = [each for each in reactions if each is not None]
    return sum(known) / posts / followers * 1000 if known and posts and followers else None


def growth(
    account: tuple[int, str, str], now: Gauge, then: Gauge, period: Period, compared: Period
) -> Growth:
    """`account` is (id, network, handle). A value before the period counts as its beginning only where it is of the day before or the one
    before that: `at_start` None otherwise.
    """
    steps = _steps(now, period)
    before = _steps(then, compared)
    return Growth(
        *account,
        now.last if now.last is not None else None,
        None if steps is None else sum(step for step in steps if step > 0),
        None if steps is None else -sum(step for step in steps if step < 0),
        None if steps is None else sum(steps),
        None if before is None else sum(before),
        len(now.days),
        now.gained(period.each()),
    )


def _steps(gauge: Gauge, period: Period) -> list[int] | None:
    """From each measurement to the next; None where the period was not measured whole."""
    if not gauge.reaches_ends(period):
        return None
    values = [gauge.days[day] for day in sorted(gauge.days)]
    return [later - earlier for earlier, later in pairwise([gauge.at_start, *values] if gauge.at_start is not None else values) if earlier is not None]


def ranked(writers: Sequence[Writer], most: int = TOP_WRITERS) -> tuple[Writer, ...]:
    def order(writer: Writer) -> tuple[bool, int, int, int]:
        return rank(writer.points, writer.messages, writer.customer_id)

    return tuple(sorted(writers, key=order)[:most])


def rank(points: int | None, messages: int, customer_id: int) -> tuple[bool, int, int, int]:
    """What comes first among who writes: most points, then most messages; whose weight is not known comes behind."""
    return points is None, -(points or 0), -messages, customer_id
