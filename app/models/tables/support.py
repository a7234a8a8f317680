"""Tables behind the figures of support and audience: what the call centre counted, names of the catalogue, and which messages speak of them."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class CallMonth(SQLModel, table=True):
    """What the call centre counted in a calendar month, as it was typed in or read from its file."""

    __tablename__ = "call_month"

    month: str = Field(primary_key=True)
    """Year and month: 2026-11."""
    calls: int | None = None
    mean_seconds: int | None = None
    """Until a call was answered, on the mean."""
    noted_at: int
    """UTC milliseconds."""


class ProductTerm(SQLModel, table=True):
    """A name by which customers may speak of what is sold: of a product, its maker, or its kind."""

    __tablename__ = "product_term"
    __table_args__ = {"sqlite_with_rowid": False}

    term: str = Field(primary_key=True)
    """Folded as the search index folds words, a blank between them."""
    kind: str = Field(primary_key=True)
    """`maker`, `title` or `style`."""
    name: str
    """As the feed writes it."""
    hidden: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """The user said that it is no interest but a common word."""


class MessageTerm(SQLModel, table=True):
    """That a customer's message speaks of a name of the catalogue."""

    __tablename__ = "message_term"
    __table_args__ = (Index("message_term_term", "kind", "term"), {"sqlite_with_rowid": False})

    message_id: int = Field(primary_key=True, foreign_key="message.id")
    kind: str = Field(primary_key=True)
    term: str = Field(primary_key=True)
