"""Tables of the FAQ: questions that are asked often, with the answer that the shop publishes, and what that saved."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class FaqEntry(SQLModel, table=True):
    """One question with its answer. Times: UTC milliseconds."""

    __tablename__ = "faq_entry"
    __table_args__ = (Index("faq_entry_state", "state", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    state: str = "draft"
    """`draft`, `published`, or `hidden`: a group that is no question for a FAQ."""
    category: str = "other"
    question: str = "{}"
    """JSON: by language."""
    answer: str = "{}"
    """JSON: by language."""
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    """The playbook's answer that it was made from."""
    url: str = ""
    """Where it was published."""
    position: int = 0
    published_at: int | None = None
    created_at: int
    changed_at: int
    removed_at: int | None = None


class FaqAsked(SQLModel, table=True):
    """That a message asks this question. Times: UTC milliseconds."""

    __tablename__ = "faq_asked"
    __table_args__ = (UniqueConstraint("message_id"), Index("faq_asked_entry", "entry_id", "at"))

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="faq_entry.id")
    message_id: int = Field(foreign_key="message.id")
    at: int
    """When it was written."""
    by_hand: bool = False


class FaqUse(SQLModel, table=True):
    """A reply that carried the entry's link. Times: UTC milliseconds."""

    __tablename__ = "faq_use"
    __table_args__ = (Index("faq_use_entry", "entry_id", "at"), Index("faq_use_outbox", "outbox_id"))

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="faq_entry.id")
    conversation_id: int = Field(foreign_key="conversation.id")
    outbox_id: int | None = None
    at: int
