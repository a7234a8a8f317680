"""The outbox: everything we owe to a network. Kinds, delivery states and the table of legal moves; the rows that screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OutboxKind(StrEnum):
    """What an outbox item does when it leaves."""

    POST = "post"
    REPLY = "reply"
    LIKE = "like"
    UNLIKE = "unlike"
    BOOST = "boost"
    UNBOOST = "unboost"


class DeliveryState(StrEnum):
    """product.md, Words: the states of a delivery."""

    WAITING = "waiting"
    HELD = "held"
    """Held by the server's own scheduling."""
    CLAIMED = "claimed"
    UNSURE = "unsure"
    OUT = "out"
    FAILED = "failed"
    BY_HAND = "by_hand"
    LET_GO = "let_go"


LEGAL_MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    # Waiting -> waiting: another time, or a retry after the network certainly refused for now.
    DeliveryState.WAITING: frozenset(
        {
            DeliveryState.WAITING,
            DeliveryState.HELD,
            DeliveryState.CLAIMED,
            DeliveryState.FAILED,
            DeliveryState.BY_HAND,
            DeliveryState.LET_GO,
        }
    ),
    DeliveryState.HELD: frozenset(
        {DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.FAILED, DeliveryState.LET_GO, DeliveryState.UNSURE}
    ),
    # Claimed -> waiting only when the network is certain to have stored nothing.
    DeliveryState.CLAIMED: frozenset(
        {DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.UNSURE, DeliveryState.OUT, DeliveryState.FAILED}
    ),
    # Unsure is left by evidence or by the user's word, never by a second attempt.
    # (Unsure -> unsure: looked, without a result yet.)
    DeliveryState.UNSURE: frozenset(
        {DeliveryState.UNSURE, DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.FAILED, DeliveryState.LET_GO}
    ),
    DeliveryState.OUT: frozenset(),
    DeliveryState.FAILED: frozenset({DeliveryState.WAITING, DeliveryState.BY_HAND, DeliveryState.LET_GO}),
    DeliveryState.BY_HAND: frozenset({DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.LET_GO}),
    DeliveryState.LET_GO: frozenset({DeliveryState.WAITING}),
}

UNFINISHED = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""States in which the program still owes something."""

WORST_FIRST = (
    DeliveryState.UNSURE,
    DeliveryState.FAILED,
    DeliveryState.BY_HAND,
    DeliveryState.CLAIMED,
    DeliveryState.WAITING,
    DeliveryState.HELD,
    DeliveryState.OUT,
    DeliveryState.LET_GO,
)
"""The state a post shows is the first of these that any of its deliveries has."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One outbox item as screens and the command line show it. Times are aware UTC."""

    id: int
    account_id: int
    network: str
    handle: str
    kind: OutboxKind
    state: DeliveryState
    due_at: datetime
    text: str
    """The first part's text, for lists."""
    post_id: int | None = None
    conversation_id: int | None = None
    message_id: int | None = None
    parts: int = 1
    parts_out: int = 0
    attempts: int = 0
    next_try_at: datetime | None = None
    reason: str = ""
    """A `Message` as JSON; empty when nothing is wrong."""
    remote_id: str = ""
    url: str = ""
    sent_at: datetime | None = None
