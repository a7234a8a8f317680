"""When the figures of a post are worth noting again: often while it is young, seldom when it is old. Pure."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

POST_AGES = (
    *(10 * _MINUTE, 30 * _MINUTE),
    *(each * _HOUR for each in (1, 3, 6, 12)),
    *(each * _DAY for each in (1, 2, 3, 5, 7, 10, 14, 21, 28)),
    *(each * 28 * _DAY for each in range(2, 14)),
)
"""A post is measured once in each of the periods that begin at these ages; after a year it is left alone."""
REPLY_AGES = (_HOUR, _DAY, 7 * _DAY)
"""What we answered is read by few, and soon."""
OLDEST = POST_AGES[-1] + 28 * _DAY
"""At this age the last period ends."""


def period_of(age: timedelta, ages: tuple[timedelta, ...] = POST_AGES) -> timedelta | None:
    """The age at which the period began in which a post of this age is; None while it is too young for the first, or past the last."""
    place = bisect_right(ages, age)
    if place == 0 or (place == len(ages) and age >= ages[-1] + 28 * _DAY):
        return None
    return ages[place - 1]
