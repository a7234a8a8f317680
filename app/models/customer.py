"""A customer as the card shows one: profiles, figures, moods, conversations, notes; and why two customers may be one person."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.agreement import AgreementRow
from app.models.conversation import Category, ConversationState
from app.models.escalation import EscalationRow
from app.models.order import OrderRow


class Flag(StrEnum):
    """What everybody should know of a customer before answering. In the order in which they are offered."""

    VIP = "vip"
    PRESS = "press"
    PARTNER = "partner"
    CAREFUL = "careful"
    NEWSLETTER = "newsletter"
    """Said that they want the shop's newsletter: without this nobody is put on a list for it, whatever address is known."""


class Likeness(StrEnum):
    """Why two customers may be the same person. Never that their handles look alike to the eye only."""

    EMAIL = "email"
    ORDER = "order"
    HANDLE = "handle"
    NAME = "name"


class Profile(NamedTuple):
    """One profile of a customer on a network. `joining_id` is the joining that brought it here; None for the customer's own."""

    id: int
    network: str
    handle: str
    name: str = ""
    url: str = ""
    followers: int | None = None
    joining_id: int | None = None


class MoodMark(NamedTuple):
    """The mood of one message. `mood` None: not looked at yet."""

    message_id: int
    mood: int | None
    by_hand: bool
    at: datetime
    text: str


class OtherConversation(NamedTuple):
    """Another conversation with the same customer."""

    id: int
    network: str
    state: ConversationState
    category: Category
    snippet: str
    last_at: datetime


class CustomerNote(NamedTuple):
    """A note of ours in any conversation of the customer."""

    id: int
    conversation_id: int
    text: str
    at: datetime


class PromiseLine(NamedTuple):
    """A promise that is neither kept nor let go."""

    id: int
    text: str
    due_at: datetime


class CaseLine(NamedTuple):
    """One case: a stretch of a conversation, from its first message to solved. `solved_in_ms` counts working hours."""

    id: int
    conversation_id: int
    category: Category
    opened_at: datetime
    first_words: str
    solved_at: datetime | None = None
    solved_in_ms: int | None = None


class CustomerDetail(NamedTuple):
    """All that the card shows beyond what comes with the conversation. Newest first where there is an order."""

    id: int
    name: str
    own_name: str
    """The name as the profile or the user gave it; empty where `name` is a handle."""
    city: str
    language: str
    email: str
    about: str
    tags: tuple[str, ...]
    flags: tuple[Flag, ...]
    first_at: datetime | None
    followers: int | None
    conversation_count: int
    profiles: tuple[Profile, ...]
    moods: tuple[MoodMark, ...] = ()
    """Of the last messages, oldest first."""
    promises: tuple[PromiseLine, ...] = ()
    """Earliest first."""
    cases: tuple[CaseLine, ...] = ()
    case_count: int = 0
    others: tuple[OtherConversation, ...] = ()
    notes: tuple[CustomerNote, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    order_count: int = 0
    muted: bool = False
    agreements: tuple[AgreementRow, ...] = ()
    escalations: tuple[EscalationRow, ...] = ()
    """Open questions to managers, the newest first."""


class Candidate(NamedTuple):
    """A customer who might be joined. `reason` None: found by searching; `detail` says what they have in common."""

    id: int
    name: str
    profiles: tuple[tuple[str, str], ...]
    """(network, handle) pairs."""
    conversation_count: int
    reason: Likeness | None = None
    detail: str = ""


class HistoryLine(NamedTuple):
    """One message of the whole history across networks."""

    message_id: int
    conversation_id: int
    network: str
    ours: bool
    author: str
    text: str
    at: datetime


class CustomerWords(NamedTuple):
    """What the user may write down about a customer."""

    name: str
    city: str
    language: str
    """ISO 639-1, empty when unknown."""
    email: str
    about: str
    tags: tuple[str, ...]


def folded_handle(handle: str) -> str:
    """As orders and profiles are compared: small letters, no @ in front, no white space around."""
    return handle.strip().removeprefix("@").strip().casefold()


def folded_email(address: str) -> str:
    """As e-mail addresses are compared; empty for what is none."""
    folded = address.strip().casefold().removeprefix("mailto:")
    name, at, host = folded.rpartition("@")
    return folded if at and name and "." in host and " " not in folded else ""
