"""A message: one incoming item, or one of our replies inside a conversation; with the row that the conversation shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.agreement import AgreementRow
from app.models.case import CaseRow
from app.models.conversation import Category, ConversationState
from app.models.escalation import EscalationRow
from app.models.invitation import Continued
from app.models.outbox import DeliveryState
from app.models.tag import TagRow


class MessageKind(StrEnum):
    """How a message reached us, or that it is ours."""

    MENTION = "mention"
    REPLY = "reply"
    QUOTE = "quote"
    PRIVATE = "private"
    COMMENT = "comment"
    SEARCH = "found"
    """Found by a saved search: it names us without addressing us."""
    OURS = "ours"
    """Written by the account itself: through Tertulia, or read back from the network when another device wrote it."""


class Visibility(StrEnum):
    """Who may read a post or message. Networks translate these into their own words."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or other file of a message, at the network; it is not fetched by showing the message."""

    url: str
    kind: str
    """`image`, `video`, `audio` or `other`."""
    alt: str = ""
    preview_url: str = ""


class RuleNote(NamedTuple):
    """Which rule did something to a message, and what it changed: None for what it left as it was."""

    mark_id: int
    rule_id: int
    name: str
    category: Category | None = None
    priority: int | None = None
    move: ConversationState | None = None
    undone: bool = False
    by_playbook: bool = False
    """No rule of the user's: an answer of the playbook would fit, and this is its category."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message, or one reply still in the outbox, as the conversation shows it. Times are aware UTC."""

    id: int
    """Row of `message`; negative outbox ids for replies that are not out yet."""
    conversation_id: int
    kind: MessageKind
    author: str
    handle: str
    text: str
    at: datetime
    visibility: Visibility
    language: str = ""
    url: str = ""
    attachments: tuple[Attachment, ...] = ()
    liked: bool = False
    boosted: bool = False
    deleted: bool = False
    answerable: bool = True
    """Whether the network lets a program answer it; otherwise it is answered by hand."""
    answer_title: str = ""
    """Title of the playbook answer our reply came from; empty otherwise."""
    delivery: DeliveryState | None = None
    """For our own replies: where the delivery stands; None for what customers wrote."""
    outbox_id: int | None = None
    leaves_at: datetime | None = None
    """For a waiting reply: when it leaves (undo-send)."""
    reason: str = ""
    """A `Message` as JSON: why the delivery failed or what must be decided."""
    thanks: bool = False
    """A bare "thanks", which did not reopen the conversation."""
    tags: tuple[TagRow, ...] = ()
    rules: tuple[RuleNote, ...] = ()
    """What rules did to it, in order."""


@dataclass(frozen=True, slots=True)
class ParentPost:
    """The post of ours (or theirs) under which a conversation stands."""

    text: str
    url: str
    at: datetime | None
    pillar: str = ""
    clicks: int | None = None
    ours: bool = True
    subject: bool = False
    """It is no post but what the letters are about."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """The customer card in its first form."""

    id: int
    name: str
    language: str
    first_at: datetime | None
    followers: int | None
    cases: int
    identities: tuple[tuple[str, str], ...]
    """(network, handle) pairs."""
    tags: tuple[str, ...] = ()
    note: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note of ours inside a conversation, only on this computer."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationDetail:
    """All that the conversation pane shows at once: newest page of messages in time order."""

    id: int
    messages: tuple[MessageRow, ...]
    notes: tuple[NoteRow, ...]
    parent: ParentPost | None
    customer: CustomerRow
    draft: str
    draft_visibility: Visibility | None
    """Who may read it, where that was chosen; it is kept also while nothing is written yet."""
    reply_visibility: Visibility
    """What a reply defaults to: as the customer wrote."""
    draft_pictures: tuple[tuple[str, str], ...] = ()
    """(path inside the media folder, description) of what goes with it."""
    draft_language: str = ""
    """Of the reply, where it was chosen."""
    earlier: int = 0
    """How many messages are older than those given."""
    case: CaseRow | None = None
    """The case it is in, or was in last."""
    agreements: tuple[AgreementRow, ...] = ()
    """What was settled in it, the oldest first."""
    continues: Continued | None = None
    """The conversation that this one goes on from, by e-mail."""
    goes_on: Continued | None = None
    """How it goes on by e-mail, or that its customer was invited."""
    escalations: tuple[EscalationRow, ...] = ()
    """What was asked of managers about it, the oldest first."""
