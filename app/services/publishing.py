"""The only way out: claims what the outbox owes, hands it to the network once, and writes down the answer.

A claim is committed before the network is called and the answer after; whatever happens in between leaves the item unsure, and an unsure
item is looked for at the network before anything else. See ARCHITECTURE.md, "The outbox".
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from app.models.delivery import Delivery
from app.models.lateness import Lateness, Pause
from app.models.outbox import DeliveryState
from app.runtime.clock import Clock
from app.runtime.errors import AppError, DiskTrouble
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import Message
from app.services import image_sets, lateness
from app.services.alarm import Alarm
from app.services.connections import Connections
from app.services.deliveries import Ledger
from app.services.holding import Holding
from app.services.sending import LEASE_SECONDS, Sending
from app.services.settling import Settling
from app.services.uploading import Uploading
from app.services.waking import Waking
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reading import outbox as reading
from app.store.reading.queries import PUBLISHING_SERVICE
from app.store.writing import leases, outbox

_log = logging.getLogger(__name__)

SERVICE_LEASE_SECONDS = 180
MOST_AT_ONCE = 50
"""Deliveries claimed in one transaction; never more than one an account."""
TENDING_REST_SECONDS = 0.5
SHORTEST_REST = timedelta(seconds=1)
"""Between two rounds that found nothing to do although something seemed due."""
DISK_PAUSE = timedelta(minutes=1)
"""How long to wait where the data file cannot be written."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the user decided about how things leave; asked each time, so that a changed setting holds at once."""

    late: Callable[[], Lateness] = Lateness
    """For posts without a rule of their own."""
    zone: Callable[[], str] = lambda: "UTC"
    """IANA name of the shop's zone, for posts without a zone of their own."""
    server_holds: Callable[[], bool] = lambda: False
    """Whether servers are to hold posts, where it is safe."""
    paused: Callable[[], datetime | None] = lambda: None
    """Until when the user wants nothing to be sent."""
    pause: Callable[[], Pause | None] = lambda: None
    """The last one, which may be over: what it held back is not late as other things are."""


class Publishing:
    """The engine. Several processes may run one on the same profile: a claim is a row in the database, never a lock in memory.

    Two loops: one sends what is due and never waits for anything else; the other tends what may take its time: doubts, posts that
    servers hold, uploads ahead.
    """

    def __init__(
        self,
        database: Database,
        connections: Connections,
        tasks: Tasks,
        clock: Clock,
        media: Path,
        chance: Random,
        rules: Rules | None = None,
    ) -> None:
        """`media` is the profile's media folder, to which pictures' paths are relative."""
        self.said: Signal[Message] = Signal("publishing.said")
        """What happened that nobody asked for and the user should hear."""
        self._database = database
        self._connections = connections
        self._tasks = tasks
        self._clock = clock
        self._media = media
        self._chance = chance
        self._rules = rules or Rules()
        self._alarm = Alarm(tasks, clock, "publishing: next due")
        self._bell = Alarm(tasks, clock, "publishing: tend next")
        self._waking = Waking(clock)
        self._ledger = Ledger(database, clock)
        self._settling = Settling(database, self._ledger, connections, clock, chance)
        self._uploading = Uploading(database, connections, clock, media)
        self._holding = Holding(
            database, self._ledger, self._settling, connections, self._uploading, clock, chance, self._rules.server_holds, self.said.emit
        )
        self._sending = Sending(
            database, self._ledger, self._settling, self._uploading, connections, tasks, clock, chance
        )
        self._running: set[asyncio.Task[None]] = set()
        self._told: set[Alarm] = set()
        """The loops that are kept from work by the disk: told once for both."""
        database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("outbox", "account"):
            self._alarm.ring()
            self._bell.ring()

    async def run(self) -> None:
        """Send what falls due, until cancelled. A disk that cannot be written is told once and tried again; all that is owed waits."""
        tending = self._tasks.spawn("publishing: tending", self._run_tending(), owner=self)
        waking = self._tasks.spawn("publishing: waking", self._waking.watch(self._wake_up), owner=self)
        try:
            await self._run_sending()
        finally:
            tending.cancel()
            waking.cancel()

    async def run_as_service(self) -> None:
        """The same without a window; screens say meanwhile that the publishing service keeps their promises."""
        lease = self._tasks.spawn("publishing: service lease", self._keep_lease(), owner=self)
        try:
            await self.run()
        finally:
            lease.cancel()
            with suppress(DiskTrouble):  # it ends by itself
                await asyncio.shield(self._database.write(leases.release, PUBLISHING_SERVICE, self._database.process_id))

    async def close(self) -> None:
        """Call it when nothing runs any more. A claim whose answer was cut off is settled at the next start, or by another process, at once."""
        try:
            if not self._database.read_only:
                await self._settling.let_go()
        except DiskTrouble:
            _log.warning("claims could not be let go: they are taken over when their leases end")

    async def _keep_lease(self) -> None:
        while True:
            now = self._ledger.now_ms()
            with suppress(DiskTrouble):  # told by the loop that sends
                await self._database.write(leases.take, PUBLISHING_SERVICE, self._database.process_id, now, SERVICE_LEASE_SECONDS)
            await self._clock.sleep(SERVICE_LEASE_SECONDS / 3)

    def _wake_up(self, slept: timedelta) -> None:
        """The computer slept, or its clock was set: what is due is looked at now."""
        _log.info("the clock is %s ahead of what passed", slept)
        self._alarm.ring()
        self._bell.ring()

    async def _run_sending(self) -> None:
        await self._in_turns(self._alarm, self._send, self._next_due)

    async def _run_tending(self) -> None:
        async def turn() -> None:
            await self._settle()
            await self.look_ahead()
            await self._clock.sleep(TENDING_REST_SECONDS)  # each delivery rings the bell

        await self._in_turns(self._bell, turn, self._next_to_tend)

    async def _in_turns(
        self, alarm: Alarm, turn: Callable[[], Awaitable[None]], next_moment: Callable[[], Awaitable[datetime | None]]
    ) -> None:
        while True:
            began = self._clock.now()
            try:
                await turn()
                moment = await next_moment()
                self._told.discard(alarm)
            except DiskTrouble as trouble:
                if not self._told:
                    self._tasks.spawn("publishing: the disk", _tell(trouble), owner=self)
                self._told.add(alarm)
                moment = self._clock.now() + DISK_PAUSE
            now = self._clock.now()
            if moment is not None and began < moment <= now:
                continue  # it fell due meanwhile: no reason to rest
            await alarm.wait(now + SHORTEST_REST if moment is not None and moment <= now else moment)

    def hurry(self) -> None:
        """The computer woke, or a pause was made or ended: what is due is looked at now."""
        self._alarm.ring()
        self._bell.ring()

    async def send_due(self) -> None:
        """Send all that is due now, and wait for it; then settle what is in doubt, and send what follows from that. Accounts at the same
        time, an account's items in order.
        """
        await self._send_all()
        await self._settle()
        await self._send_all()

    async def look_ahead(self) -> None:
        """Hand posts to servers that keep them until their time, and upload what will be needed soon."""
        if self._rules.paused() is None:
            await self._holding.hand_over()
        await self._uploading.ahead()

    async def _send_all(self) -> None:
        await self._send()
        while self._running:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            await self._send()

    async def _send(self) -> None:
        """Begin what is due. What is under way goes on beside it: a slow server keeps nobody waiting but its own account."""
        while claimed := await self._claim():
            for item in claimed:
                task = self._tasks.spawn(f"deliver {item.id}", self._sending.deliver(item), owner=self)
                self._running.add(task)
                task.add_done_callback(self._delivered)

    def _delivered(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._alarm.ring()  # the account's next one may go

    async def _settle(self) -> None:
        await self._settling.take_over()
        await self._settling.settle_unsure()
        await self._holding.tend()

    async def _claim(self) -> list[Delivery]:
        """What is due, but for posts that are late and by their rule do not leave; asked in the transaction that claims."""
        if self._rules.paused() is not None:
            return []
        now, now_ms = self._clock.now(), self._ledger.now_ms()

        def act(session: Session) -> tuple[list[Message], list[Delivery]]:
            image_sets.tend(session, now_ms, self._connections.cards)
            late = lateness.apply(session, now, self._rules.late(), self._rules.zone(), self._rules.pause())
            return late, outbox.claim(session, now_ms, self._database.process_id, LEASE_SECONDS, limit=MOST_AT_ONCE)

        late, claimed = await self._database.write(act)
        for said in late:
            self.said.emit(said)
        return claimed

    async def _next_due(self) -> datetime | None:
        due, paused = await self._database.read(reading.next_due), self._rules.paused()
        return due if due is None or paused is None else max(due, paused)

    async def _next_to_tend(self) -> datetime | None:
        """When there is next an unsure item to look for, a claim that may have been left behind, a held post or an upload to see to."""
        moments = [item.next_try_at for item in await self._ledger.to_ask_about(DeliveryState.UNSURE)]
        moments += [item.claim_ends_at for item in await self._ledger.in_state(DeliveryState.CLAIMED)]
        moments += [await self._holding.next_moment(), await self._uploading.next_moment()]
        return min((moment for moment in moments if moment is not None), default=None)


async def _tell(trouble: AppError) -> None:
    """Raised in a task of its own it reaches the user, and the engine goes on."""
    raise trouble


