"""The first reading of an account: newest first, a page at a time, stopped and gone on with as the user says.

How far it has come is kept as the cursor of a stream of its own, moved in the same transaction as each page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.models.arrival import Arrival
from app.models.judgement import Judge
from app.networks.hearing import FillsIn
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError
from app.runtime.signals import Signal
from app.services.arriving import arrival
from app.services.connections import Link
from app.store.database import Database
from app.store.reading import accounts as reading
from app.store.writing import messages
from app.store.writing.threads import Promise

STREAM = "earlier"
_DONE = "done"


@dataclass(frozen=True, slots=True)
class FirstReading:
    """`mark` is the network's; `read` of about `of` messages are stored. `stopped` by the user: it goes on only when asked to."""

    mark: str = ""
    read: int = 0
    of: int = 0
    stopped: bool = False
    done: bool = False

    @property
    def waits(self) -> bool:
        """Whether there is more to read, and nobody said not to."""
        return bool(self.mark) and not self.done and not self.stopped

    def text(self) -> str:
        if self.done:
            return _DONE
        return json.dumps({"mark": self.mark, "read": self.read, "of": self.of, "stopped": self.stopped})


def first_reading_of(text: str) -> FirstReading:
    """From the cursor. Where there is none (accounts of networks that fill in nothing) there is nothing to go on with either."""
    if text in ("", _DONE):
        return FirstReading(done=text == _DONE)
    try:
        data = json.loads(text)
        return FirstReading(str(data["mark"]), int(data["read"]), int(data["of"]), bool(data["stopped"]))
    except (ValueError, KeyError, TypeError):
        return FirstReading(done=True)


class FirstReadings:
    """Of all accounts. `progress` is told page by page, `stopping` asked after each."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        promise: Promise,
        judge: Judge,
        progress: Signal[int, int, int | None],
        stopping: Callable[[], bool],
    ) -> None:
        self.paused: Signal[int, int, int] = Signal("sync.paused")
        """(account id, messages stored, estimate of all) of one that the user stopped."""
        self._database = database
        self._clock = clock
        self._promise = promise
        self._judge = judge
        self._progress = progress
        self._stopping = stopping

    async def begin(self, account_id: int, connection: FillsIn, stream: str) -> int:
        """Its newest page, so that every account has it soon; `stream` goes on from there. Answers how many messages were new."""
        return await self._fill(account_id, connection, FirstReading(), stream, once=True)

    async def rest_of(self, link: Link) -> int:
        """What is left, unless it was stopped."""
        first = await self._standing(link.account_id)
        if not first.waits or not isinstance(link.connection, FillsIn):
            return 0
        return await self._fill(link.account_id, link.connection, first)

    async def waits(self, account_id: int) -> bool:
        """Whether there is more to read, and nobody said not to."""
        return (await self._standing(account_id)).waits

    async def pause(self) -> None:
        """The user stopped reading: those that are not at their end wait until they are resumed."""
        for account in await self._database.read(reading.accounts):
            first = await self._standing(account.id)
            if first.waits:
                await self._write(account.id, replace(first, stopped=True))
                self._progress.emit(account.id, first.read, None)
                self.paused.emit(account.id, first.read, first.of)

    async def resume(self) -> None:
        """Those that were stopped may go on."""
        for account in await self._database.read(reading.accounts):
            first = await self._standing(account.id)
            if first.stopped:
                await self._write(account.id, replace(first, stopped=False))

    async def tell_paused(self) -> None:
        """Those that were stopped before the program ended."""
        for account in await self._database.read(reading.accounts):
            first = await self._standing(account.id)
            if first.stopped:
                self.paused.emit(account.id, first.read, first.of)

    # ---- inside

    async def _fill(
        self, number: int, connection: FillsIn, first: FirstReading, stream: str = "", *, once: bool = False
    ) -> int:
        self._progress.emit(number, first.read, first.of)
        try:
            return await self._fill_pages(number, connection, first, stream, once=once)
        except AppError:
            self._progress.emit(number, first.read, None)
            raise

    async def _fill_pages(
        self, number: int, connection: FillsIn, first: FirstReading, stream: str, *, once: bool
    ) -> int:
        new = 0
        async for page in connection.earlier(first.mark):
            arrivals = [arrival(item) for item in page.messages]
            read = first.read + sum(not each.ours for each in arrivals)
            first = FirstReading(page.cursor, read, max(read, page.total or 0))
            cursors = {STREAM: first.text(), **({stream: page.head} if page.head and stream else {})}
            new += await self._keep(number, arrivals, cursors)
            self._progress.emit(number, first.read, first.of)
            if once or self._stopping():
                return new
        await self._write(number, FirstReading(done=True))
        self._progress.emit(number, first.read, None)
        return new

    async def _keep(self, account_id: int, arrivals: list[Arrival], cursors: dict[str, str]) -> int:
        now = to_ms(self._clock.now())
        return await self._database.write(
            messages.keep_earlier, account_id, arrivals, cursors, now, self._promise, self._judge, bulk=True
        )

    async def _standing(self, account_id: int) -> FirstReading:
        return first_reading_of(await self._database.read(reading.cursor, account_id, STREAM))

    async def _write(self, account_id: int, first: FirstReading) -> None:
        await self._database.write(messages.move_cursor, account_id, STREAM, first.text(), to_ms(self._clock.now()))
