"""A moment that somebody typed, as a field shows it: what was understood, or what is wrong and what may have been meant."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

Problem = Literal["unreadable", "past", "too_far"]


class Moment(NamedTuple):
    """`at` (aware UTC, always to come) where it was understood; else `problem`, with a `proposal` that can be taken as it is."""

    at: datetime | None
    problem: Problem | None = None
    proposal: datetime | None = None
