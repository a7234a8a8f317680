"""What Today shows: the daily brief as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.models.conversation import ConversationRow
from app.models.outbox import OutboxRow
from app.models.playbook import ALL_WELL, PlaybookCare
from app.models.post import PostRow
from app.models.promise import PromiseRow


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure since yesterday: its value, and the same span a day before; None where nothing was measured."""

    metric: str
    value: int | None
    before: int | None = None


class ManagerReply(NamedTuple):
    """A manager answered about a conversation, and it was not made into a reply yet."""

    conversation_id: int
    manager: str
    customer: str
    """Name or handle."""
    question: str
    """What the manager was asked."""
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """The daily brief: what to answer, what to decide, what goes out today, and what came in since yesterday."""

    waiting: int
    """Conversations that need an answer."""
    late: int
    first: tuple[ConversationRow, ...]
    """The most urgent ones, at most four."""
    to_decide: tuple[OutboxRow, ...]
    """Unsure and failed deliveries, and those by hand that are due."""
    going_out: tuple[PostRow, ...]
    """Posts of today in time order, out ones included."""
    coming: tuple[PostRow, ...]
    """The next ones after today, at most four."""
    figures: tuple[Figure, ...]
    since: datetime
    promises: tuple[PromiseRow, ...] = ()
    """Open ones that are due within a week, the earliest first."""
    playbook: PlaybookCare = ALL_WELL
    """What of the playbook wants looking at."""
    pace_seconds: int | None = None
    """The user's own pace: median from one answer to the next within a sitting; None while there are too few to tell."""
    replies: tuple[ManagerReply, ...] = ()
    """Of managers, the oldest question first."""
