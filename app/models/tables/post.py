"""Tables of posts, their variants and pictures, and of campaigns, phases and marks around them."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel


class Post(SQLModel, table=True):
    """Something we publish. Times: UTC milliseconds; the planned wall time keeps its zone."""

    __tablename__ = "post"
    __table_args__ = (Index("post_planned", "planned_at"), Index("post_state", "state", "planned_at"))

    id: int | None = Field(default=None, primary_key=True)
    title: str = ""
    parts: str = '[""]'
    """JSON list of texts: the base text, or the parts of a thread."""
    state: str = "draft"
    format: str = "informs"
    pillar: str = ""
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    poll: str = ""
    visibility: str = "public"
    warning: str = ""
    language: str = ""
    planned_at: int | None = None
    zone: str = ""
    quote: str = ""
    """Address of the post this one quotes."""
    link_card: str = ""
    """JSON of the link's card as it was previewed; empty without one."""
    lateness: str = ""
    """What to do when its time has passed; empty: the setting."""
    created_at: int
    saved_at: int
    deleted_at: int | None = None


class Variant(SQLModel, table=True):
    """That a post goes to an account, and the account's own text where it has one (`parts` empty: the base text)."""

    __tablename__ = "variant"

    post_id: int = Field(primary_key=True, foreign_key="post.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    parts: str = ""
    visibility: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """`public` where the user chose that in place of the post's, which the network has not; empty: the post's."""


class PostPicture(SQLModel, table=True):
    """A picture of a post, in order. `path` is relative to the profile's media folder."""

    __tablename__ = "post_picture"

    post_id: int = Field(primary_key=True, foreign_key="post.id")
    position: int = Field(primary_key=True)
    path: str
    alt: str = ""


class Campaign(SQLModel, table=True):
    """A campaign: a goal and its phases."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    goal: str = ""
    hue: str = ""


class Phase(SQLModel, table=True):
    """A phase of a campaign, whole days in the shop's zone (ISO dates, both included)."""

    __tablename__ = "phase"
    __table_args__ = (Index("phase_campaign", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    starts_on: str
    ends_on: str


class Mark(SQLModel, table=True):
    """A launch, holiday or deadline on the calendar (ISO date in the shop's zone)."""

    __tablename__ = "mark"
    __table_args__ = (Index("mark_on", "on_day"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    title: str
    on_day: str
