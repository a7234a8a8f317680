"""Posts of a period with what each of their networks told of them: sorted, filtered, and their curve since they went out. Pure.

A figure that no network told is None, never 0; a sum is one of those that are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.models.post import PostFormat


class PostMetric(StrEnum):
    """What is counted of a post, in the order of the columns."""

    IMPRESSIONS = "impressions"
    LIKES = "likes"
    REPOSTS = "reposts"
    REPLIES = "replies"
    CLICKS = "clicks"


DONE = (PostMetric.LIKES, PostMetric.REPOSTS, PostMetric.REPLIES, PostMetric.CLICKS)
"""What people do with what they were shown."""


class Column(StrEnum):
    """What posts are sorted by: the figures have the names of `PostMetric`."""

    SENT = "sent"
    TITLE = "title"
    IMPRESSIONS = "impressions"
    LIKES = "likes"
    REPOSTS = "reposts"
    REPLIES = "replies"
    CLICKS = "clicks"
    RATE = "rate"


class Delivered(NamedTuple):
    """A post on one account. Times are aware UTC."""

    outbox_id: int
    account_id: int
    network: str
    handle: str
    url: str
    sent_at: datetime
    gone: bool
    """Deleted by us, or no longer there; its figures are the last ones."""
    figures: Mapping[PostMetric, int]

    @property
    def rate(self) -> float | None:
        """How much was done a time it was shown; None where nobody told how often that was, or it never was."""
        shown = self.figures.get(PostMetric.IMPRESSIONS)
        done = [self.figures[metric] for metric in DONE if metric in self.figures]
        return sum(done) / shown if shown and done else None


class PostLine(NamedTuple):
    """A post of the table, on all of its accounts that are looked at."""

    id: int
    title: str
    pillar: str
    format: PostFormat
    campaign_id: int | None
    campaign: str
    deliveries: tuple[Delivered, ...]
    """At least one; the first out is the first."""

    @property
    def sent_at(self) -> datetime:
        return self.deliveries[0].sent_at

    @property
    def networks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.network for each in self.deliveries))

    @property
    def gone(self) -> bool:
        """Nowhere any more."""
        return all(each.gone for each in self.deliveries)

    def of(self, metric: PostMetric) -> int | None:
        known = [each.figures[metric] for each in self.deliveries if metric in each.figures]
        return sum(known) if known else None

    @property
    def rate(self) -> float | None:
        """Over the accounts of which it is known how often they showed it."""
        known = [each for each in self.deliveries if each.rate is not None]
        shown = sum(each.figures[PostMetric.IMPRESSIONS] for each in known)
        return sum(each.figures.get(metric, 0) for each in known for metric in DONE) / shown if shown else None


class PostFilter(NamedTuple):
    """What is looked at; None: everything."""

    pillar: str | None = None
    campaign_id: int | None = None
    format: PostFormat | None = None

    def admits(self, line: PostLine) -> bool:
        return (
            (self.pillar is None or line.pillar == self.pillar)
            and (self.campaign_id is None or line.campaign_id == self.campaign_id)
            and (self.format is None or line.format == self.format)
        )


def arranged(lines: Iterable[PostLine], chosen: PostFilter, by: Column, *, descending: bool) -> list[PostLine]:
    """Those admitted, in order; what was not measured comes last either way, equals by the later first."""
    admitted = sorted((line for line in lines if chosen.admits(line)), key=lambda line: (line.sent_at, line.id), reverse=True)
    if by is Column.TITLE:
        return sorted(admitted, key=lambda line: line.title.casefold(), reverse=descending)
    if by is Column.SENT:
        return admitted if descending else admitted[::-1]
    known = [(value, line) for line in admitted if (value := figure_of(line, by)) is not None]
    known.sort(key=lambda each: each[0], reverse=descending)
    return [line for _, line in known] + [line for line in admitted if figure_of(line, by) is None]


def figure_of(line: PostLine, column: Column) -> float | None:
    """What stands in a column of figures."""
    return line.rate if column is Column.RATE else line.of(PostMetric(column))


def largest(lines: Sequence[PostLine], columns: Sequence[Column]) -> dict[Column, float | None]:
    """The largest figure of each column, as `figure_of` tells it; None where no line has one. In one pass: a screen waits for it."""
    most: dict[PostMetric, int] = {}
    for line in lines:
        totals: dict[PostMetric, int] = {}
        for each in line.deliveries:
            for metric, value in each.figures.items():
                totals[metric] = totals.get(metric, 0) + value
        for metric, total in totals.items():
            if total > most.get(metric, -1):
                most[metric] = total
    found: dict[Column, float | None] = {}
    for column in columns:
        if column is Column.RATE:
            found[column] = max((rate for line in lines if (rate := line.rate) is not None), default=None)
        else:
            found[column] = most.get(PostMetric(column))
    return found


class Curve(NamedTuple):
    """How one figure of a post grew on one account since it went out there."""

    network: str
    handle: str
    metric: PostMetric
    points: tuple[tuple[timedelta, int], ...]
    """(age, total), by age."""

    def at(self, age: timedelta) -> int | None:
        """The last total known at an age; None before the first."""
        found = None
        for when, value in self.points:
            if when > age:
                break
            found = value
        return found


def ages_of(curves: Sequence[Curve]) -> list[timedelta]:
    """All ages at which anything was measured, in order."""
    return sorted({age for curve in curves for age, _ in curve.points})
