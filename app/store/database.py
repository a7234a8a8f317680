"""The data file as the rest of the program knows it: opened and upgraded, written by one thread, read by others, watched, copied.

Nobody announces changes: a commit notes what it touched and `changed` says it, also for commits of other processes.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from sqlmodel import Session as Session  # services name the type of what `write` hands them

from app.models.case import AnswerClock
from app.runtime import errors
from app.runtime.clock import Clock, to_ms
from app.runtime.signals import Signal
from app.store.changes import Changes
from app.store.journal import KEPT_MILLISECONDS, Watcher, last_row
from app.store.reader import Reader
from app.store.schema import FileState, check_file
from app.store.troubles import troubles
from app.store.upgrade import copy_to, upgrade
from app.store.writer import Writer

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LOOK_SECONDS = 0.25
"""How often `watch` asks whether another process committed."""

PRUNE_SECONDS = 3600.0

ROOM_SECONDS = 10.0
"""There is room again when something was written and for so long nothing was refused: while a disk fills up, small writes still go through."""


class Database:
    """One open data file. Made by `open`; used from one event loop."""

    def __init__(self, path: Path, clock: Clock, process_id: str, writer: Writer | None) -> None:
        self.path = path
        self.process_id = process_id
        self.read_only = writer is None
        self.reader = Reader(path)
        self.changed: Signal[[Changes]] = Signal("database.changed")
        """After each commit: what it touched."""
        self.disk: Signal[[errors.DiskFull | None]] = Signal("database.disk")
        """Once when a write finds no room, and once with None when there is room again."""
        self._clock = clock
        self._refused_at: float | None = None
        self._writer = writer
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._closed = False
        self._seen = self.reader.now(last_row)

    @classmethod
    def open(
        cls, path: Path, *, backups: Path, clock: Clock, process_id: str | None = None, read_only: bool = False
    ) -> Database:
        """Creates or upgrades the file where needed; may take seconds, and runs on any thread.

        Raises NewerFile, Damaged (the file stays as it is), ReadOnly, DiskFull, AlreadyOpen (another process is busy with it).
        """
        state = check_file(path, read_only=read_only)
        if read_only and state is not FileState.CURRENT:
            raise errors.ReadOnly(technical=f"{path} is {state} and would have to be written first")
        process = process_id or secrets.token_hex(8)
        if read_only:
            return cls(path, clock, process, None)
        with troubles():
            path.parent.mkdir(parents=True, exist_ok=True)
        if state is not FileState.CURRENT:
            upgrade(path, state, backups, clock.now())
        return cls(path, clock, process, Writer(path, process, lambda: to_ms(clock.now())))

    def measure_with(self, answer_clock: AnswerClock) -> None:
        """From now on cases are measured, and answer-by times of conversations that change their category set, by this clock."""
        if self._writer is not None:
            self._writer.answer_clock = answer_clock

    async def write(self, fn: Callable[[Session, *Ts], T], *args: *Ts, bulk: bool = False) -> T:
        """Runs `fn` in one transaction, durable through a power cut unless `bulk`; `changed` is emitted before this returns.

        Whatever `fn` raises comes out, and nothing was changed. A caller who is cancelled while `fn` runs changes nothing: the
        commit is made and told. `bulk` may not touch the tables of notes.CAREFUL.
        """
        writer = self._writing()
        loop = asyncio.get_running_loop()

        def work() -> T:
            result, changes = writer.run(fn, args, bulk=bulk)
            if changes:
                # Queued before the result is, so it is heard first, and heard even if nobody awaits the result any more.
                loop.call_soon_threadsafe(self.changed.emit, changes)
            return result

        try:
            result = await loop.run_in_executor(self._thread, work)
        except errors.DiskFull as trouble:
            begins = self._refused_at is None
            self._refused_at = self._clock.monotonic()
            if begins:
                self.disk.emit(trouble)
            raise
        if self._refused_at is not None and self._clock.monotonic() - self._refused_at >= ROOM_SECONDS:
            self._refused_at = None
            self.disk.emit(None)
        return result

    def write_now(self, fn: Callable[[Session, *Ts], T], *args: *Ts, bulk: bool = False) -> T:
        """Like `write`, without a loop: waits, and emits `changed` on the calling thread."""
        writer = self._writing()
        result, changes = self._thread.submit(lambda: writer.run(fn, args, bulk=bulk)).result()
        if changes:
            self.changed.emit(changes)
        return result

    async def read(self, fn: Callable[[sqlite3.Connection, *Ts], T], *args: *Ts) -> T:
        """Runs `fn` on a reader thread."""
        return await asyncio.wrap_future(self.reader.submit(fn, *args))

    async def watch(self) -> None:
        """Until cancelled: tells what other processes committed since the file was opened, within a second of it.

        Also forgets what is old in the journal.
        """
        watcher = await self._aside(lambda: Watcher(self.path, self.process_id, self._seen))
        prune_at = self._clock.monotonic()
        try:
            while True:
                with suppress(errors.DiskTrouble):  # the engine's to tell: it is looked at again all the same
                    changes = await self._aside(watcher.look)
                    if changes:
                        self.changed.emit(changes)
                    if not self.read_only and self._clock.monotonic() >= prune_at:
                        prune_at = self._clock.monotonic() + PRUNE_SECONDS
                        await self.write(_prune, to_ms(self._clock.now()) - KEPT_MILLISECONDS)
                await self._clock.sleep(LOOK_SECONDS)
        finally:
            watcher.close()

    async def backup(self, target: Path) -> None:
        """A complete copy that has been read back; the file may be in use meanwhile. What stood at `target` is replaced at the end."""
        await self._aside(lambda: copy_to(self.path, target))

    def become(self, fresh: Path) -> None:
        """Make the open file the same as `fresh` (store/restore.py), after every write that was asked for; from then on this process writes
        nothing more: its screens are about the former data. Blocks; any thread but the loop's.
        """
        writer = self._writing()
        self._thread.submit(lambda: writer.become(fresh)).result()

    async def close(self) -> None:
        """Waits for the write under way, then leaves one complete file."""
        if not self._closed:
            self._closed = True
            await asyncio.get_running_loop().run_in_executor(self._thread, self._let_go)
            self._thread.shutdown()

    def close_now(self) -> None:
        """Like `close`, without a loop."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._let_go).result()
            self._thread.shutdown()

    def _let_go(self) -> None:
        self.reader.close()
        if self._writer is not None:
            self._writer.close()

    def _writing(self) -> Writer:
        if self._writer is None:
            raise errors.ReadOnly(technical=str(self.path))
        return self._writer

    async def _aside(self, work: Callable[[], T]) -> T:
        """On a reader thread, with connections of its own."""
        return await asyncio.wrap_future(self.reader.submit(lambda _connection: work()))


def _prune(session: Session, before_ms: int) -> None:
    session.connection().exec_driver_sql("DELETE FROM change WHERE at < ?", (before_ms,))
