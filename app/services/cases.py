"""What cases say of a span of time: how fast the first answer was, how fast the solution, and how many posts it took (product.md, A7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from app.models.case import CaseRow
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import cases as reading


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Durations are working time; None where no case says anything of it."""

    solved: int
    """Cases that were solved."""
    first_answer: timedelta | None
    """The median."""
    solution: timedelta | None
    """The median."""
    posts: float | None
    """Ours for a solution, on average, over the cases in which we wrote at all."""
    reopened: int
    """Cases after which the customer wrote again."""


def figures_of(cases: Sequence[CaseRow]) -> CaseFigures:
    """Of cases that were solved."""
    answered = [case.answered_in for case in cases if case.answered_in is not None]
    solved = [case.solved_in for case in cases if case.solved_in is not None]
    replies = [case.replies for case in cases if case.replies]
    return CaseFigures(
        len(cases),
        _median(answered),
        _median(solved),
        sum(replies) / len(replies) if replies else None,
        sum(case.reopened for case in cases),
    )


def _median(durations: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(each.total_seconds() for each in durations)) if durations else None


class Cases:
    """Reads cases of the data file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def figures(self, since: datetime, until: datetime) -> CaseFigures:
        """Of the cases that were opened in the span (aware) and have been solved."""
        return figures_of(await self._database.read(reading.ended_between, to_ms(since), to_ms(until)))
