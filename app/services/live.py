"""Live updates: listens where a server tells by itself that something came, and has it read from the cursor as ever.

A stream only rings. What it says is neither trusted nor stored, so a cut, a repeated or a garbled event costs at most a reading; and after each
connecting the account is read once, for no stream tells what was missed. Where there is none, polling goes on as before.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from app.models.account import AccountState
from app.networks.hearing import Sign, Streams
from app.runtime.clock import Clock
from app.runtime.errors import AppError, CredentialTrouble, NetworkTrouble, RateLimited, Refused, SignedOut
from app.runtime.tasks import Tasks
from app.services import backoff
from app.services.alarm import Alarm
from app.services.connections import Connections
from app.services.waking import Waking
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import accounts as reading

_log = logging.getLogger(__name__)

AGAIN_AFTER_REFUSAL = timedelta(hours=6)
STEADY = timedelta(minutes=1)
"""A connection that held for so long was a good one: the next failure is the first again."""
GATHERING_SECONDS = 1.0
"""News come in bursts, and a server may tell them before it shows them."""
SECOND_LOOK_SECONDS = 8.0
"""Where a ring brought nothing: so much later once more."""
BETWEEN_LOOKS_SECONDS = 4.0


class Looks(Protocol):
    """What is wanted of the reading."""

    async def look_at(self, account_id: int) -> int: ...

    def set_live(self, account_id: int, live: bool) -> None: ...

    def hurry(self) -> None: ...


class Live:
    """One listener an account that is ready; `run` until cancelled."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        sync: Looks,
        tasks: Tasks,
        clock: Clock,
        chance: Random,
        wanted: Callable[[], bool],
    ) -> None:
        """`wanted`: whether the user lets servers tell live at all; asked again when settings or accounts change."""
        self._database = database
        self._connections = connections
        self._sync = sync
        self._tasks = tasks
        self._clock = clock
        self._chance = chance
        self._wanted = wanted
        self._alarm = Alarm(tasks, clock, "live: accounts")
        self._listening: dict[int, Listener] = {}
        self._waking = Waking(clock)

    async def run(self) -> None:
        """Listen to every account that is ready, and look again wherever this computer may have slept."""
        disconnect = self._database.changed.connect(self._hear)
        self._tasks.spawn("live: waking", self._waking.watch(self._woke), owner=self)
        try:
            while True:
                await self._settle()
                await self._alarm.wait(None)
        finally:
            disconnect()
            for listener in self._listening.values():
                listener.close()
            self._tasks.cancel(self)

    def reconsider(self) -> None:
        """The user changed whether anything is live."""
        self._alarm.ring()

    def _hear(self, changes: Changes) -> None:
        if changes.touches("account"):
            self._alarm.ring()

    def _woke(self, _jump: timedelta) -> None:
        for listener in self._listening.values():
            listener.close()
        self._listening.clear()
        self._sync.hurry()
        self._alarm.ring()

    async def _settle(self) -> None:
        """Listeners for those that are ready and no others; one whose account was signed in again begins anew."""
        accounts = await self._database.read(reading.accounts) if self._wanted() else []
        ready: Mapping[int, object] = {
            each.id: each.state_since for each in accounts if each.state is AccountState.READY
        }
        for number, listener in list(self._listening.items()):
            if ready.get(number, self) != listener.since:
                listener.close()
                del self._listening[number]
        for number, since in ready.items():
            if number not in self._listening:
                self._listening[number] = Listener(
                    number, since, self._connections, self._sync, self._tasks, self._clock, self._chance
                )


class Listener:
    """Listens to one account until it is closed; connects again after growing pauses."""

    def __init__(
        self,
        account_id: int,
        since: object,
        connections: Connections,
        sync: Looks,
        tasks: Tasks,
        clock: Clock,
        chance: Random,
    ) -> None:
        self.since = since
        self._id = account_id
        self._connections = connections
        self._sync = sync
        self._tasks = tasks
        self._clock = clock
        self._chance = chance
        self._rung = Alarm(tasks, clock, f"live: account {account_id}")
        self._failures = 0
        self._connected_at: datetime | None = None
        tasks.spawn(f"live: listen to account {account_id}", self._listen(), owner=self)
        tasks.spawn(f"live: read account {account_id}", self._read(), owner=self)

    def close(self) -> None:
        self._tasks.cancel(self)
        self._sync.set_live(self._id, False)

    async def _listen(self) -> None:
        while True:
            until = await self._hold()
            self._sync.set_live(self._id, False)
            steady = self._connected_at is not None and self._clock.now() - self._connected_at >= STEADY
            self._connected_at = None
            self._failures = 0 if steady else self._failures
            pause = backoff.next_try(self._clock.now(), self._failures, self._chance)
            self._failures += 1
            await self._clock.sleep_until(max(pause, until or pause))

    async def _hold(self) -> datetime | None:
        """One connection from beginning to end; answers before when not to try again."""
        try:
            link = await self._connections.get(self._id)
            if not isinstance(link.connection, Streams):
                return self._clock.now() + AGAIN_AFTER_REFUSAL
            async with aclosing(link.connection.live()) as signs:  # type: ignore[type-var]
                async for sign in signs:
                    if sign is Sign.CONNECTED:
                        self._connected_at = self._clock.now()
                        self._sync.set_live(self._id, True)
                    self._rung.ring()
        except Refused as trouble:
            _log.info("account %s is not live: %s", self._id, trouble)
            return self._clock.now() + AGAIN_AFTER_REFUSAL
        except RateLimited as trouble:
            return backoff.after(trouble.until, self._chance)
        except (
            NetworkTrouble,
            CredentialTrouble,
            SignedOut,
        ) as trouble:  # the reading finds out, and says so, by itself
            _log.info("account %s: the live connection ended: %s", self._id, trouble)
        return None

    async def _read(self) -> None:
        """Whenever it rang: read, and once more where that brought nothing."""
        while True:
            await self._rung.wait(None)
            await self._clock.sleep(GATHERING_SECONDS)
            if not await self._look(self._sync.look_at):
                await self._rung.wait(self._clock.now() + timedelta(seconds=SECOND_LOOK_SECONDS))
                await self._look(self._sync.look_at)
            await self._clock.sleep(BETWEEN_LOOKS_SECONDS)

    async def _look(self, look_at: Callable[[int], Awaitable[int]]) -> int:
        try:
            return await look_at(self._id)
        except AppError as trouble:  # a disk that is full is told by the reading that goes on beside
            _log.info("account %s: not read: %s", self._id, trouble)
            return 0
