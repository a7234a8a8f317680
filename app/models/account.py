"""An account: one signed-in profile on one network. States, the row that lists show, and what it can do at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccountState(StrEnum):
    """How an account stands with its network. A network blip never changes it; only the network's own refusal does."""

    READY = "ready"
    SIGNED_OUT = "signed_out"
    PAUSED = "paused"
    BY_HAND = "by_hand"


POSTS_NOTHING = frozenset({"email"})
"""Networks whose accounts are no place for posts: no list of targets offers them."""


class Offer(StrEnum):
    """What the accounts page says of one ability of one account."""

    WORKS = "works"
    WAITS = "waits"
    BY_HAND = "by_hand"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as lists show it. Times are aware UTC."""

    id: int
    network: str
    server: str
    """Base address, `https://musica.example`; empty where the network has only one."""
    handle: str
    """With its `@` and, on federated networks, without the domain: `@aurora`."""
    name: str
    remote_id: str
    state: AccountState
    state_since: datetime | None = None
    checked_at: datetime | None = None
    """When messages were last read to the end."""
    trouble: str = ""
    """A `Message` as JSON: why the last attempt failed; empty when it did not."""
    avatar: str = ""
    needs_answer: int = 0
    messages: int = 0
    lacks: tuple[tuple[str, str], ...] = ()
    """(ability, message id): what this very account may not do although its network offers it, and why."""
