"""Recurring posts: their occurrences stand on the calendar as real posts some weeks ahead, each day's made once by whichever process is first.

An occurrence that the user changed is the user's: what happens to the series later leaves it alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.models.series import Occurrence, Series
from app.runtime.clock import Clock, day_start, from_wall, to_ms
from app.runtime.errors import DiskTrouble, UserMistake
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import posts as posts_reading
from app.store.reading import series as reading
from app.store.writing import calendar, outbox, posts
from app.store.writing import series as writing

_log = logging.getLogger(__name__)

AHEAD = timedelta(weeks=5)
"""So far ahead its posts stand on the calendar."""
MOST_SHOWN = 60
LEFT = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
DAY = timedelta(days=1)
SHORTLY_AFTER = timedelta(minutes=2)
"""After midnight, when the day is another one for sure."""
DISK_PAUSE = timedelta(minutes=5)


class Plans(Protocol):
    """Owes a post at its time (services/calendar.py)."""

    async def schedule(
        self, draft: PostDraft, at: datetime | None, *, wait_undo: bool = True, undoable: bool = True
    ) -> int: ...


def days(series: Series, first: date, last: date) -> list[date]:
    """On which days of a span it comes by its rule, skipped ones included."""
    begins, ends = max(first, series.starts_on), min(last, series.ends_on or last)
    if begins > ends:
        return []
    rule = rrulestr(series.rule.to_text(), dtstart=datetime.combine(series.starts_on, time()))
    found = rule.between(datetime.combine(begins, time()), datetime.combine(ends, time()), inc=True)
    return [moment.date() for moment in found]


def moment_of(series: Series, day: date) -> datetime:
    """The wall-clock minute of that day as aware UTC, whatever the clocks did meanwhile."""
    hour, minute = divmod(series.minute, 60)
    return from_wall(datetime.combine(day, time(hour, minute)), ZoneInfo(series.zone)).at


class Recurring:
    """Acts of the user can be taken back. `run` tops up at the start and after each midnight of the shop."""

    def __init__(self, database: Database, plans: Plans, undo: Undo, clock: Clock) -> None:
        self.said: Signal[Message] = Signal("recurring.said")
        """What happened that nobody asked for."""
        self._database = database
        self._plans = plans
        self._undo = undo
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def run(self, zone: Callable[[], ZoneInfo]) -> None:
        """Until cancelled; `zone` is the shop's. A disk that cannot be written is the engine's to tell."""
        while True:
            try:
                await self.top_up()
                now = self._clock.now()
                until = day_start(now + DAY, zone()) + SHORTLY_AFTER
            except DiskTrouble:
                now = self._clock.now()
                until = now + DISK_PAUSE
            await self._clock.sleep(max((until - now).total_seconds(), 60))

    async def all_of(self) -> list[Series]:
        """Those that have not ended."""
        return await self._database.read(reading.all_of)

    async def coming(self, series_id: int) -> list[Occurrence]:
        """What comes next, skipped days included; raises UserMistake where it has ended."""
        series = await self._series(series_id)
        now = self._clock.now()
        made = await self._database.read(reading.days_made, series_id)
        today = now.astimezone(ZoneInfo(series.zone)).date()
        found = []
        for day in days(series, today, today + AHEAD)[:MOST_SHOWN]:
            if moment_of(series, day) > now:
                gone = day in made and made[day] is None
                found.append(Occurrence(day, made.get(day), day in series.skipped or gone))
        return found

    # -- making ----------------------------------------------------------------------------------------------------------------

    async def top_up(self, only: int | None = None) -> int:
        """Make what is missing of the weeks ahead; answers how many posts were made."""
        made = 0
        async with self._one_at_a_time:
            for series in await self._database.read(reading.all_of):
                if series.paused or series.id is None or only not in (None, series.id):
                    continue
                made += await self._make(series.id, series)
        return made

    async def _make(self, series_id: int, series: Series) -> int:
        now = self._clock.now()
        today = now.astimezone(ZoneInfo(series.zone)).date()
        there = await self._database.read(reading.days_made, series_id)
        made, left = 0, 0
        for day in days(series, today, today + AHEAD):
            at = moment_of(series, day)
            if at <= now or day in series.skipped:
                continue
            number = (
                there.get(day)
                if day in there
                else await self._database.write(_occur, series_id, series, day, to_ms(at), to_ms(now))
            )
            made += day not in there and number is not None
            if number is not None and series.state is PostState.SCHEDULED:
                left += not await self._schedule(number, at)
        await self._database.write(writing.made_until, series_id, today + AHEAD)
        if left:
            self.said.emit(message("series.left_as_drafts", n=left, name=series.name))
        return made

    async def _schedule(self, post_id: int, at: datetime) -> bool:
        """What was made and never touched since is planned; also where a process died between the two. False where it cannot go out."""
        if not await self._database.read(reading.is_untouched, post_id):
            return True
        draft = await self._database.read(posts_reading.post, post_id)
        if draft is None:
            return True
        try:
            await self._plans.schedule(draft, at, wait_undo=False, undoable=False)
        except UserMistake as mistake:
            _log.info("occurrence %s stays a draft: %s", post_id, mistake.message.id)
            await self._database.write(posts.set_state, post_id, PostState.DRAFT, to_ms(self._clock.now()) + 1)
            return False
        return True

    # -- what the user does ----------------------------------------------------------------------------------------------------

    async def begin(self, series: Series, post_id: int | None = None) -> int:
        """Repeat a post from now on; the post itself is the first occurrence where it stands on one of the days. Answers the series' id."""
        self._check(series)

        def act(session: Session) -> int:
            number = writing.add(session, series)
            if (
                post_id is not None
                and (stands := calendar.standing(session, post_id)) is not None
                and stands.planned_at is not None
            ):
                day = datetime.fromtimestamp(stands.planned_at / 1000, ZoneInfo(series.zone)).date()
                writing.join(session, post_id, number, day)
            return number

        number: int = await self._database.write(act)
        await self.top_up(number)

        async def back() -> None:
            await self._stop(number, but=post_id)

        async def again() -> None:
            await self._go_on(number)

        self._undo.did(Act(message("undone.series_begun"), back, again))
        return number

    async def change(self, series_id: int, series: Series) -> None:
        """All that is to come, but for what the user changed on single days."""
        self._check(series)
        before = await self._series(series_id)
        await self._become(series_id, series)

        async def back() -> None:
            await self._become(series_id, before)

        async def again() -> None:
            await self._become(series_id, series)

        self._undo.did(Act(message("undone.series_changed"), back, again))

    async def pause(self, series_id: int, *, paused: bool = True) -> None:
        """Nothing more comes until it goes on; what the user changed on single days stays."""
        before = await self._series(series_id)
        await self._become(series_id, replace(before, paused=paused))

        async def back() -> None:
            await self._become(series_id, before)

        self._undo.did(Act(message("undone.series_paused" if paused else "undone.series_resumed"), back))

    async def end(self, series_id: int) -> None:
        """It comes no more; what is out stays, what the user changed on single days too."""
        await self._series(series_id)
        await self._stop(series_id)

        async def back() -> None:
            await self._go_on(series_id)

        self._undo.did(Act(message("undone.series_ended"), back))

    async def skip(self, series_id: int, day: date) -> None:
        """That day is left out. Raises UserMistake where its post has left."""
        await self._series(series_id)
        now = to_ms(self._clock.now())

        def act(session: Session) -> tuple[int | None, list[Delivery]]:
            series = writing.get(session, series_id)
            number = writing.post_of(session, series_id, day)
            owed = outbox.of_post(session, number) if number is not None else []
            if any(item.state in LEFT for item in owed):
                raise UserMistake(message("series.has_left"))
            writing.change(session, series_id, replace(series, skipped=series.skipped | {day}))
            if number is not None:
                outbox.withdraw_post(session, number, now)
                posts.delete(session, number, now)
            return number, owed

        number, owed = await self._database.write(act)

        async def back() -> None:
            await self._database.write(_unskip, series_id, day, number, owed, to_ms(self._clock.now()))
            await self.top_up(series_id)

        self._undo.did(Act(message("undone.series_skipped"), back))

    async def unskip(self, series_id: int, day: date) -> None:
        """It comes on that day after all."""
        await self._series(series_id)
        await self._database.write(_unskip, series_id, day, None, [], to_ms(self._clock.now()))
        await self.top_up(series_id)

        async def back() -> None:
            await self.skip(series_id, day)

        self._undo.did(Act(message("undone.series_unskipped"), back))

    # -- inside ----------------------------------------------------------------------------------------------------------------

    async def _series(self, series_id: int) -> Series:
        found = await self._database.read(reading.one, series_id)
        if found is None:
            raise UserMistake(message("series.gone"))
        return found

    def _check(self, series: Series) -> None:
        today = self._clock.now().astimezone(ZoneInfo(series.zone)).date()
        if series.ends_on is not None and series.ends_on < max(today, series.starts_on):
            raise UserMistake(message("series.ends_before"), field="ends_on")
        if not series.draft.accounts and series.state is PostState.SCHEDULED:
            raise UserMistake(message("composer.no_account"), field="accounts")

    async def _become(self, series_id: int, series: Series) -> None:
        """Another rule or text, or paused: untouched posts to come are taken back, and made anew as the series is now."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> None:
            before = writing.change(session, series_id, series)
            _take_back(session, series_id, before, now)

        async with self._one_at_a_time:
            await self._database.write(act)
        await self.top_up(series_id)

    async def _stop(self, series_id: int, but: int | None = None) -> None:
        now = to_ms(self._clock.now())

        def act(session: Session) -> None:
            _take_back(session, series_id, writing.get(session, series_id), now, but)
            writing.end(session, series_id, now)

        async with self._one_at_a_time:
            await self._database.write(act)

    async def _go_on(self, series_id: int) -> None:
        await self._database.write(writing.end, series_id, None)
        await self.top_up(series_id)


def _occur(session: Session, series_id: int, series: Series, day: date, at_ms: int, now_ms: int) -> int | None:
    """The post of a day, unless there is one already or the series was changed since it was read: asked in the transaction that makes it."""
    if not writing.running(session, series_id) or writing.is_made(session, series_id, day):
        return None
    if writing.get(session, series_id) != series:
        return None
    draft = replace(series.draft, id=None, series_id=series_id, series_day=day.isoformat())
    number = posts.save(session, draft, now_ms)
    posts.plan(session, number, at_ms, series.zone, now_ms)
    return number


def _take_back(session: Session, series_id: int, series: Series, now_ms: int, but: int | None = None) -> None:
    """Posts to come that are still as the series made them."""
    for number in writing.posts_from(session, series_id, now_ms):
        if number == but or not _is_as_made(session, number, series):
            continue
        outbox.withdraw_post(session, number, now_ms)
        posts.delete(session, number, now_ms)
        writing.leave(session, number)


def _is_as_made(session: Session, post_id: int, series: Series) -> bool:
    if any(item.state in LEFT for item in outbox.of_post(session, post_id)):
        return False
    found = writing.draft_of(session, post_id)
    same_time = found.planned_at == moment_of(series, date.fromisoformat(found.series_day))
    return same_time and writing.alike(found, series.draft)


def _unskip(
    session: Session, series_id: int, day: date, post_id: int | None, owed: Iterable[Delivery], now_ms: int
) -> None:
    series = writing.get(session, series_id)
    writing.change(session, series_id, replace(series, skipped=series.skipped - {day}))
    if post_id is None:
        writing.forget_day(session, series_id, day)
        return
    posts.restore(session, post_id, now_ms)
    _owe_again(session, [item for item in owed if to_ms(item.due_at) > now_ms], now_ms)


def _owe_again(session: Session, owed: Sequence[Delivery], now_ms: int) -> None:
    for item in owed:
        if item.state in (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.BY_HAND):
            outbox.reschedule(session, item.id, to_ms(item.due_at), now_ms)
            if item.state is DeliveryState.BY_HAND:
                outbox.move(session, item.id, DeliveryState.BY_HAND, now_ms)
