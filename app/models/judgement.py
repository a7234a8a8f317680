"""What the program thinks of one message of a customer before it is stored, and what it is told in order to think so."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.models.arrival import Arrival
from app.models.conversation import Category, ConversationState


class Heard(NamedTuple):
    """A new message of a customer, with what is known of who wrote it and of where it stands."""

    arrival: Arrival
    account_id: int
    network: str
    category: Category
    """What the conversation is about so far; for one that begins with this message, what its reading said."""
    begins: bool
    """Whether a conversation begins with it."""
    first_time: bool
    """Whether its author never wrote before."""
    flags: frozenset[str] = frozenset()
    """The customer's: `vip`, `press`, `partner`, `careful`."""
    followers: int | None = None
    muted: bool = False
    """The customer is ignored politely."""
    catching_up: bool = False
    """One of many: what can as well be found out when somebody looks is left for then."""


class Ruled(NamedTuple):
    """What one rule does to one message; what is None stays as it is."""

    rule_id: int
    category: Category | None = None
    priority: int | None = None
    tags: tuple[int, ...] = ()
    move: ConversationState | None = None
    """Done, escalated or ignored, whatever the message would have led to."""


class Judgement(NamedTuple):
    """What becomes of one message. The store carries it out in the transaction that stores the message."""

    language: str = ""
    """ISO 639-1; empty: as the network says."""
    thanks: bool = False
    """A bare "thanks": the conversation stays where it is."""
    mood: int | None = None
    """-1, 0 or 1; None: not looked at."""
    ignored: bool = False
    """Goes to Trolls & spam: a muted customer wrote nothing that looks like an order or a complaint."""
    raised: bool = False
    """Comes back although its author is ignored: it looks like an order or a complaint."""
    ruled: tuple[Ruled, ...] = ()
    """The rules that matched, in order; a later one finds what an earlier one left."""


Judge = Callable[[Heard], Judgement]
"""Runs on the writer's thread, once a new message: it must be cheap and must not raise."""

_NOTHING = Judgement()


def as_it_comes(_heard: Heard) -> Judgement:
    """A judge without opinions."""
    return _NOTHING
