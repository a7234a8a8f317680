"""Good times: kept by account, and found for posts. Only looks for times; who wants one moves the post there, and nothing else moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.best_time import WEEKS, BestTime, best_times, counts
from app.models.calendar import Move
from app.models.post import PostFormat
from app.models.rhythm import Paces, RhythmWarning
from app.models.slot import (
    HORIZON_DAYS,
    GoodTime,
    Occupied,
    QueueFull,
    Room,
    Slot,
    SlotGrid,
    Wish,
    good_times,
    next_good_time,
)
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Posting, Settings
from app.runtime.words import message
from app.services.spreading import Spreading
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reader import Connection
from app.store.reading import calendar
from app.store.reading import slots as reading
from app.store.writing import slots as writing

DAY = timedelta(days=1)
MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class _Known:
    """What times are looked for in."""

    grid: SlotGrid
    occupied: list[Occupied]


class Slots:
    """Looking changes nothing. Each change of the grid is one entry of the undo list."""

    def __init__(
        self, database: Database, undo: Undo, clock: Clock, settings: Settings, zone: Callable[[], ZoneInfo]
    ) -> None:
        """`zone` is the shop's."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._settings = settings
        self._zone = zone
        self._spreading = Spreading(database, clock, self.paces, zone)

    # -- looking

    def paces(self) -> Paces:
        """What the accounts bear, as it is set now."""
        posting = self._settings.get(Posting)
        return Paces.of_settings(posting)

    async def good_times(self, accounts: Sequence[int], first_day: date, last_day: date) -> list[GoodTime]:
        """Those of some accounts on the days first to last, in time order, with how many own posts each is known from."""
        grid = await self._database.read(reading.grid, accounts)
        zone = self._zone()
        since = to_ms(self._clock.now() - WEEKS * 7 * DAY)
        known = counts(await self._database.read(reading.results, since, list(accounts)), zone)
        return [
            replace(each, samples=_samples(each, known, zone))
            for each in good_times(grid, first_day, last_day, accounts)
        ]

    async def next_good_time(
        self,
        accounts: Sequence[int],
        pillar: str = "",
        after: datetime | None = None,
        *,
        first: bool = False,
        post_id: int | None = None,
        sells_in: int | None = None,
    ) -> GoodTime | QueueFull:
        """The next free good time of some accounts after a moment (None: now). `first` puts it ahead: all queues serve it, and the limit
        of the day does not hold it back. `post_id` is the post itself, wherever it stands. `sells_in` is the campaign for which it
        sells: teaser days of that are left out. Looks no further than 60 days.
        """
        now = self._clock.now()
        begins = max(now, after or now)
        known = await self._database.read(self._read, begins)
        refused = await self._refused(sells_in, begins)
        room = Room(known.occupied, self.paces(), self._zone(), but=post_id)
        wish = Wish(tuple(accounts), begins, pillar, first, post_id, refused)
        return next_good_time(known.grid, room, wish, self._zone())

    async def places(self, post_ids: Sequence[int], *, first: bool = False) -> list[Move] | QueueFull:
        """Where these posts go, one after the other, so that each finds a free good time of its own; `QueueFull` where one finds none."""
        now, zone = self._clock.now(), self._zone()
        known = await self._database.read(self._read, now)
        moving = frozenset(post_ids)
        room = Room([each for each in known.occupied if each.post_id not in moving], self.paces(), zone)
        moves = []
        for number in post_ids:
            post = await self._database.read(calendar.one, number)
            if post is None:
                raise UserMistake(message("calendar.gone"))
            sells_in = post.campaign_id if post.format is PostFormat.PROMO else None
            wish = Wish(post.accounts, now, post.pillar, first, number, await self._refused(sells_in, now))
            found = next_good_time(known.grid, room, wish, zone)
            if isinstance(found, QueueFull):
                return found
            room.add(Occupied(found.at, post.accounts or found.account_ids, number))
            moves.append(Move(number, found.at))
        return moves

    async def mend(self, warning: RhythmWarning) -> list[Move]:
        """Moves that spread a flood or fill a silence, proposed and not done; none where nothing can be done."""
        return await self._spreading.propose(warning)

    def _read(self, connection: Connection, begins: datetime) -> _Known:
        until = begins + (HORIZON_DAYS + 2) * DAY
        return _Known(reading.grid(connection), reading.occupied(connection, to_ms(begins - DAY), to_ms(until)))

    async def _refused(self, sells_in: int | None, begins: datetime) -> tuple[tuple[date, date], ...]:
        """Days on which nothing of a campaign is for sale."""
        if sells_in is None:
            return ()
        today = begins.astimezone(self._zone()).date()
        phases = await self._database.read(calendar.phases, today, today + HORIZON_DAYS * DAY)
        return tuple(
            (each.starts_on, each.ends_on) for each in phases if each.campaign_id == sells_in and each.kind == "teaser"
        )

    async def best_times(self, account_id: int) -> list[BestTime]:
        """Up to three hours that are no slots yet: from what own posts of the last 16 weeks got, else general ones, which say so."""
        since = to_ms(self._clock.now() - WEEKS * 7 * DAY)
        grid = await self._database.read(reading.grid, [account_id])
        results = await self._database.read(reading.results, since, [account_id])
        return best_times(results, self._zone(), [(slot.weekday, slot.minute) for slot in grid.slots])

    # -- the grid

    async def add(self, account_id: int, weekdays: Iterable[int], minute: int, pillar: str = "") -> list[int]:
        """A good time on these weekdays, in the shop's zone; answers their ids. What is there already stays as it is."""
        if not 0 <= minute < MINUTES:
            raise UserMistake(message("slots.no_time"), field="time")
        before = await self._database.read(reading.grid, [account_id])
        there = {(slot.weekday, slot.minute, slot.pillar) for slot in before.slots if slot.enabled}
        days = sorted(day for day in set(weekdays) if (day, minute, pillar) not in there)
        zone = str(self._zone())

        def act(session: Session) -> list[int]:
            return [writing.add(session, account_id, day, minute, zone, pillar) for day in days]

        made = await self._database.write(act)
        if made:
            self._did("undone.slots_added", len(made), before, account_id)
        return made

    async def change(self, slot: Slot) -> None:
        """Another weekday, time or queue for a slot."""
        if not 0 <= slot.minute < MINUTES:
            raise UserMistake(message("slots.no_time"), field="time")
        before = await self._database.read(reading.grid, [slot.account_id])
        same = [each for each in before.slots if each.id != slot.id]
        if any((each.weekday, each.minute, each.pillar) == (slot.weekday, slot.minute, slot.pillar) for each in same):
            raise UserMistake(message("slots.twice"), field="time")
        await self._database.write(writing.bring, [slot])
        self._did("undone.slot_changed", 1, before, slot.account_id)

    async def remove(self, account_id: int, slot_ids: Sequence[int]) -> None:
        before = await self._database.read(reading.grid, [account_id])
        await self._database.write(writing.remove, list(slot_ids))
        self._did("undone.slots_removed", len(slot_ids), before, account_id)

    async def switch_day(self, account_id: int, weekday: int, *, on: bool) -> None:
        """A day without good times; they keep their times for when it is switched on again."""
        before = await self._database.read(reading.grid, [account_id])
        await self._database.write(lambda session: writing.switch_day(session, account_id, weekday, on=on))
        self._did("undone.slot_day", 1, before, account_id)

    async def copy_to(self, account_id: int, others: Sequence[int]) -> None:
        """Other accounts get the good times of this one; what they had is replaced."""
        grid = await self._database.read(reading.grid)
        source = [slot for slot in grid.slots if slot.account_id == account_id]
        targets = [number for number in others if number != account_id]

        def act(session: Session) -> None:
            for number in targets:
                writing.remove(session, [slot.id for slot in grid.slots if slot.account_id == number])
                for slot in source:
                    writing.add(session, number, slot.weekday, slot.minute, slot.zone, slot.pillar)
                for day in range(7):
                    writing.switch_day(session, number, day, on=(account_id, day) not in grid.off)

        await self._database.write(act)
        self._did("undone.slots_copied", len(targets), grid, *targets)

    def _did(self, said: str, many: int, before: SlotGrid, *accounts: int) -> None:
        """How the grid of some accounts goes back to what it was."""
        touched = frozenset(accounts)

        async def back() -> None:
            now = await self._database.read(reading.grid)

            def act(session: Session) -> None:
                old = [slot for slot in before.slots if slot.account_id in touched]
                kept = {slot.id for slot in old}
                writing.remove(
                    session, [slot.id for slot in now.slots if slot.account_id in touched and slot.id not in kept]
                )
                writing.bring(session, old)
                for account in touched:
                    for day in range(7):
                        writing.switch_day(session, account, day, on=(account, day) not in before.off)

            await self._database.write(act)

        self._undo.did(Act(message(said, n=many), back))


def _samples(good: GoodTime, known: Mapping[tuple[int, int, int], int], zone: ZoneInfo) -> int:
    local = good.at.astimezone(zone)
    return sum(known.get((account, local.weekday(), local.hour), 0) for account in good.account_ids)
