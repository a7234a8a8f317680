"""Tables of e-mail: the mailbox of an account, the managers who decide, what was asked of them, and each letter that went or came."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Mailbox(SQLModel, table=True):
    """Where an account of the network `email` sends and reads, and how far it was read. The secret is in the keyring."""

    __tablename__ = "mailbox"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    address: str
    sender_name: str = ""
    user: str = ""
    """What the servers know the user by; mostly the address."""
    sign_in: str = "password"
    """`password` or `xoauth2`."""
    smtp_host: str
    smtp_port: int = 465
    smtp_security: str = "tls"
    """`tls` (from the first byte) or `starttls`."""
    imap_host: str
    imap_port: int = 993
    imap_security: str = "tls"
    copy_to_self: bool = True
    """A blind copy of each letter comes to the own mailbox: the proof that it left."""
    folder: str = "INBOX"
    sent_folder: str = ""
    """As the server names it; empty until it was asked."""
    uid_validity: int | None = None
    last_uid: int | None = None
    """The last one read of `folder`, under this `uid_validity`."""
    resyncs: int = 0
    """How often the server gave all letters other numbers."""


class Manager(SQLModel, table=True):
    """A colleague who decides what the shop's community manager may not. Times: UTC milliseconds."""

    __tablename__ = "manager"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    role: str = ""
    email: str
    topics: str = "[]"
    """JSON list of categories and words that are theirs."""
    languages: str = "[]"
    """JSON list, the one they are written to in first."""
    zone: str = ""
    """Empty: the shop's."""
    hours: str = "[]"
    """JSON: blocks of working time by weekday, as the shop's own; empty: the shop's."""
    is_masked: bool = True
    """Whether e-mail addresses and phone numbers of customers are covered in what is sent to them."""
    removed_at: int | None = None


class Escalation(SQLModel, table=True):
    """A question to a manager about a conversation. Times: UTC milliseconds."""

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("token"),
        Index("escalation_conversation", "conversation_id"),
        Index("escalation_open", "remind_at", sqlite_where=text("closed_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    manager_id: int = Field(foreign_key="manager.id")
    account_id: int = Field(foreign_key="account.id")
    """The mailbox that it is sent from."""
    token: str
    """What an answer is recognised by where a mail program lost the reference; not to be guessed."""
    state: str = "waiting"
    """`waiting`, `answered`, `bounced`, `closed`."""
    reasons: str = "[]"
    question: str = ""
    subject: str = ""
    outbox_id: int | None = None
    """The letter on its way; None where it was handed to the user's own mail program."""
    reply_outbox_id: int | None = None
    """What the customer was told."""
    promise_id: int | None = Field(default=None, foreign_key="promise.id")
    remind_at: int | None = None
    asked_at: int
    answered_at: int | None = None
    closed_at: int | None = None


class Letter(SQLModel, table=True):
    """One e-mail that went out or came in and belongs to something here; others are never stored. Times: UTC milliseconds."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("account_id", "remote_id"),
        Index("letter_escalation", "escalation_id", "at"),
        Index("letter_conversation", "conversation_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    escalation_id: int | None = Field(default=None, foreign_key="escalation.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    outbox_id: int | None = None
    is_ours: bool = False
    kind: str
    """`question`, `answer`, `automatic`, `bounce`, `forward`, or `unsure` where it only looks like an answer."""
    remote_id: str
    """Its Message-ID, in angle brackets; where it came without one, what was made up for it."""
    in_reply_to: str = ""
    chain: str = "[]"
    """JSON list: the Message-IDs of its References, the oldest first."""
    from_address: str = ""
    from_name: str = ""
    subject: str = ""
    text: str = ""
    """Plain: what is new in it, without what it quotes and without a signature."""
    whole: str = ""
    """Plain: all of it."""
    attachments: str = "[]"
    """JSON list of {name, bytes}: what hangs on it stays in the mailbox."""
    uid_validity: int | None = None
    uid: int | None = None
    at: int
    arrived_at: int
    read: bool = False
    used_at: int | None = None
    """When it was made into the reply to the customer."""


class Invitation(SQLModel, table=True):
    """That a customer was asked to go on by e-mail, and the conversation it went on as. Times: UTC milliseconds."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("token"),
        Index("invitation_conversation", "conversation_id"),
        Index("invitation_led_to", "led_to"),
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    account_id: int = Field(foreign_key="account.id")
    """The mailbox that they write to."""
    token: str
    address: str = ""
    """The customer's, where it is known."""
    outbox_id: int | None = None
    invited_at: int
    led_to: int | None = Field(default=None, foreign_key="conversation.id")
    taken_at: int | None = None
    """When the customer's first letter came, or ours went."""
