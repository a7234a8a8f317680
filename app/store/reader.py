"""Reading from any thread: a read-only connection for each, and two workers for what should not hold up the caller.

Standard library without asyncio: the first page of a list is read before anything else is loaded.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent import futures
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from app.runtime import errors
from app.store.schema import connect_read_only
from app.store.troubles import troubles

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

Connection = sqlite3.Connection
"""What reading functions get; named here for the layers above, which do not know the database's library."""

WORKERS = 2


class Reader:
    """Runs functions of a `sqlite3.Connection`. What SQLite raises comes out as the `DiskTrouble` it means."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        self._workers: futures.ThreadPoolExecutor | None = None
        self._closed = False

    def now(self, fn: Callable[[sqlite3.Connection, *Ts], T], *args: *Ts) -> T:
        """On the calling thread, at once."""
        with troubles():
            return fn(self._connection(), *args)

    def submit(self, fn: Callable[[sqlite3.Connection, *Ts], T], *args: *Ts) -> futures.Future[T]:
        """On a worker thread."""
        with self._lock:
            if self._closed:
                raise errors.DiskTrouble(technical="read after closing")
            if self._workers is None:
                # Named through its package, the pool is imported here: the first page does without.
                self._workers = futures.ThreadPoolExecutor(WORKERS, thread_name_prefix="reader")
            workers = self._workers
        return workers.submit(lambda: self.now(fn, *args))

    @property
    def closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Lets running reads end, drops those that wait, closes every connection."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, None
        if workers is not None:
            workers.shutdown(cancel_futures=True)
        with self._lock:
            connections, self._connections = self._connections, []
        for connection in connections:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._closed:
            connection = self._connect()
            self._local.connection = connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        if self._closed:
            raise errors.DiskTrouble(technical="read after closing")
        connection = connect_read_only(self._path)
        with self._lock:
            self._connections.append(connection)
        return connection
