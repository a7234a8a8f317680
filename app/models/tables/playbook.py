"""Tables around the playbook's answers: facts they draw on, former versions, what is being written, and each use."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Fact(SQLModel, table=True):
    """Something that answers say and that changes: a shipping time, a price. Times: UTC milliseconds."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    """What stands in texts as `{fact:key}`."""
    title: str = ""
    text: str = "{}"
    """JSON: the words by language."""
    expires_on: str = ""
    """The last day on which it holds, as an ISO date of the shop's calendar; empty: until somebody changes it."""
    changed_at: int = 0
    removed_at: int | None = None


class AnswerVersion(SQLModel, table=True):
    """An answer as it was before a save."""

    __tablename__ = "answer_version"
    __table_args__ = (Index("answer_version_answer", "answer_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id")
    at: int
    """When that content was saved."""
    content: str
    """JSON; see store/answer_content.py."""


class AnswerDraft(SQLModel, table=True):
    """What is being written and not saved yet: one an answer, and one for an answer that is not there yet."""

    __tablename__ = "answer_draft"
    __table_args__ = (UniqueConstraint("answer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = 0
    """0: a new answer."""
    at: int
    content: str


class AnswerUse(SQLModel, table=True):
    """A reply that was written from an answer. Taken back with the reply."""

    __tablename__ = "answer_use"
    __table_args__ = (
        Index("answer_use_answer", "answer_id", "at"),
        Index("answer_use_conversation", "conversation_id"),
        Index("answer_use_outbox", "outbox_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id")
    wording_id: int | None = None
    """Not a foreign key: the wording may have been rewritten since."""
    conversation_id: int = Field(foreign_key="conversation.id")
    outbox_id: int | None = None
    at: int
    edited: bool = False
    """Whether the words were changed before they went."""
    sent: str = ""
    """What went out, where it was changed."""
