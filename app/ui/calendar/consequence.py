"""What placing a post at a time does to its day: which post of the day it becomes, and whether it floods an account (product.md, P5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from app.models.calendar import CalendarPost, PhaseRow
from app.models.mix import teaser_against
from app.models.rhythm import CLOSE, Paces
from app.runtime.words import Message, message
from app.ui.calendar.days import clock_change, day_of
from app.ui.safe_text import isolated

_SUFFIXES = {1: "calendar.st_post", 2: "calendar.nd_post", 3: "calendar.rd_post"}


class Consequence(NamedTuple):
    """What is said beside the target, and whether it warns."""

    said: Message
    warns: bool = False


def teaser_refusal(post: CalendarPost, when: datetime, phases: Sequence[PhaseRow], zone: tzinfo) -> Message | None:
    """The rule that keeps what sells out of the teaser of its campaign; None where it may stand there."""
    found = teaser_against(phases, post.format, post.campaign_id, day_of(when, zone))
    return message("rhythm.teaser_refuses", campaign=isolated(found.campaign)) if found is not None else None


def consequence(
    post: CalendarPost | None,
    when: datetime,
    others: Sequence[CalendarPost],
    zone: tzinfo,
    paces: Paces,
    *,
    copies: bool = False,
) -> Consequence:
    """`others` may hold the post itself, which a copy stays beside, and posts of other days; `post` None is one not known yet."""
    day = day_of(when, zone)
    number = post.id if post is not None and not copies else None
    there = [
        each
        for each in others
        if each.id != number and each.planned_at is not None and day_of(each.planned_at, zone) == day
    ]
    accounts = set(post.accounts) if post is not None else set()
    counts = {account: sum(account in each.accounts for each in there) + 1 for account in accounts}
    over = [(many, paces.day_limit(account)) for account, many in counts.items() if many > paces.day_limit(account)]
    if over:
        most, limit = max(over)
        return Consequence(message("calendar.over_limit", n=most, limit=limit), warns=True)
    near = [
        (abs(each.planned_at - when), each)
        for each in there
        if each.planned_at is not None and accounts & set(each.accounts)
    ]
    if near:
        gap, nearest = min(near, key=lambda pair: pair[0])
        if gap < CLOSE:
            minutes = round(gap / timedelta(minutes=1))
            if not minutes:
                return Consequence(message("calendar.same_time", title=isolated(nearest.title)), warns=True)
            return Consequence(
                message("calendar.too_close", minutes=minutes, title=isolated(nearest.title)), warns=True
            )
    change = clock_change(day, zone)
    if change:
        return Consequence(message("calendar.clocks_forward" if change > 0 else "calendar.clocks_back"))
    nth = len(there) + 1
    suffix = _SUFFIXES.get(nth % 10, "calendar.th_post") if nth % 100 not in (11, 12, 13) else "calendar.th_post"
    return Consequence(message(suffix, n=nth))
