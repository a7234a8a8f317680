"""What moving a launch or a campaign would do to each of its posts."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.models.calendar import CalendarPost
from app.models.campaign_move import MovePreview, PostMove, Stays, by_days, collided
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostState
from app.models.rhythm import Paces
from app.runtime.clock import to_ms
from app.store.reading import calendar, campaigns

_A_DAY = timedelta(days=1)
_LEFT = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""What is out, or may be: it cannot be called back."""


class Wanted(NamedTuple):
    """A move that is looked at: so many days, of a campaign or of one launch."""

    zone: ZoneInfo
    now: datetime
    paces: Paces
    days: int
    campaign_id: int | None = None
    launch_id: int | None = None
    minutes: int = 0
    """By so many minutes later in the day the launch is; its posts from `from_moment` to the end of that day go along."""
    from_moment: datetime | None = None


def preview_of(connection: sqlite3.Connection, wanted: Wanted) -> MovePreview:
    """What the move does to each post; an idea without a time is not touched."""
    belonging, marks = _belonging(connection, wanted)
    planned = [each for each in belonging if each.planned_at is not None]
    if not planned:
        return MovePreview((), wanted.days, marks)
    moves = [_looked_at(connection, each, wanted) for each in planned]
    times = [each.after for each in moves]
    others = calendar.span(
        connection, to_ms(min(times) - 2 * _A_DAY), to_ms(max(times) + 2 * _A_DAY), date.max, date.min
    ).posts
    moving = {each.post_id for each in moves if each.stays is None}
    standing = [each for each in others if each.id not in moving]
    goes_to = {each.id: each.accounts for each in planned}
    found = collided(moves, standing, goes_to, wanted.zone, wanted.paces)
    return MovePreview(tuple(sorted(found, key=lambda each: (each.after, each.post_id))), wanted.days, marks)


def _belonging(connection: sqlite3.Connection, wanted: Wanted) -> tuple[list[CalendarPost], tuple[str, ...]]:
    """Its posts, and the launches that move along: their posts belong to it too."""
    if wanted.launch_id is not None:
        return calendar.of_mark(connection, wanted.launch_id), ()
    assert wanted.campaign_id is not None
    found = {each.id: each for each in calendar.of_campaign(connection, wanted.campaign_id)}
    rows = campaigns.launches(connection, wanted.campaign_id)
    for row in rows:
        assert row.plan.id is not None
        found.update({each.id: each for each in calendar.of_mark(connection, row.plan.id)})
    return list(found.values()), tuple(row.plan.title for row in rows)


def _looked_at(connection: sqlite3.Connection, post: CalendarPost, wanted: Wanted) -> PostMove:
    assert post.planned_at is not None
    found = connection.execute("SELECT state FROM outbox WHERE post_id = ? AND kind = ?", (post.id, OutboxKind.POST))
    states = {state for (state,) in found} if post.state is PostState.SCHEDULED else set()
    after = by_days(post.planned_at, wanted.days, wanted.zone)
    if wanted.from_moment is not None and wanted.from_moment <= post.planned_at < wanted.from_moment + _A_DAY:
        same_day = post.planned_at.astimezone(wanted.zone).date() == wanted.from_moment.astimezone(wanted.zone).date()
        after += timedelta(minutes=wanted.minutes) if same_day else timedelta()
    stays = None
    if not states.isdisjoint(_LEFT):
        stays = Stays.OUT if DeliveryState.OUT in states else Stays.GOING
    elif after <= wanted.now:
        stays = Stays.PAST
    return PostMove(post.id, post.title, post.planned_at, after, stays, DeliveryState.HELD in states)
