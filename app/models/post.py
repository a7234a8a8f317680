"""A post: something we publish, with a variant (text) per account. States, formats and the rows that screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.lateness import Lateness
from app.models.message import Visibility
from app.models.outbox import DeliveryState, Keeper
from app.runtime.words import Message


class PostState(StrEnum):
    """product.md, Words: what the user decided about a post; where it stands on its way is the delivery's state."""

    IDEA = "idea"
    DRAFT = "draft"
    SCHEDULED = "scheduled"


class PostFormat(StrEnum):
    """The five formats; only promo counts as selling."""

    INFORMS = "informs"
    ANNOUNCES = "announces"
    MEDIA = "media"
    POLL = "poll"
    PROMO = "promo"


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that goes with a post or reply: its path inside the profile's media folder, and its description."""

    path: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """The card of a link, as the composer shows it and as a network that leaves it to us gets it."""

    url: str
    title: str
    description: str = ""
    picture: str = ""
    """Path inside the profile's media folder; empty without one."""


@dataclass(frozen=True, slots=True)
class QuotedPost:
    """A post that another one quotes. Who wrote it and what it says came from a network: shown as plain text alone."""

    url: str
    handle: str = ""
    text: str = ""
    known: tuple[tuple[int, str], ...] = ()
    """(account id, remote id) of accounts whose network has it."""
    refused: tuple[tuple[int, str], ...] = ()
    """(account id, a `Message` as JSON) where it is there, but its author lets this account not quote it."""
    without: tuple[int, ...] = ()
    """Accounts whose post goes out without it, as the user was shown."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll of a post. `hours` is how long it stays open."""

    options: tuple[str, ...]
    hours: int = 24
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class PostDraft:
    """What the composer holds and saves at each pause: the whole of a post before it is scheduled."""

    id: int | None = None
    """None until first saved."""
    parts: tuple[str, ...] = ("",)
    """Base text; more than one part is a thread."""
    variants: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """(account id, parts) where an account has its own text."""
    accounts: tuple[int, ...] = ()
    pictures: tuple[Picture, ...] = ()
    poll: Poll | None = None
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    pillar: str = ""
    format: PostFormat = PostFormat.INFORMS
    planned_at: datetime | None = None
    """The chosen time (aware UTC), kept also while the post is a draft."""
    zone: str = ""
    """IANA zone in which the wall time was chosen."""
    title: str = ""
    quote: QuotedPost | None = None
    link_card: LinkPreview | None = None
    no_card_of: str = ""
    """The link that the user wants no card of."""
    public_at: tuple[int, ...] = ()
    """Accounts whose network has no such visibility, and where the user chose to publish for everybody instead."""
    lateness: Lateness | None = None
    """None: the setting."""
    campaign_id: int | None = None
    announcement: str = ""
    """Which planned announcement of its campaign it is; empty: none."""
    mark_id: int | None = None
    """The launch that it moves with."""
    series_id: int | None = None
    series_day: str = ""
    """Of one occurrence of a recurring post: its day (ISO) by the rule."""
    evergreen: bool = False
    question: bool = False
    set_account_id: int | None = None
    """The account that publishes the pictures as a set; the others carry the first one and the set's link."""
    track_clicks: bool = True
    spacing: int = 0
    """Minutes between its accounts; 0: all at once."""
    origin: str = ""
    """Where the idea came from, as tables keep it; empty: the user's own."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post as Today and lists show it. Times are aware UTC."""

    id: int
    title: str
    """Own title, or the first line of the text."""
    state: PostState
    shown: DeliveryState | None
    """Worst state of its deliveries; None while it has none."""
    deliveries: int
    out: int
    planned_at: datetime | None
    pillar: str
    format: PostFormat
    networks: tuple[str, ...]
    clicks: int | None = None
    reason: str = ""
    saved_at: datetime | None = None
    keeper: Keeper | None = None
    """Who keeps the promise: this computer where any of its deliveries depends on it; None when nothing is to come."""
    warnings: tuple[Message, ...] = ()
    """Checks of its deliveries that fail while there is time: the post is amber."""
