"""A delivery in full: what is owed to a network when it enters the outbox, and all that is needed to send and settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.lateness import Lateness
from app.models.letter import Mail
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import LinkPreview, Picture, Poll
from app.runtime.words import Message


class IllegalMove(Exception):
    """A conversation or delivery cannot go from where it is to where it was sent; whoever sent it there looked too long ago."""

    def __init__(self, subject: str, subject_id: int, of: str, to: str) -> None:
        super().__init__(f"{subject} {subject_id}: {of} -> {to}")
        self.subject = subject
        self.subject_id = subject_id
        self.of = of
        self.to = to


@dataclass(frozen=True, slots=True)
class PartOut:
    """A part of a thread that is certainly out."""

    remote_id: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """What enters the outbox. Texts and pictures are frozen from here on; `due_at` is aware UTC."""

    account_id: int
    kind: OutboxKind
    key: str
    """Stable idempotency key, never used for other content."""
    due_at: datetime
    target: str = ""
    """Remote id of what is answered, liked or boosted; empty for posts."""
    parts: tuple[str, ...] = ("",)
    pictures: tuple[Picture, ...] = ()
    poll: Poll | None = None
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    answer_title: str = ""
    post_id: int | None = None
    conversation_id: int | None = None
    message_id: int | None = None
    """The message that a reply answers or that an act is on."""
    state: DeliveryState = DeliveryState.WAITING
    quote: str = ""
    """Remote id of the post it quotes."""
    link_card: LinkPreview | None = None
    lateness: Lateness | None = None
    """What to do when its time has passed; None: the setting."""
    mail: Mail | None = None
    """What an e-mail has besides its one part; None for everything else."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outbox item with everything an engine needs. Times are aware UTC."""

    id: int
    account_id: int
    network: str
    kind: OutboxKind
    state: DeliveryState
    key: str
    target: str
    parts: tuple[str, ...]
    pictures: tuple[Picture, ...]
    poll: Poll | None
    visibility: Visibility
    warning: str
    language: str
    answer_title: str
    post_id: int | None
    conversation_id: int | None
    message_id: int | None
    due_at: datetime
    next_try_at: datetime | None
    attempts: int
    progress: tuple[PartOut, ...]
    claimed_by: str
    claim_ends_at: datetime | None
    first_claimed_at: datetime | None
    """When an attempt on the current part first began: evidence older than this is not ours."""
    reason: str
    remote_id: str
    url: str
    sent_at: datetime | None
    begun_at: datetime | None = None
    """When the first attempt on the item ever began, whatever became of it; kept over all attempts."""
    quote: str = ""
    link_card: LinkPreview | None = None
    lateness: Lateness | None = None
    held_id: str = ""
    """Id under which the server's own scheduling holds it; empty otherwise."""
    uploads: str = ""
    """JSON of what was uploaded ahead of time; see services/publishing.py."""
    warnings: tuple[Message, ...] = ()
    """Checks that failed while there was time."""
    checked_at: datetime | None = None
    deleted_at: datetime | None = None
    mail: Mail | None = None
    waits_for: int | None = None
    """The delivery that must be out before this one may leave (an image set)."""

    @property
    def parts_left(self) -> tuple[str, ...]:
        """The parts that are not certainly out, the current one first."""
        return self.parts[len(self.progress) :]
