"""Figures of days before we measured, as a file of them is read: running totals of an account, and what its posts gained on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.models.order import DayOrder, WrongRow


class PastMetric(StrEnum):
    """What a column of the file may be."""

    FOLLOWERS = "followers"
    FOLLOWING = "following"
    POSTS = "posts"
    LIKES = "likes"
    REPOSTS = "reposts"
    REPLIES = "replies"
    QUOTES = "quotes"
    CLICKS = "clicks"
    IMPRESSIONS = "impressions"
    PROFILE_VISITS = "profile_visits"


TOTALS = frozenset({PastMetric.FOLLOWERS, PastMetric.FOLLOWING, PastMetric.POSTS})
"""As they were at the end of a day; the others are what came on it."""


class PastFigure(NamedTuple):
    """One figure of one day of the shop."""

    day: date
    metric: PastMetric
    value: int


class FigurePreview(NamedTuple):
    """What a file of figures holds, for one account."""

    columns: tuple[tuple[str, PastMetric], ...]
    """(title in the file, what it is); columns that are none of ours are not read."""
    days: int
    first: date | None
    last: date | None
    known: int
    """Days that we measured ourselves, or that came in before: they stay as they are."""
    wrong: tuple[WrongRow, ...] = ()
    account_id: int | None = None
    order: DayOrder | None = None
    """None where each of its days could be read in two ways."""


class FigureResult(NamedTuple):
    """What came in."""

    days: int = 0
    figures: int = 0
    known: int = 0
    wrong: tuple[WrongRow, ...] = ()
    stopped: bool = False
