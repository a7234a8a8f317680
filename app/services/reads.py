"""The way screens read: a query on the calling thread, or on a worker thread with the answer handed back to the screen's thread.

Standard library only: the first frame is painted from `now` before anything else is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from app.runtime.clock import Clock
from app.store.reader import Connection, Reader
from app.store.reading.queries import StoreQueries

T = TypeVar("T")


class ScreenReads:
    """Runs functions of `StoreQueries` over the reader's connections.

    `post` runs a function on the screen's thread (a queued Qt signal in the window, an immediate call in tests and the command line).
    `on_error` gets whatever a query raised on a worker thread, on the screen's thread.
    """

    def __init__(
        self,
        reader: Reader,
        clock: Clock,
        post: Callable[[Callable[[], None]], None],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._post = post
        self._on_error = on_error
        self._pending = 0

    def is_busy(self) -> bool:
        """Whether an answer is still to be handed over."""
        return self._pending > 0

    def now(self, query: Callable[[StoreQueries], T]) -> T:
        """Run on the calling thread; for the first frame and for a single small row."""
        return self._reader.now(self._run, query)

    def later(self, query: Callable[[StoreQueries], T], deliver: Callable[[T], None]) -> Callable[[], None]:
        """Run on a worker thread, then `deliver` on the screen's thread, unless the returned function was called before."""
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
                self._on_error(error)
            else:
                deliver(future.result())

        self._reader.submit(self._run, query).add_done_callback(hand_over)
        return cancel

    def _run(self, connection: Connection, query: Callable[[StoreQueries], T]) -> T:
        return query(StoreQueries(connection, self._clock))
