"""Tables of saved searches and of the conversations they found."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class SavedSearch(SQLModel, table=True):
    """Words to look for: in all history, and at the networks where an account can search there. Times: UTC milliseconds."""

    __tablename__ = "saved_search"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    words: str
    """As typed into the search field, operators included."""
    accounts: str = "[]"
    """JSON list of the accounts that look for it at their networks."""
    asks: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether what is found at the networks needs an answer."""
    position: int = 0
    created_at: int
    removed_at: int | None = None


class SearchHit(SQLModel, table=True):
    """That a saved search found a conversation."""

    __tablename__ = "search_hit"
    __table_args__ = (Index("search_hit_conversation", "conversation_id"),)

    search_id: int = Field(primary_key=True, foreign_key="saved_search.id")
    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    at: int
