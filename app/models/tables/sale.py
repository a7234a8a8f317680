"""Tables of what campaigns cost and sold: costs, coupons, what the shop's web analytics counted, and figures of days before we measured."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class CampaignCost(SQLModel, table=True):
    """Money that a campaign cost, as the user typed it."""

    __tablename__ = "campaign_cost"
    __table_args__ = (Index("campaign_cost_campaign", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    title: str = ""
    amount: int
    """In hundredths of the currency's unit."""
    currency: str
    on_day: str
    """ISO date in the shop's zone."""
    made_at: int
    removed_at: int | None = None


class CampaignCoupon(SQLModel, table=True):
    """A coupon whose orders are a campaign's. Written small, as orders keep theirs."""

    __tablename__ = "campaign_coupon"
    __table_args__ = (Index("campaign_coupon_campaign", "campaign_id"),)

    code: str = Field(primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")


class VisitDay(SQLModel, table=True):
    """What the analytics server counted on one day (its site's) of visits that came with these parameters; a day nobody asked about has no row."""

    __tablename__ = "visit_day"
    __table_args__ = (
        Index("visit_day_campaign", "campaign", "day"),
        Index("visit_day_content", "content", "day"),
        {"sqlite_with_rowid": False},
    )

    day: int = Field(primary_key=True)
    """Its proleptic Gregorian ordinal."""
    campaign: str = Field(primary_key=True)
    """utm_campaign, small; empty for visits without one."""
    content: str = Field(primary_key=True)
    """utm_content, small."""
    goal: str = Field(primary_key=True)
    """The goal's name; empty: visits."""
    count: int


class PastDay(SQLModel, table=True):
    """What an account's posts gained on a day before we measured, out of the user's own file; added to `figure_day` by triggers."""

    __tablename__ = "past_day"
    __table_args__ = {"sqlite_with_rowid": False}

    metric: str = Field(primary_key=True)
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    day: int = Field(primary_key=True)
    gained: int
