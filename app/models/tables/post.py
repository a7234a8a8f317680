"""Tables of posts, their variants, pictures and links, and of what they are planned by: campaigns, launches, slots, series, products."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Post(SQLModel, table=True):
    """Something we publish. Times: UTC milliseconds; the planned wall time keeps its zone."""

    __tablename__ = "post"
    __table_args__ = (
        Index("post_planned", "planned_at"),
        Index("post_state", "state", "planned_at"),
        Index("post_mark", "mark_id"),
        Index("post_series", "series_id", "series_day"),
        Index("post_campaign", "campaign_id", "planned_at"),
    )

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
    origin: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """JSON of where the idea came from (`models/idea.py`); empty: the user's own."""
    announcement: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Which planned announcement of its campaign it is (`teaser`, `remind` ...); empty: none."""
    mark_id: int | None = Field(default=None, foreign_key="mark.id")
    """The launch that it belongs to and moves with."""
    series_id: int | None = Field(default=None, foreign_key="series.id")
    """The recurring post of which it is one occurrence."""
    series_day: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The day (ISO, in the series' zone) of that occurrence, wherever it was moved to since."""
    evergreen: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    question: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether it asks the community something: its replies are collected (P10)."""
    set_account_id: int | None = Field(default=None, foreign_key="account.id")
    """The account that publishes its pictures as a set; the others carry the first one and the set's link, and wait for it (P7)."""
    track_clicks: bool = Field(default=True, sa_column_kwargs={"server_default": "1"})
    spacing: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Minutes between its accounts, in their order; 0: all at once."""
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
    """A campaign: a goal, its phases, where it runs. Times: UTC milliseconds."""

    __tablename__ = "campaign"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    goal: str = ""
    hue: str = ""
    accounts: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON list of account ids."""
    tags: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON list of its hashtags, without "#"."""
    slug: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Its name in tracked links (utm_campaign)."""
    created_at: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    removed_at: int | None = None


class Phase(SQLModel, table=True):
    """A phase of a campaign, whole days in the shop's zone (ISO dates, both included)."""

    __tablename__ = "phase"
    __table_args__ = (Index("phase_campaign", "campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    title: str = Field(default="", sa_column_kwargs={"server_default": ""})
    starts_on: str
    ends_on: str
    posts_a_day: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many posts a day it asks for; 0: any number."""


class Mark(SQLModel, table=True):
    """A launch, holiday or deadline on the calendar (ISO date in the shop's zone). A launch has a product, and posts that move with it."""

    __tablename__ = "mark"
    __table_args__ = (Index("mark_on", "on_day"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    title: str
    on_day: str
    minute: int | None = None
    """Minute of the day in the shop's zone; None: the whole day."""
    url: str = Field(default="", sa_column_kwargs={"server_default": ""})
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    pattern_id: int | None = Field(default=None, foreign_key="pattern.id")
    removed_at: int | None = None


class Pattern(SQLModel, table=True):
    """A reusable pattern of posts around a launch (T-7 ... T+2)."""

    __tablename__ = "pattern"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    steps: str = "[]"
    """JSON list of its posts: days from the launch, minute, format, pillar, text with {product} and {link}."""
    removed_at: int | None = None


class Series(SQLModel, table=True):
    """A recurring post: what it says, and when (wall-clock time in its zone)."""

    __tablename__ = "series"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    draft: str
    """JSON of the post each occurrence begins as."""
    rule: str
    """RFC 5545 RRULE."""
    minute: int
    zone: str
    starts_on: str
    ends_on: str = ""
    skipped: str = "[]"
    """JSON list of days (ISO) that are left out."""
    paused: bool = False
    made_until: str = ""
    """The last day (ISO) up to which its occurrences stand on the calendar."""
    removed_at: int | None = None


class Slot(SQLModel, table=True):
    """A good time of an account: a weekday (0 is Monday) and a minute of the day, in wall-clock time of its zone."""

    __tablename__ = "slot"
    __table_args__ = (Index("slot_account", "account_id", "weekday", "minute"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    weekday: int
    minute: int
    zone: str
    pillar: str = ""
    """The queue it serves; empty: any post."""
    enabled: bool = True


class SlotDay(SQLModel, table=True):
    """A weekday of an account that is switched off; its slots keep their times."""

    __tablename__ = "slot_day"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    weekday: int = Field(primary_key=True)


class HashtagSet(SQLModel, table=True):
    """Hashtags that go together, by name."""

    __tablename__ = "hashtag_set"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    tags: str = "[]"
    """JSON list, without "#"."""


class TrackedLink(SQLModel, table=True):
    """A link as one post carries it on one account: with its UTM parameters, and short where a shortener is set up. Made once, used again."""

    __tablename__ = "tracked_link"
    __table_args__ = (Index("tracked_link_url", "url"), Index("tracked_link_short", "short"))

    post_id: int = Field(primary_key=True, foreign_key="post.id")
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    url: str = Field(primary_key=True)
    """As the user wrote it, with its scheme."""
    tracked: str
    """With the UTM parameters."""
    short: str = ""
    shortener: str = ""
    """`bitly` or `shlink`; empty without one."""
    remote_id: str = ""
    """Its id at the shortener."""
    made_at: int


class KeptReply(SQLModel, table=True):
    """A reply to a question that the user keeps as one of the best, or put into a group by hand."""

    __tablename__ = "kept_reply"

    post_id: int = Field(primary_key=True, foreign_key="post.id")
    message_id: int = Field(primary_key=True, foreign_key="message.id")
    kept: bool = True
    topic: str = ""
    thanked_at: int | None = None
    at: int


class ProductFeed(SQLModel, table=True):
    """A list of the shop's products: where it is read, and what its columns mean."""

    __tablename__ = "product_feed"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    kind: str
    """`csv`, `rss` or `merchant`."""
    source: str
    """A path, or an https address."""
    columns: str = "{}"
    """JSON: what each column of a CSV means."""
    template: str = ""
    """What an idea made of one of its products begins with."""
    read_at: int | None = None
    trouble: str = ""
    removed_at: int | None = None


class Product(SQLModel, table=True):
    """One product of a feed."""

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("feed_id", "key"),
        Index("product_used", "feed_id", "used_at", sqlite_where=text("used_at IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    feed_id: int = Field(foreign_key="product_feed.id")
    key: str
    title: str
    folded: str = ""
    """Its title and maker as searches see them."""
    maker: str = ""
    """Brand, artist or author."""
    kind: str = ""
    description: str = ""
    url: str = ""
    picture: str = ""
    price: str = ""
    """As the feed writes it, with its currency."""
    available: bool = True
    seen_at: int
    """The reading of the feed in which it was last there."""
    used_at: int | None = None
    """When an idea was made of it last."""
