"""Good times: weekly slots of accounts in wall-clock time, the moments they mean, and the next one that is free. Pure; times are aware UTC.

A wall time that the clocks skip on a day means the next minute that exists (and `moved` says so); one that comes twice means its first
occurrence. Nothing is ever moved to make room: a queue is full, or it is not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from app.models.rhythm import CLOSE, Paces
from app.runtime.clock import from_wall
from app.runtime.zones import ZoneInfo

DAY = timedelta(days=1)
HORIZON_DAYS = 60
"""So far ahead a queue is looked through; beyond, it is full."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A good time of an account, each week."""

    id: int
    account_id: int
    weekday: int
    """0 is Monday."""
    minute: int
    """Of the day, in wall-clock time of `zone`."""
    zone: str
    pillar: str = ""
    """The queue it serves; empty: any post."""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class SlotGrid:
    """The good times of all accounts."""

    slots: tuple[Slot, ...] = ()
    off: frozenset[tuple[int, int]] = frozenset()
    """(account id, weekday) that are switched off; their slots keep their times."""

    def open(self, slot: Slot) -> bool:
        return slot.enabled and (slot.account_id, slot.weekday) not in self.off

    def of(self, account_id: int) -> list[Slot]:
        """Of one account, in the order of the week."""
        found = [slot for slot in self.slots if slot.account_id == account_id]
        return sorted(found, key=lambda slot: (slot.weekday, slot.minute, slot.id))


@dataclass(frozen=True, slots=True)
class GoodTime:
    """A moment that is a good time of some accounts."""

    at: datetime
    account_ids: tuple[int, ...]
    pillar: str = ""
    samples: int = 0
    """How many own posts its weekday and hour are known from; 0: none, or nobody asked."""
    moved: bool = False
    """The clocks skip its wall time that day: `at` is the next minute there is."""


@dataclass(frozen=True, slots=True)
class QueueFull:
    """No good time is free. `until` is how far was looked; None where the accounts have no good times at all."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Occupied:
    """A post that has a time: planned or out."""

    at: datetime
    account_ids: tuple[int, ...]
    post_id: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: a time after `after` for a post of some accounts."""

    accounts: tuple[int, ...]
    after: datetime
    pillar: str = ""
    first: bool = False
    """Ahead of others: the good times of all queues serve it, and the day's limit does not hold it back."""
    post_id: int | None = None
    """Itself: where it stands now is no hindrance."""
    refused: tuple[tuple[date, date], ...] = field(default=())
    """Days (both included) on which it may not be, like teasers of its campaign."""


def good_times(grid: SlotGrid, first: date, last: date, accounts: Iterable[int] | None = None) -> list[GoodTime]:
    """Those of the days first to last of each slot's own zone, in time order; accounts that share a moment and a queue are one."""
    wanted = None if accounts is None else frozenset(accounts)
    zones: dict[str, tzinfo] = {}
    by_weekday: dict[int, list[Slot]] = defaultdict(list)
    for slot in grid.slots:
        if grid.open(slot) and (wanted is None or slot.account_id in wanted):
            by_weekday[slot.weekday].append(slot)
            if slot.zone not in zones:
                zones[slot.zone] = ZoneInfo(slot.zone or "UTC")
    found: dict[tuple[datetime, str], tuple[list[int], bool]] = {}
    for number in range((last - first).days + 1):
        day = first + number * DAY
        moments: dict[tuple[int, str], tuple[datetime, bool]] = {}
        for slot in by_weekday.get(day.weekday(), ()):
            key = (slot.minute, slot.zone)
            if key not in moments:
                wall = from_wall(datetime.combine(day, time()) + timedelta(minutes=slot.minute), zones[slot.zone])
                moments[key] = (wall.at, wall.moved)
            at, moved = moments[key]
            there, was_moved = found.get((at, slot.pillar), ([], False))
            if slot.account_id not in there:
                there.append(slot.account_id)
            found[at, slot.pillar] = (there, was_moved or moved)
    return [
        GoodTime(at, tuple(sorted(there)), pillar, moved=moved)
        for (at, pillar), (there, moved) in sorted(found.items(), key=lambda item: item[0])
    ]


class Room:
    """What stands where: asked whether a moment is free for accounts."""

    def __init__(self, occupied: Iterable[Occupied], paces: Paces, zone: tzinfo, *, but: int | None = None) -> None:
        """`but` is a post that is not counted."""
        self._paces = paces
        self._zone = zone
        self._times: dict[int, list[datetime]] = defaultdict(list)
        self._days: dict[tuple[int, date], int] = defaultdict(int)
        for each in occupied:
            if each.post_id != but or but is None:
                self.add(each)
        for times in self._times.values():
            times.sort()

    def add(self, taken: Occupied) -> None:
        day = taken.at.astimezone(self._zone).date()
        for account in taken.account_ids:
            times = self._times[account]
            times.insert(bisect_left(times, taken.at), taken.at)
            self._days[account, day] += 1

    def remove(self, taken: Occupied) -> None:
        """A post that was added and goes elsewhere."""
        day = taken.at.astimezone(self._zone).date()
        for account in taken.account_ids:
            if taken.at in self._times[account]:
                self._times[account].remove(taken.at)
                self._days[account, day] -= 1

    def is_apart(self, at: datetime, accounts: Iterable[int]) -> bool:
        """Whether no post of these accounts is nearer than 45 minutes."""
        for account in accounts:
            times = self._times.get(account, ())
            place = bisect_left(times, at)
            for other in times[max(0, place - 1) : place + 1]:
                if abs(other - at) < CLOSE:
                    return False
        return True

    def is_below(self, at: datetime, accounts: Iterable[int]) -> bool:
        """Whether one post more keeps within the limit of the day."""
        day = at.astimezone(self._zone).date()
        return all(self._days.get((account, day), 0) < self._paces.day_limit(account) for account in accounts)

    def is_free(self, at: datetime, accounts: Sequence[int]) -> bool:
        return self.is_apart(at, accounts) and self.is_below(at, accounts)


def next_good_time(grid: SlotGrid, room: Room, wish: Wish, zone: tzinfo) -> GoodTime | QueueFull:
    """The first free time that is good for all accounts of the wish; where there is none, that is good for any of them. `zone` is the
    shop's: its days are counted.
    """
    today = wish.after.astimezone(zone).date()
    last = today + HORIZON_DAYS * DAY
    times = [
        each
        for each in good_times(grid, today - DAY, last + DAY, wish.accounts or None)
        if wish.after < each.at and each.at.astimezone(zone).date() <= last
    ]
    if not times:
        return QueueFull(None)
    merged = [each for each in _merged(times, wish) if not _is_refused(each.at.astimezone(zone).date(), wish.refused)]
    everywhere = frozenset(account for each in times for account in each.account_ids)
    for least in (everywhere, frozenset[int]()) if wish.accounts else (frozenset[int](),):
        for each in merged:
            accounts = wish.accounts or each.account_ids
            if (
                least <= set(each.account_ids)
                and room.is_apart(each.at, accounts)
                and (wish.first or room.is_below(each.at, accounts))
            ):
                return each
    return QueueFull(from_wall(datetime.combine(last, time()), zone).at)


def _merged(times: Sequence[GoodTime], wish: Wish) -> list[GoodTime]:
    """One a moment, of the queues that serve the wish."""
    found: dict[datetime, GoodTime] = {}
    for each in times:
        if not wish.first and each.pillar not in ("", wish.pillar):
            continue
        before = found.get(each.at)
        if before is None:
            found[each.at] = each
        else:
            accounts = tuple(sorted({*before.account_ids, *each.account_ids}))
            found[each.at] = GoodTime(each.at, accounts, before.pillar or each.pillar, moved=before.moved or each.moved)
    return list(found.values())


def _is_refused(day: date, refused: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in refused)


def overlaps(slots: Sequence[Slot]) -> Mapping[int, int]:
    """Slots of one account that follow another by less than 45 minutes on the same day: which, and by how many minutes."""
    found: dict[int, int] = {}
    before: Slot | None = None
    for slot in sorted(slots, key=lambda each: (each.account_id, each.weekday, each.minute, each.id)):
        if before is not None and (before.account_id, before.weekday) == (slot.account_id, slot.weekday):
            gap = slot.minute - before.minute
            if timedelta(minutes=gap) < CLOSE:
                found[slot.id] = gap
        before = slot
    return found
