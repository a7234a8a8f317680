"""Tables of cases (a stretch of a conversation from its first message to done) and of promises made in them."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel


class Case(SQLModel, table=True):
    """One case. Open while `solved_at` is None. Times: UTC milliseconds; durations: milliseconds of working hours."""

    __tablename__ = "support_case"
    __table_args__ = (Index("case_conversation", "conversation_id", "opened_at"), Index("case_opened", "opened_at"))

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    category: str = "other"
    """What the conversation's category was when the case ended, or is now."""
    opened_at: int
    """When the first message of the case was written."""
    answered_at: int | None = None
    """When our first reply went out."""
    answered_in: int | None = None
    """Working time from `opened_at` to `answered_at`."""
    solved_at: int | None = None
    solved_in: int | None = None
    """Working time from `opened_at` to `solved_at`."""
    taken_up_at: int | None = None
    """When somebody last said by hand that it needs an answer again: what is promised counts from then."""
    messages: int = 0
    """Of the customer."""
    replies: int = 0
    """Of ours."""
    reopened: bool = False
    """Whether the customer wrote again after it was solved: the case after it says so of this one."""


class Promise(SQLModel, table=True):
    """Something we said we would do. Open while neither kept nor let go. Times: UTC milliseconds."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("promise_open", "due_at", sqlite_where=text("kept_at IS NULL AND let_go_at IS NULL")),
        Index("promise_customer", "customer_id"),
        Index("promise_conversation", "conversation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    conversation_id: int = Field(foreign_key="conversation.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    """The message, theirs or ours, that it was made in; None where it was written by hand."""
    text: str
    due_at: int
    made_at: int
    kept_at: int | None = None
    let_go_at: int | None = None
