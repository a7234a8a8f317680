"""An act on very many conversations: one transaction for so many of them, with progress and a way to stop; one undo step all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from app.models.delivery import IllegalMove
from app.runtime.clock import Clock
from app.runtime.errors import AppError, UserMistake
from app.runtime.signals import Signal
from app.runtime.words import message
from app.store.database import Database, Session
from app.store.writing import conversations

TOGETHER = 500
"""So many are changed in one transaction: who else writes waits no longer for it than a tenth of a second or so."""
TOLD_AFTER_SECONDS = 0.5

T = TypeVar("T")
R = TypeVar("R")


class Ran(NamedTuple, Generic[R]):
    """What was done, and what kept the rest from being done (it was stopped: None)."""

    results: list[R]
    trouble: AppError | None


class Bulk:
    """Runs acts one after the other; `progress` tells (done, of all), (0, 0) at the end."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.progress: Signal[int, int] = Signal("bulk.progress")
        self._database = database
        self._clock = clock
        self._stopped = False

    def stop(self) -> None:
        """What was done stays done; it can be undone as a whole."""
        self._stopped = True

    async def run(
        self, items: Sequence[T], act: Callable[[Session, Sequence[T]], list[R]], ids: Callable[[T], int]
    ) -> Ran[R]:
        """All of them in one transaction where they are few. Where one of a transaction cannot be changed, none of it is: a few stay as
        they are altogether, of many those done before. `ids` tells the conversation of an item.
        """
        results: list[R] = []
        self._stopped = False
        began, told = self._clock.monotonic(), False
        try:
            for start in range(0, len(items), TOGETHER):
                some = items[start : start + TOGETHER]
                results += await self._database.write(_held, act, some, [ids(each) for each in some])
                done = start + len(some)
                if done < len(items) and self._clock.monotonic() - began >= TOLD_AFTER_SECONDS:
                    told = True
                    self.progress.emit(done, len(items))
                if self._stopped:
                    break
        except IllegalMove as error:
            return Ran(results, UserMistake(message("inbox.cannot_go"), technical=str(error)))
        except AppError as error:
            if not results:
                raise
            return Ran(results, error)
        finally:
            if told:
                self.progress.emit(0, 0)
        return Ran(results, None)


def _held(
    session: Session, act: Callable[[Session, Sequence[T]], list[R]], some: Sequence[T], ids: Sequence[int]
) -> list[R]:
    """The act over conversations that were read at once, which is several times faster than one by one."""
    held = conversations.hold(session, ids)
    results = act(session, some)
    del held
    return results
