"""The table of the shop's orders, as read from its export."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Order(SQLModel, table=True):
    """One order. `handle` and `email` are folded (lower case, no @ in front of the handle): customers are matched by them."""

    __tablename__ = "shop_order"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("order_customer", "customer_id"),
        Index("order_email", "email"),
        Index("order_handle", "handle"),
        Index("order_at", "ordered_at"),
        Index("order_campaign", "campaign"),
        Index("order_content", "content"),
        Index("order_coupon", "coupon"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    name: str = ""
    email: str = ""
    handle: str = ""
    products: str = ""
    """What was ordered, one line."""
    amount: int | None = None
    """In hundredths of the currency's unit."""
    currency: str = ""
    state: str = ""
    """The shop's own word."""
    ordered_at: int | None = None
    source: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """utm_source of the visit in which it was ordered, small; as `campaign`, `content` and `coupon` are."""
    campaign: str = Field(default="", sa_column_kwargs={"server_default": ""})
    content: str = Field(default="", sa_column_kwargs={"server_default": ""})
    coupon: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The codes used, a blank between them."""
    sold: bool = Field(default=True, sa_column_kwargs={"server_default": "1"})
    """False where the shop's own word says that it was cancelled or paid back."""
    imported_at: int
