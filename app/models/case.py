"""A case: a stretch of a conversation from the customer's first message until it is solved; and what is asked about answer-by times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.models.conversation import Category, ConversationState

SOLVED_STATES = frozenset({ConversationState.DONE, ConversationState.KEPT, ConversationState.IGNORED})
"""A conversation that stands here has no open case."""


class Target(StrEnum):
    """What an answer-by time is the end of."""

    FIRST = "first"
    NEXT = "next"
    SOLVED = "solved"


class Asked(NamedTuple):
    """A message that waits for an answer, with all that decides by when. Times are aware UTC."""

    at: datetime
    """When the customer wrote what nobody answered yet."""
    account_id: int
    category: Category
    first: bool
    """Whether nothing of ours stands in the case yet."""
    opened_at: datetime
    paused: tuple[tuple[int, int], ...] = ()
    """Stretches of the case in which we waited for the customer, in milliseconds: they do not count against solving it."""


class Solved(NamedTuple):
    """Whether a case had ended, and as what: what undoing an act restores. Milliseconds."""

    case_id: int
    solved_at: int | None
    solved_in: int | None
    category: str


def pauses(spoken: Iterable[tuple[bool, int]]) -> tuple[tuple[int, int], ...]:
    """The stretches in which we waited for the customer, out of (whether it is ours, milliseconds) in order of time."""
    found: list[tuple[int, int]] = []
    since: int | None = None
    for ours, at in spoken:
        if ours:
            since = at
        elif since is not None:
            found.append((since, at))
            since = None
    return tuple(found)


class AnswerClock(Protocol):
    """What the store may ask about working hours and promises. Runs on the writer's thread."""

    def promise(self, asked: Asked) -> datetime | None:
        """When it has to be answered (aware UTC); None: nothing is promised."""

    def worked(self, since_ms: int, until_ms: int) -> int:
        """Milliseconds of working time between two moments."""


class CaseRow(NamedTuple):
    """One case as screens show it. Times are aware UTC, durations are working time."""

    id: int
    conversation_id: int
    category: Category
    opened_at: datetime
    answered_at: datetime | None
    answered_in: timedelta | None
    solved_at: datetime | None
    solved_in: timedelta | None
    messages: int
    """Of the customer."""
    replies: int
    """Of ours: the posts that it took (product.md, A7)."""
    reopened: bool
    paused: tuple[tuple[int, int], ...] = ()
    """See `Asked.paused`; filled in where one case is read."""
