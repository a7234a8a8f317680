"""Tables of customers, conversations, messages, notes and reply drafts."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Customer(SQLModel, table=True):
    """A person; may have identities on several networks. Times: UTC milliseconds."""

    __tablename__ = "customer"
    __table_args__ = (Index("customer_email", "email", sqlite_where=text("email <> ''")),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    language: str = ""
    city: str = ""
    note: str = ""
    email: str = Field(default="", sa_column_kwargs={"server_default": ""})
    flags: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON list of keys: `vip`, `press`, `partner`, `careful`."""
    tags: str = "[]"
    first_at: int | None = None
    muted_at: int | None = None
    """Ignored politely since: what the person writes goes to Trolls & spam, unless it looks like an order or a complaint."""
    newsletter_at: int | None = None
    """When it was noted that they want the shop's newsletter (flag `newsletter`); without it nobody is put on a list for it."""


class Identity(SQLModel, table=True):
    """A profile of a customer on one network (`remote_id` is the network's id of the profile)."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("network", "server", "remote_id"), Index("identity_customer", "customer_id"))

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    network: str
    server: str = ""
    """Server of the account that saw this profile: ids of federated networks are local to it."""
    remote_id: str
    handle: str
    name: str = ""
    url: str = ""
    avatar: str = ""
    followers: int | None = None


class Joining(SQLModel, table=True):
    """That two customers were joined by hand, and what stood there before: separated again from it."""

    __tablename__ = "joining"
    __table_args__ = (Index("joining_kept", "kept_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="customer.id")
    joined_id: int = Field(foreign_key="customer.id")
    """Has no identities while it is joined; its row stays for the day they are separated."""
    before: str
    """JSON: ids of the identities, conversations, promises and orders that moved, and fields of `kept_id` that were filled in."""
    at: int
    undone_at: int | None = None


class Conversation(SQLModel, table=True):
    """One customer, one account, one thread or private channel. `sort_key` and `last_at`: UTC milliseconds."""

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("account_id", "thread_key"),
        Index("conversation_state_sort", "state", "sort_key", "id"),
        Index("conversation_account_state_sort", "account_id", "state", "sort_key", "id"),
        Index("conversation_last", "last_at", "id"),
        Index("conversation_account_last", "account_id", "last_at", "id"),
        Index("conversation_customer", "customer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    customer_id: int = Field(foreign_key="customer.id")
    identity_id: int = Field(foreign_key="identity.id")
    thread_key: str
    """What keeps a thread together: root id and customer for public threads, the channel for private ones."""
    state: str = "needs_answer"
    category: str = "other"
    priority: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """0, or 1 for what a rule or a person put before the rest."""
    language: str = ""
    private: bool = False
    unread: bool = True
    snippet: str = ""
    last_at: int
    """When the customer last wrote."""
    ours_at: int | None = None
    answer_by: int | None = None
    snoozed_until: int | None = None
    sort_key: int
    """Ascending order of the list in this state: answer-by for needs answer, wake time for snoozed, minus `last_at` else."""
    under_post_id: int | None = Field(default=None, foreign_key="post.id")
    parent_text: str = ""
    parent_url: str = ""
    parent_ours: bool = True
    tags: str = "[]"


class Message(SQLModel, table=True):
    """One message of a customer or one of our replies that is out. Times: UTC milliseconds."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("account_id", "remote_id"),
        Index("message_conversation_at", "conversation_id", "at", "id"),
        Index("message_at", "at"),
        Index("message_ours_at", "at", sqlite_where=text("kind = 'ours'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    account_id: int = Field(foreign_key="account.id")
    identity_id: int | None = Field(default=None, foreign_key="identity.id")
    """None for our own."""
    remote_id: str
    kind: str
    text: str
    language: str = ""
    visibility: str = "public"
    url: str = ""
    in_reply_to: str = ""
    attachments: str = "[]"
    at: int
    arrived_at: int
    read: bool = False
    liked: bool = False
    boosted: bool = False
    deleted: bool = False
    thanks: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """A bare "thanks", which does not reopen a conversation."""
    mood: int | None = None
    """-1, 0 or 1; None: not looked at."""
    mood_by_hand: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    answerable: bool = True
    """Whether the network lets a program answer it; otherwise it is answered by hand."""
    outbox_id: int | None = None
    answer_title: str = ""


class Note(SQLModel, table=True):
    """A note of ours on a conversation; never leaves this computer."""

    __tablename__ = "note"
    __table_args__ = (Index("note_conversation", "conversation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    text: str
    at: int


class ReplyDraft(SQLModel, table=True):
    """What the user typed in a reply box and did not send yet. Committed with FULL durability."""

    __tablename__ = "reply_draft"

    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    text: str
    visibility: str = ""
    pictures: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON list of {path, alt}, as the outbox keeps them."""
    language: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Of the reply, where it was chosen; empty: the customer's."""
    saved_at: int
