"""Tables of tags on messages, and of the rules that sort what comes in."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Tag(SQLModel, table=True):
    """One tag. `key` names the three that every profile has (request, opinion, criticism), whose words are translated; empty for own ones."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("key", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = ""
    name: str = ""
    position: int = 0
    retired_at: int | None = None
    """Not offered any more; messages keep it. UTC milliseconds."""


class MessageTag(SQLModel, table=True):
    """That a message carries a tag."""

    __tablename__ = "message_tag"
    __table_args__ = (Index("message_tag_tag", "tag_id", "message_id"),)

    message_id: int = Field(primary_key=True, foreign_key="message.id")
    tag_id: int = Field(primary_key=True, foreign_key="tag.id")
    rule_id: int | None = None
    """The rule that put it there; None: a person did."""
    at: int


class Rule(SQLModel, table=True):
    """One rule: what a message must be like, and what is then done. In order of `position`."""

    __tablename__ = "rule"

    id: int | None = Field(default=None, primary_key=True)
    position: int
    name: str
    active: bool = True
    conditions: str
    """JSON of `models/rule.py`."""
    acts: str
    """JSON of `models/rule.py`."""
    created_at: int


class RuleMark(SQLModel, table=True):
    """That a rule acted on a message, and what stood there before: undone from it."""

    __tablename__ = "rule_mark"
    __table_args__ = (Index("rule_mark_conversation", "conversation_id"), Index("rule_mark_rule", "rule_id", "at"))

    id: int | None = Field(default=None, primary_key=True)
    rule_id: int = Field(foreign_key="rule.id")
    message_id: int = Field(foreign_key="message.id")
    conversation_id: int = Field(foreign_key="conversation.id")
    at: int
    before: str = "{}"
    undone_at: int | None = None
