"""The way screens read: a query on the calling thread, or on a worker thread with the answer handed back to the screen's thread.

Standard library only: the first frame is painted from `now` before anything else is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from app.runtime.clock import Clock
from app.runtime.errors import DiskTrouble
from app.store.reader import Connection, Reader
from app.store.reading.list_queries import StoreListQueries

T = TypeVar("T")


class ScreenReads:
    """Runs functions of the queries over the reader's connections. Which there are is said by `queries`: those of a list while there is
    nothing else yet, later all (`StoreQueries`).

    `post` runs a function on the screen's thread (a queued Qt signal in the window, an immediate call in tests and the command line).
    `on_error` gets whatever a query raised on a worker thread, on the screen's thread.
    """

    def __init__(
        self,
        reader: Reader,
        clock: Clock,
        post: Callable[[Callable[[], None]], None],
        on_error: Callable[[BaseException], None],
        queries: Callable[[Connection, Clock], StoreListQueries],
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._post = post
        self._on_error = on_error
        self.queries = queries
        self._pending = 0

    def is_busy(self) -> bool:
        """Whether an answer is still to be handed over."""
        return self._pending > 0

    def now(self, query: Callable[[Any], T]) -> T:
        """Run on the calling thread; for the first frame and for a single small row."""
        return self._reader.now(self._run, query)

    def later(self, query: Callable[[Any], T], deliver: Callable[[T], None]) -> Callable[[], None]:
        """Run on a worker thread, then `deliver` on the screen's thread, unless the returned function was called before.

        Nothing is delivered once the data file is closed: the screens are on their way out then, and what one of them hears of last may
        still make another ask.
        """
        cancelled = False
        self._pending += 1

        def cancel() -> None:
            nonlocal cancelled
            cancelled = True

        def hand_over(future: Future[T]) -> None:
            self._post(lambda: finish(future))

        def finish(future: Future[T]) -> None:
            self._pending -= 1
            if cancelled or future.cancelled():
                return
            error = future.exception()
            if error is not None:
                # A worker may have begun just as the file was closed: that is the end, no trouble of the disk.
                if not (self._reader.closed and isinstance(error, DiskTrouble)):
                    self._on_error(error)
            else:
                deliver(future.result())

        try:
            self._reader.submit(self._run, query).add_done_callback(hand_over)
        except DiskTrouble:
            self._pending -= 1
            if not self._reader.closed:
                raise
        return cancel

    def _run(self, connection: Connection, query: Callable[[Any], T]) -> T:
        return query(self.queries(connection, self._clock))
