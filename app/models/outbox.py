"""The outbox: everything we owe to a network. Kinds, delivery states and the table of legal moves; the rows that screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.runtime.words import Message


class OutboxKind(StrEnum):
    """What an outbox item does when it leaves."""

    POST = "post"
    REPLY = "reply"
    LIKE = "like"
    UNLIKE = "unlike"
    BOOST = "boost"
    UNBOOST = "unboost"
    DELETE = "delete"
    """Takes a published post or reply off the network (product.md, P9: for spelling mistakes alone)."""
    MAIL = "mail"
    """A letter that answers none: to a manager, or the first one to a customer."""


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


class Keeper(StrEnum):
    """Who keeps the promise that something leaves at its time."""

    SERVER = "server"
    """The network's server holds it: this computer may be off."""
    COMPUTER = "computer"
    """This computer must be on, with the program open."""
    SERVICE = "service"
    """This computer must be on; the publishing service sends it without a window."""


LEGAL_MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    # Waiting -> waiting: another time, or a retry after the network certainly refused for now.
    # (Waiting -> unsure: it was taken back from a server that no longer holds it; perhaps it is out.)
    DeliveryState.WAITING: frozenset(
        {
            DeliveryState.WAITING,
            DeliveryState.HELD,
            DeliveryState.CLAIMED,
            DeliveryState.UNSURE,
            DeliveryState.FAILED,
            DeliveryState.BY_HAND,
            DeliveryState.LET_GO,
        }
    ),
    # Held is left for good by evidence alone; planned anew or let go, the server must still be made to let go of it.
    DeliveryState.HELD: frozenset(
        {DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.FAILED, DeliveryState.LET_GO, DeliveryState.UNSURE}
    ),
    # Claimed -> waiting, failed or by hand only when the network is certain to have stored nothing.
    DeliveryState.CLAIMED: frozenset(
        {
            DeliveryState.WAITING,
            DeliveryState.HELD,
            DeliveryState.UNSURE,
            DeliveryState.OUT,
            DeliveryState.FAILED,
            DeliveryState.BY_HAND,
        }
    ),
    # Unsure is left by evidence or by the user's word, never by a second attempt.
    # (Unsure -> unsure: looked, without a result yet. Unsure -> held: the server turned out to hold it.)
    DeliveryState.UNSURE: frozenset(
        {
            DeliveryState.UNSURE,
            DeliveryState.WAITING,
            DeliveryState.HELD,
            DeliveryState.OUT,
            DeliveryState.FAILED,
            DeliveryState.LET_GO,
        }
    ),
    DeliveryState.OUT: frozenset(),
    DeliveryState.FAILED: frozenset({DeliveryState.WAITING, DeliveryState.BY_HAND, DeliveryState.LET_GO}),
    DeliveryState.BY_HAND: frozenset({DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.LET_GO}),
    # Let go -> out, unsure: the server that held it had published it already, or nobody can tell.
    DeliveryState.LET_GO: frozenset({DeliveryState.WAITING, DeliveryState.OUT, DeliveryState.UNSURE}),
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


class DeleteReason(StrEnum):
    """Why a published post is to go (product.md, P9: published posts are not deleted except for spelling mistakes)."""

    SPELLING = "spelling"
    WRONG = "wrong"
    """What it says is not, or no longer, so."""
    REGRET = "regret"


def keeper_of(state: DeliveryState) -> Keeper | None:
    """Who keeps the promise for a delivery in this state; None where there is none to keep any more."""
    if state is DeliveryState.HELD:
        return Keeper.SERVER
    return Keeper.COMPUTER if state in (DeliveryState.WAITING, DeliveryState.CLAIMED) else None


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the user needs to do by hand what a network refuses to programs."""

    text: str
    url: str
    """Where to do it; empty when the network told us none."""
    network: str
    """The network's name."""


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
    keeper: Keeper | None = None
    """Who keeps the promise; None for what is no longer to come."""
    warnings: tuple[Message, ...] = ()
    """Checks that fail while there is time to mend it."""
    deleted_at: datetime | None = None
    """When it was taken off the network again; its text stays here."""
    to: str = ""
    """For an e-mail: whom it is to, by name and else by address."""
    waits_for: int | None = None
    """The delivery that must be out before this one may leave (an image set)."""


class Reacted(NamedTuple):
    """What became of a like or a boost: how many are on their way, and whether they were given (`on`) or taken back."""

    many: int
    on: bool
