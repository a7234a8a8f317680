"""The table of agreements: what was settled with a customer, as it stood that day."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class Agreement(SQLModel, table=True):
    """A dated record. Its transcript and terms are copies: what is said or deleted later changes nothing in it. Times: UTC milliseconds."""

    __tablename__ = "agreement"
    __table_args__ = (
        Index("agreement_customer", "customer_id", "agreed_at"),
        Index("agreement_conversation", "conversation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    conversation_id: int = Field(foreign_key="conversation.id")
    kind: str
    """`refund`, `exchange`, `replacement`, `discount` or `other`."""
    text: str
    amount: int | None = None
    """In hundredths of `currency`'s unit, as orders are."""
    currency: str = ""
    order_number: str = ""
    terms: str = ""
    """Where the shop's terms stood."""
    transcript: str
    """JSON list of {ours, name, handle, at, text, url}, the oldest first."""
    agreed_at: int
    made_at: int
    replaces: int | None = Field(default=None, foreign_key="agreement.id")
    """The one that this took the place of: an agreement is never rewritten."""
    removed_at: int | None = None
