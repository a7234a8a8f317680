"""The only way in: reads messages and figures of every account, page by page, the cursor in the same transaction as what it covers."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random

from app.models.account import AccountState
from app.models.case import Asked
from app.models.judgement import Judge, as_it_comes
from app.models.mailbox import EMAIL
from app.models.pace import Pace
from app.networks.hearing import Allowance, FillsIn, TellsAllowance
from app.networks.network import HearsMessages, TellsLimits
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import (
    AppError,
    CredentialTrouble,
    DiskTrouble,
    NetworkTrouble,
    PaymentNeeded,
    RateLimited,
    SignedOut,
)
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.services import backoff
from app.services.alarm import Alarm
from app.services.arriving import arrival
from app.services.collecting import Collecting
from app.services.connections import Connections, Link
from app.services.first_reading import FirstReadings
from app.services.pacing import Pacing
from app.services.server_facts import facts_from, facts_text, limits_text, with_experience
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import accounts as reading
from app.store.reading import conversations as conversations_reading
from app.store.writing import accounts, conversations, messages

_log = logging.getLogger(__name__)

STREAM = "messages"
LIMITS_EVERY = timedelta(days=1)
DISK_PAUSE = timedelta(minutes=1)
"""How long to wait where the data file cannot be written."""
TOLD_AGAIN = timedelta(hours=1)


def as_others(_network: str) -> timedelta | None:
    """Every network is looked at equally often."""
    return None


Promise = Callable[[Asked], datetime | None]
"""Answer-by time of an arrival; None where no answer is owed."""

LookFor = Callable[[Link, Callable[[], bool]], Awaitable[int]]
"""Asks an account's network for the saved searches, until it is stopped; answers how many posts were new."""


async def nothing_to_look_for(_link: Link, _stopped: Callable[[], bool]) -> int:
    """Without saved searches."""
    return 0


class Sync:
    """Reads accounts one after the other, first what is new of all, then what is old. Stopping keeps what was stored: reading goes on from there."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        tasks: Tasks,
        clock: Clock,
        promise: Promise,
        interval: Callable[[], timedelta],
        chance: Random,
        own_interval: Callable[[str], timedelta | None] = as_others,
        judge: Judge = as_it_comes,
        look_for: LookFor = nothing_to_look_for,
        zone: Callable[[], tzinfo] = lambda: UTC,
        paused: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """`zone` is the shop's: figures of accounts are noted by its days. `interval` is asked before each pause, so that a changed setting holds at once. `own_interval` answers how much longer a
        network that charges is left alone. `paused`: until when the user wants nothing to be read unasked.
        """
        self.progress: Signal[[int, int, int | None]] = Signal("sync.progress")
        self.looked: Signal[[datetime]] = Signal("sync.looked")
        self.trouble: Signal[[int, AppError | None]] = Signal("sync.trouble")
        """(account id, what went wrong; None when it works again): said once each way, not at every attempt."""
        self._database = database
        self._connections = connections
        self._tasks = tasks
        self._clock = clock
        self._promise = promise
        self._judge = judge
        self._look_for = look_for
        self._paused = paused
        self._chance = chance
        self._alarm = Alarm(tasks, clock, "sync: next look")
        self._not_before: dict[int, datetime] = {}
        self._pacing = Pacing(clock, interval, own_interval)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One reading of an account at a time: its cursor never goes back."""
        self._over_limit: set[int] = set()
        """Accounts not looked at because the user's limit for the month is reached."""
        self._failures: dict[int, int] = {}
        self._told: dict[int, str] = {}
        """Accounts whose trouble was told, and which: the id of its message."""
        self._collecting = Collecting(database, clock, zone)
        self._limits_at: dict[int, datetime] = {}
        self._stopping = False
        self._looking = 0
        self._first = FirstReadings(database, clock, promise, judge, self.progress, lambda: self._stopping)
        self.paused = self._first.paused
        database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        """A conversation may have been snoozed: there may be one to wake before the next look."""
        if changes.touches("conversation"):
            self._alarm.ring()

    async def run(self) -> None:
        """Look at every account again and again, until cancelled; wakes snoozed conversations on time as well.

        A disk that cannot be written is told, once an hour at most, and tried again: what could not be stored is read anew. That a look wrote
        nothing says nothing about the disk.
        """
        told: datetime | None = None
        began = False
        while True:
            try:
                await self._wake_snoozed()
                await self.look_now(asked=False)
                if not began:
                    began = True
                    await self._first.tell_paused()
                await self._sleep()
            except DiskTrouble as trouble:
                now = self._clock.now()
                if told is None or now - told >= TOLD_AGAIN:
                    self._tasks.spawn("sync: the disk", _tell(trouble), owner=self)
                    told = now
                await self._clock.sleep_until(now + DISK_PAUSE)

    async def _sleep(self) -> None:
        """Until somebody's turn comes; a look at one account alone puts only that one off."""
        while (now := self._clock.now()) < (next_look := max(filter(None, (self._pacing.next_due(self._not_before), self._paused())))):
            wake = await self._database.read(conversations_reading.next_wake)
            if wake is not None and wake <= now:
                await self._wake_snoozed()
                continue
            await self._alarm.wait(min(next_look, wake) if wake is not None else next_look)

    async def _wake_snoozed(self) -> None:
        await self._database.write(conversations.wake_due, to_ms(self._clock.now()))

    async def look_now(self, *, asked: bool = True) -> int:
        """Read every account that is ready; answers how many new messages of customers came.

        `asked` by the user: an account whose turn was put off after a failure is tried all the same, but never before a time that its server named.
        """
        if not asked and self._paused() is not None:
            return 0
        self._stopping = False
        self._looking += 1
        new = 0
        try:
            rows = await self._database.read(reading.accounts)  # mailboxes are read by services/letters.py
            ready = [row for row in rows if row.state is AccountState.READY and row.network != EMAIL]
            self._pacing.keep_to({account.id for account in ready})
            for account in ready:
                if self._stopping:
                    break
                if self._may_look(account.id, asked=asked):
                    self._pacing.looked(account.id, account.network, self._clock.now())
                    new += await self._look(account.id, self._all_of)
            for account in ready:
                if not self._stopping and self._may_fill(account.id) and await self._first.waits(account.id):
                    new += await self._look(account.id, self._first.rest_of)
            if self._stopping:
                await self._first.pause()
        finally:
            self._looking -= 1
        self.looked.emit(self._clock.now())
        return new

    async def look_at(self, account_id: int) -> int:
        """Read one account, because its server said that something came; nothing where it wants to be left alone."""
        if not self._looking:
            self._stopping = False
        if not self._may_fill(account_id) or self._paused() is not None:
            return 0
        return await self._look(account_id, self._all_of)

    def stop(self) -> None:
        """End the reading under way after the page at hand. A first reading then goes on only when asked to."""
        self._stopping = True

    async def go_on(self) -> int:
        """Go on with the first readings that were stopped; answers how many messages came."""
        await self._first.resume()
        return await self.look_now()

    def hurry(self) -> None:
        """The computer slept: everybody is looked at now."""
        self._pacing.hurry()
        self._not_before = {number: moment for number, moment in self._not_before.items() if number not in self._failures}
        self._alarm.ring()

    def reconsider(self) -> None:
        """Something decides otherwise how often is looked."""
        self._alarm.ring()

    def set_live(self, account_id: int, live: bool) -> None:
        """Whether its server tells by itself when something has come."""
        self._pacing.set_live(account_id, live)

    def pace(self, account_id: int, network: str) -> Pace:
        """How often the account is looked at now."""
        return self._pacing.pace(account_id, network)

    def limit_changed(self) -> None:
        """What was not looked at because of the user's limit may be again."""
        for account_id in self._over_limit:
            self._not_before.pop(account_id, None)
        self._over_limit.clear()

    def _may_look(self, account_id: int, *, asked: bool) -> bool:
        planned = self._pacing.due(account_id)
        if not asked and planned is not None and planned > self._clock.now():
            return False
        moment = self._not_before.get(account_id)
        if moment is None or moment <= self._clock.now():
            return True
        return asked and account_id in self._failures

    def _may_fill(self, account_id: int) -> bool:
        moment = self._not_before.get(account_id)
        return moment is None or moment <= self._clock.now()

    async def _look(self, account_id: int, read: Callable[[Link], Awaitable[int]]) -> int:
        async with self._turns[account_id]:
            return await self._careful(account_id, read)

    async def _all_of(self, link: Link) -> int:
        before = _allowance(link)
        new = await self._read_messages(link)
        self._pacing.cost(link.account_id, before, _allowance(link))
        await self._collecting.read(link)
        await self._read_limits(link)
        await self._look_for(link, lambda: self._stopping)
        return new

    async def _careful(self, account_id: int, read: Callable[[Link], Awaitable[int]]) -> int:
        """Reads, and takes note of what goes wrong with it."""
        try:
            link = await self._connections.get(account_id)
            new = await read(link)
        except RateLimited as trouble:
            self._not_before[account_id] = backoff.after(trouble.until, self._chance)
            self._failures.pop(account_id, None)
            await self._note_trouble(account_id, trouble)
        except (SignedOut, PaymentNeeded) as trouble:
            if isinstance(trouble, PaymentNeeded) and trouble.until is not None:  # the user's own limit: no reason to pause
                self._not_before[account_id] = trouble.until
                self._over_limit.add(account_id)
                await self._note_trouble(account_id, trouble)
                return 0
            state = AccountState.SIGNED_OUT if isinstance(trouble, SignedOut) else AccountState.PAUSED
            now, text = to_ms(self._clock.now()), trouble.message.to_json()
            await self._database.write(accounts.set_state, account_id, state, now, text)
            await self._connections.forget(account_id)
            self._tell_once(account_id, trouble)
        except (NetworkTrouble, CredentialTrouble) as trouble:
            failures = self._failures.get(account_id, 0)
            self._failures[account_id] = failures + 1
            self._not_before[account_id] = backoff.next_try(self._clock.now(), failures, self._chance)
            await self._note_trouble(account_id, trouble)
        else:
            self._failures.pop(account_id, None)
            self._not_before.pop(account_id, None)
            await self._database.write(accounts.checked, account_id, to_ms(self._clock.now()))
            if self._told.pop(account_id, None) is not None:
                self.trouble.emit(account_id, None)
            return new
        return 0

    async def _note_trouble(self, account_id: int, trouble: AppError) -> None:
        _log.info("account %s: %s", account_id, trouble)
        await self._database.write(accounts.set_trouble, account_id, trouble.message.to_json())
        self._tell_once(account_id, trouble)

    def _tell_once(self, account_id: int, trouble: AppError) -> None:
        """The same trouble again is no news."""
        if self._told.get(account_id) != trouble.message.id:
            self._told[account_id] = trouble.message.id
            self.trouble.emit(account_id, trouble)

    async def _read_messages(self, link: Link) -> int:
        if not isinstance(link.connection, HearsMessages):
            return 0
        cursor = await self._database.read(reading.cursor, link.account_id, STREAM)
        if not cursor and isinstance(link.connection, FillsIn):
            return await self._first.begin(link.account_id, link.connection, STREAM)
        new = count = 0
        async for page in link.connection.messages(cursor):
            arrivals = [arrival(item) for item in page.messages]
            now = to_ms(self._clock.now())
            new += await self._database.write(
                messages.keep, link.account_id, arrivals, STREAM, page.cursor, now, self._promise, self._judge, bulk=True
            )
            count += len(arrivals)
            if page.total is not None:
                self.progress.emit(link.account_id, count, page.total)
            if self._stopping:
                break
        if not await self._first.waits(link.account_id):
            self.progress.emit(link.account_id, count, None)
        return new

    # --- limits

    async def _read_limits(self, link: Link) -> None:
        now = self._clock.now()
        last = self._limits_at.get(link.account_id)
        if not isinstance(link.connection, TellsLimits) or (last is not None and now - last < LIMITS_EVERY):
            return
        limits, told = await link.connection.limits()
        _, before = await self._database.read(reading.limits_and_facts, link.account_id)
        facts = with_experience(told, facts_from(before))
        await self._database.write(accounts.update_server, link.account_id, limits_text(limits), facts_text(facts))
        self._limits_at[link.account_id] = now


async def _tell(trouble: AppError) -> None:
    """Raised in a task of its own it reaches the user, and the reading goes on."""
    raise trouble


def _allowance(link: Link) -> Allowance | None:
    return link.connection.allowance() if isinstance(link.connection, TellsAllowance) else None
