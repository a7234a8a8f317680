"""A conversation: one customer, one account, one public thread or private channel. Its states, categories and legal moves."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ConversationState(StrEnum):
    """product.md, Words: the states of a conversation."""

    NEEDS_ANSWER = "needs_answer"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    ESCALATED = "escalated"
    DONE = "done"
    KEPT = "kept"
    IGNORED = "ignored"


class Category(StrEnum):
    """product.md, Words: the categories of a conversation."""

    QUESTION = "question"
    ORDER = "order"
    TECHNICAL = "technical"
    REQUEST = "request"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    CONTEST = "contest"
    OTHER = "other"
    TROLL = "troll"
    SPAM = "spam"



LEGAL_MOVES: dict[ConversationState, frozenset[ConversationState]] = {
    ConversationState.NEEDS_ANSWER: frozenset({ConversationState.WAITING, ConversationState.SNOOZED, ConversationState.ESCALATED, ConversationState.DONE, ConversationState.KEPT, ConversationState.IGNORED}),
    ConversationState.WAITING: frozenset({ConversationState.NEEDS_ANSWER, ConversationState.DONE, ConversationState.SNOOZED, ConversationState.ESCALATED, ConversationState.KEPT, ConversationState.IGNORED}),
    ConversationState.SNOOZED: frozenset({ConversationState.NEEDS_ANSWER, ConversationState.WAITING, ConversationState.SNOOZED, ConversationState.ESCALATED, ConversationState.DONE, ConversationState.KEPT, ConversationState.IGNORED}),
    ConversationState.ESCALATED: frozenset({ConversationState.NEEDS_ANSWER, ConversationState.WAITING, ConversationState.SNOOZED, ConversationState.DONE, ConversationState.KEPT, ConversationState.IGNORED}),
    ConversationState.DONE: frozenset({ConversationState.NEEDS_ANSWER, ConversationState.WAITING, ConversationState.SNOOZED, ConversationState.ESCALATED, ConversationState.KEPT, ConversationState.IGNORED}),
    ConversationState.KEPT: frozenset({ConversationState.NEEDS_ANSWER, ConversationState.WAITING, ConversationState.SNOOZED, ConversationState.ESCALATED, ConversationState.DONE, ConversationState.IGNORED}),
    ConversationState.IGNORED: frozenset({ConversationState.NEEDS_ANSWER, ConversationState.WAITING, ConversationState.DONE}),
}
"""Where each state may go. Staying where it is always is legal as well: an act on several ticked conversations may find one there already."""


class View(StrEnum):
    """The fixed views of the inbox; an account narrows any of them."""

    NEEDS_ANSWER = "needs_answer"
    DUE_SOON = "due_soon"
    ESCALATED = "escalated"
    SNOOZED = "snoozed"
    PRAISE = "praise"
    IGNORED = "ignored"
    DONE = "done"
    ALL = "all"


VIEW_STATES: dict[View, tuple[ConversationState, ...]] = {
    View.NEEDS_ANSWER: (ConversationState.NEEDS_ANSWER,),
    View.DUE_SOON: (ConversationState.NEEDS_ANSWER,),
    View.ESCALATED: (ConversationState.ESCALATED,),
    View.SNOOZED: (ConversationState.SNOOZED,),
    View.PRAISE: (ConversationState.KEPT,),
    View.IGNORED: (ConversationState.IGNORED,),
    View.DONE: (ConversationState.DONE, ConversationState.WAITING),
    View.ALL: tuple(ConversationState),
}


class ConversationRow(NamedTuple):
    """One conversation as the list shows it. Times are aware UTC."""

    id: int
    account_id: int
    network: str
    customer_id: int
    author: str
    """The customer's name, or the handle where there is no name."""
    handle: str
    snippet: str
    """The start of the last message, one line, at most 200 characters."""
    state: ConversationState
    category: Category
    language: str
    """ISO 639-1, empty when unknown."""
    private: bool
    unread: bool
    last_at: datetime
    """When the last message of the customer arrived."""
    answer_by: datetime | None
    snoozed_until: datetime | None = None
    avatar: str = ""
    sort_key: int = 0
    """What the list is ordered by (see store/conversations.py): with `id` the anchor of a page."""
    priority: int = 0
    """1 for what a rule or a person put before the rest: the row bears a flag, its place stays that of its promise."""


class Standing(NamedTuple):
    """Where a conversation stood before an act: what undoing the act restores. Times are aware UTC."""

    state: ConversationState
    category: Category
    answer_by: datetime | None
    snoozed_until: datetime | None
    unread: bool
    case: tuple[int, int | None, int | None, str] | None = None
    """How the newest case stood: models/case.py, `Solved` (not imported here: this file is needed before the first frame)."""
