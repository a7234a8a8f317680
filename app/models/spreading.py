"""What mends a rhythm: moves that spread a flood, and what waits to be placed put into a silence. Proposed, never done. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from app.models.calendar import CalendarPost, Move, PhaseRow
from app.models.mix import teaser_against
from app.models.post import PostState
from app.models.rhythm import Paces, Rhythm, RhythmWarning, WarningKind
from app.models.slot import GoodTime, Occupied, Room
from app.models.stance import is_out
from app.runtime.clock import from_wall

DAY = timedelta(days=1)
QUARTER = timedelta(minutes=15)
REACH_DAYS = 7
"""So far from its day a post is moved at most."""
SOON = timedelta(minutes=15)
"""Nothing is proposed for a moment nearer than this."""
DAYTIME = (9, 21)
"""Hours between which something is proposed where accounts have no good times."""
MIDDAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a proposal is made of."""

    posts: Sequence[CalendarPost]
    """With a time, around the days of the warning."""
    waiting: Sequence[CalendarPost]
    """Ideas and drafts without a time."""
    good: Sequence[GoodTime]
    """Good times around the days of the warning."""
    phases: Sequence[PhaseRow]
    paces: Paces
    zone: tzinfo
    now: datetime

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def room(self) -> Room:
        return Room((_occupied(post) for post in self.posts if post.planned_at is not None), self.paces, self.zone)

    def may_stand(self, post: CalendarPost, at: datetime) -> bool:
        """Whether it is to come, and no teaser refuses it."""
        return (
            at > self.now + SOON and teaser_against(self.phases, post.format, post.campaign_id, self.day_of(at)) is None
        )


def propose(warning: RhythmWarning, plan: Plan) -> list[Move]:
    """The moves that mend it, as far as that can be done; none where nothing can."""
    if warning.kind is WarningKind.FLOOD:
        return _spread(warning, plan)
    if warning.kind is WarningKind.CLOSE:
        return _part(warning, plan)
    return _fill(warning, plan)


# -- floods


def _spread(warning: RhythmWarning, plan: Plan) -> list[Move]:
    """One post after the other leaves the day, the one that goes least far first, until each account keeps within its limit."""
    room, moves = plan.room(), []
    left = _movable(warning.post_ids, plan)
    there = Rhythm(plan.posts, plan.zone).days.get(warning.first, {})
    counts = {account: there.get(account, 0) for account in warning.account_ids}
    while left:
        over = {account for account, many in counts.items() if many > plan.paces.day_limit(account)}
        if not over:
            break
        found = [
            (
                _distance(post, at, plan) - sum(account in over for account in post.accounts),
                post.campaign_id is not None,
                post.id,
                at,
                post,
            )
            for post in left
            if over & set(post.accounts) and (at := _elsewhere(post, room, plan)) is not None
        ]
        if not found:
            break
        *_, at, post = min(found, key=lambda each: each[:3])
        _go(room, post, at)
        for account in counts:
            counts[account] -= account in post.accounts
        left.remove(post)
        moves.append(Move(post.id, at))
    return moves


def _elsewhere(post: CalendarPost, room: Room, plan: Plan) -> datetime | None:
    """The nearest free good time of its accounts on another day; without one the nearest day at its own time of day."""
    assert post.planned_at is not None
    day, own = plan.day_of(post.planned_at), frozenset(post.accounts)
    good = [
        each.at
        for each in plan.good
        if own & set(each.account_ids)
        and each.pillar in ("", post.pillar)
        and 0 < abs((plan.day_of(each.at) - day).days) <= REACH_DAYS
        and plan.may_stand(post, each.at)
        and room.is_free(each.at, post.accounts)
    ]
    if good:
        return min(good, key=lambda at: (_distance(post, at, plan), at))
    wall = post.planned_at.astimezone(plan.zone).time()
    for step in range(1, REACH_DAYS + 1):
        for other in (day + step * DAY, day - step * DAY):
            at = _near(from_wall(datetime.combine(other, wall), plan.zone).at, post, room, plan)
            if at is not None:
                return at
    return None


def _distance(post: CalendarPost, at: datetime, plan: Plan) -> int:
    """In days; before its own day counts a little more, for what was to be said later is not ready earlier."""
    assert post.planned_at is not None
    days = (plan.day_of(at) - plan.day_of(post.planned_at)).days
    return 2 * days if days >= 0 else -2 * days + 1


def _part(warning: RhythmWarning, plan: Plan) -> list[Move]:
    """The later of the two goes to the next moment that is far enough from all others; where it cannot, the earlier one goes back."""
    pair = [post for number in warning.post_ids for post in plan.posts if post.id == number]
    movable = {post.id for post in _movable(warning.post_ids, plan)}
    for post, step in ((pair[-1], QUARTER), (pair[0], -QUARTER)) if len(pair) > 1 else ():
        if post.id not in movable or post.planned_at is None:
            continue
        room = plan.room()
        room.remove(_occupied(post))
        at = _near(post.planned_at, post, room, plan, steps=(step,), whole=True)
        if at is not None:
            return [Move(post.id, at)]
    return []


def _near(
    at: datetime,
    post: CalendarPost,
    room: Room,
    plan: Plan,
    *,
    steps: Iterable[timedelta] = (QUARTER, -QUARTER),
    whole: bool = False,
) -> datetime | None:
    """The moment, or the nearest one of the same day, a quarter of an hour at a time, that is free. `whole` begins at a whole quarter."""
    day, first, last = plan.day_of(at), *DAYTIME
    if whole:
        at -= timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    for number in range(4 * 12):
        for step in steps:
            there = at + number * step
            hour = there.astimezone(plan.zone).hour
            if plan.day_of(there) == day and (not number or first <= hour < last):
                is_free = room.is_apart(there, post.accounts) if whole else room.is_free(there, post.accounts)
                if is_free and plan.may_stand(post, there):
                    return there
    return None


def _movable(post_ids: Sequence[int], plan: Plan) -> list[CalendarPost]:
    wanted = frozenset(post_ids)
    return [
        post
        for post in plan.posts
        if post.id in wanted and not is_out(post) and post.planned_at and post.planned_at > plan.now
    ]


def _go(room: Room, post: CalendarPost, at: datetime) -> None:
    if post.planned_at is not None:
        room.remove(_occupied(post))
    room.add(Occupied(at, post.accounts, post.id))


def _occupied(post: CalendarPost) -> Occupied:
    assert post.planned_at is not None
    return Occupied(post.planned_at, post.accounts, post.id)


# -- silences


def _fill(warning: RhythmWarning, plan: Plan) -> list[Move]:
    """Drafts first, then ideas, the newest first: each into the middle of what is still silent for its accounts, until nothing is."""
    room, moves = plan.room(), []
    waiting = sorted(plan.waiting, key=lambda post: post.state is not PostState.DRAFT)
    gaps = {account: [_bounds(warning)] for account in warning.account_ids}
    for post in waiting:
        concerned = [
            account
            for account in post.accounts
            if any(_is_long(gap, account, warning, plan) for gap in gaps.get(account, ()))
        ]
        if not concerned:
            continue
        gap = max((gap for account in concerned for gap in gaps[account]), key=lambda each: (each[1] - each[0]).days)
        at = _within(gap, post, room, plan)
        if at is None:
            continue
        _go(room, post, at)
        moves.append(Move(post.id, at))
        day = plan.day_of(at)
        for account in post.accounts:
            gaps[account] = [part for each in gaps.get(account, ()) for part in _cut(each, day)]
        if warning.everybody:  # one post is enough against a day of nothing
            for account in gaps:
                gaps[account] = [part for each in gaps[account] for part in _cut(each, day)]
    return moves


def _bounds(warning: RhythmWarning) -> tuple[date, date]:
    """The days of posts (or what stands for them) before and after the silent days."""
    if warning.everybody:
        return warning.first - DAY, warning.last + DAY
    return warning.first, warning.last + DAY if warning.open_end else warning.last


def _is_long(gap: tuple[date, date], account: int, warning: RhythmWarning, plan: Plan) -> bool:
    days = (gap[1] - gap[0]).days
    return days > (
        min(plan.paces.of(account).silence_days, 2) if warning.everybody else plan.paces.of(account).silence_days
    )


def _cut(gap: tuple[date, date], day: date) -> list[tuple[date, date]]:
    return [(gap[0], day), (day, gap[1])] if gap[0] < day < gap[1] else [gap]


def _within(gap: tuple[date, date], post: CalendarPost, room: Room, plan: Plan) -> datetime | None:
    """A free good time of the post nearest to the middle of the silent days, or midday there."""
    first, last = gap[0] + DAY, gap[1] - DAY
    middle = from_wall(datetime.combine(first, time(12)), plan.zone).at + (last - first) / 2
    own = frozenset(post.accounts)

    def may(at: datetime) -> bool:
        return first <= plan.day_of(at) <= last and plan.may_stand(post, at) and room.is_free(at, post.accounts)

    serving = (each for each in plan.good if own & set(each.account_ids) and each.pillar in ("", post.pillar))
    good = [each.at for each in serving if may(each.at)]
    if good:
        return min(good, key=lambda at: (abs(at - middle), at))
    days = sorted(
        (first + number * DAY for number in range((last - first).days + 1)),
        key=lambda day: abs((day - plan.day_of(middle)).days),
    )
    for day in days:
        at = _near(from_wall(datetime.combine(day, time(12)), plan.zone).at, post, room, plan)
        if at is not None:
            return at
    return None
