"""The one writing connection and its transactions: lock, durability, notes, journal, commit. Belongs to one thread at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from app.models.case import AnswerClock
from app.runtime import errors
from app.store import search
from app.store.changes import Changes
from app.store.journal import ids_as_text
from app.store.notes import AroundTheClock, Notes, NotingSession
from app.store.replacing import write_into
from app.store.schema import CACHE_KIBIBYTES
from app.store.troubles import trouble_of, troubles

T = TypeVar("T")

BUSY_MILLISECONDS = 5000
BUSY_TRIES = 3
"""How often the lock is waited for, each time for `BUSY_MILLISECONDS`, while another process writes."""


def connect_for_writing(path: Path) -> sqlite3.Connection:
    """A connection on which transactions are begun and ended by hand. Creates the file where it is missing."""
    with troubles():
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
            # On macOS only this makes the disk itself write; elsewhere it does nothing.
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA trusted_schema = ON")
            search.register(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def engine_of(connection: sqlite3.Connection) -> Engine:
    """An engine that knows this one connection; each transaction takes the write lock at its first statement."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(started: Connection) -> None:
        started.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Writer:
    """Runs functions of a session, one transaction each, and answers what each changed."""

    def __init__(self, path: Path, process_id: str, now_ms: Callable[[], int]) -> None:
        self.answer_clock: AnswerClock = AroundTheClock()
        self._process_id = process_id
        self._now_ms = now_ms
        self._connection = connect_for_writing(path)
        self._engine = engine_of(self._connection)
        self._notes: Notes | None = None
        self._retired = False

        @event.listens_for(self._engine, "before_cursor_execute")
        def _saw(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
            if self._notes is not None:
                self._notes.saw(statement)

    def run(self, fn: Callable[..., T], args: tuple[Any, ...], *, bulk: bool) -> tuple[T, Changes]:
        """Raises DiskTrouble for what SQLite says of the disk, and whatever `fn` raises; then nothing was changed."""
        if self._retired:
            raise errors.ReadOnly(technical="the data was replaced")
        for last in [False] * (BUSY_TRIES - 1) + [True]:
            try:
                return self._transaction(fn, args, bulk=bulk)
            except errors.AlreadyOpen:
                if last:
                    raise
        raise AssertionError

    def become(self, fresh: Path) -> None:
        """The data is another's from now on; what is still asked to be written was meant for the former."""
        with troubles():
            write_into(fresh, self._connection)
        self._retired = True

    def close(self) -> None:
        """Writes the log back into the file, so that it is complete by itself."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            if trouble_of(error) is None:
                raise
        finally:
            self._engine.dispose()
            self._connection.close()

    def _transaction(self, fn: Callable[..., T], args: tuple[Any, ...], *, bulk: bool) -> tuple[T, Changes]:
        self._notes = Notes(bulk=bulk)
        session = NotingSession(self._engine, expire_on_commit=False)
        session.info["notes"] = self._notes
        session.info["answer_clock"] = self.answer_clock
        try:
            with troubles():
                # Cannot be changed within a transaction.
                self._connection.execute(f"PRAGMA synchronous = {'NORMAL' if bulk else 'FULL'}")
            result = fn(session, *args)
            session.flush()
            changes = self._notes.check()
            self._journal(session, changes)
            session.commit()
        except (DBAPIError, sqlite3.Error) as error:
            session.rollback()
            cause = error.orig if isinstance(error, DBAPIError) else error
            trouble = trouble_of(cause) if isinstance(cause, sqlite3.Error) else None
            if trouble is None:
                raise
            raise trouble from error
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()
            self._notes = None
        return result, changes

    def _journal(self, session: NotingSession, changes: Changes) -> None:
        if not changes:
            return
        now = self._now_ms()
        session.connection().exec_driver_sql(
            "INSERT INTO change (process, table_name, ids, at) VALUES (?, ?, ?, ?)",
            [(self._process_id, table, ids_as_text(ids), now) for table, ids in changes.tables.items()],
        )
