"""The outbox table: everything owed to a network, with all that is needed to send it and to settle what became of it."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class OutboxItem(SQLModel, table=True):
    """One delivery. Every transaction that touches this table is committed with FULL durability. Times: UTC milliseconds."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("outbox_due", "state", "due_at", "id"),
        Index("outbox_remote", "account_id", "remote_id"),
        Index("outbox_served", "account_id", "claimed_at"),
        Index("outbox_next", "account_id", "state", "due_at", "id"),
        Index("outbox_post", "post_id"),
        Index("outbox_conversation", "conversation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    kind: str
    state: str = "waiting"
    key: str
    """Stable idempotency key: made before the first attempt, never used for other content."""
    post_id: int | None = Field(default=None, foreign_key="post.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    """The message that a reply answers or that an act is on."""
    target: str = ""
    """Remote id of what is answered, liked or boosted; empty for posts."""
    parts: str = '[""]'
    """JSON list of texts, frozen at scheduling: one, or the parts of a thread."""
    pictures: str = "[]"
    poll: str = ""
    visibility: str = "public"
    warning: str = ""
    language: str = ""
    answer_title: str = ""
    due_at: int
    """Not sent before this time."""
    next_try_at: int | None = None
    attempts: int = 0
    progress: str = "[]"
    """JSON list of {"id", "url"} of the thread's parts that are certainly out."""
    claimed_at: int | None = None
    claimed_by: str = ""
    claim_ends_at: int | None = None
    """Lease: another process may take a claim over (as unsure) after this time."""
    first_claimed_at: int | None = None
    """When an attempt on the current part first began: evidence older than this is not ours."""
    begun_at: int | None = None
    """When the first attempt on the item ever began; kept over all attempts, so that each sends the identical record."""
    quote: str = ""
    """Remote id of the post this one quotes."""
    mail: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """JSON of what an e-mail has besides its text (`models/letter.py`); empty for everything else."""
    link_card: str = ""
    """JSON of the link's card as it was previewed; empty without one."""
    lateness: str = ""
    """What to do when its time has passed (`models/lateness.py`); empty: the setting."""
    waits_for: int | None = Field(default=None, foreign_key="outbox.id")
    """The delivery that must be out before this one may leave (an image set)."""
    held_id: str = ""
    """Id under which the server's own scheduling holds it."""
    uploads: str = ""
    """JSON of the media ids that were uploaded ahead of time, and when; empty without any."""
    warnings: str = ""
    """JSON list of the messages of the checks that failed; empty when all is well."""
    checked_at: int | None = None
    reason: str = ""
    remote_id: str = ""
    url: str = ""
    sent_at: int | None = None
    deleted_at: int | None = None
    """When it was taken off the network again."""
    created_at: int
