"""What a network is: card, limits, abilities as small protocols, and the plain frozen data that crosses the boundary.

A network's folder implements as many abilities as the network allows; a missing ability is a missing method, and `can` says so.
Every call may raise the `NetworkTrouble` family of runtime/errors.py and nothing else that is not a bug:
`Offline` (nothing was stored, or it was a read), `Unsure` (a write may have been stored), `RateLimited`, `SignedOut`, `Refused`,
`PaymentNeeded`, `Misconfigured`. All times are aware UTC.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from app.models.message import Attachment, MessageKind, Visibility
from app.networks.outgoing import Found, Held, Outgoing, Sent, Upload
from app.runtime.words import Message as Words

Secrets = Mapping[str, str]
"""Tokens of one account, straight from runtime/credentials.py; they go into requests and nowhere else."""


class SecretKeeper(Protocol):
    """The secrets of one account, for a connection whose tokens expire and are renewed while it is open."""

    @property
    def secrets(self) -> Secrets:
        """As last read or renewed; another process may have renewed them since."""

    async def renew(self, spent: Secrets, exchange: Callable[[Secrets], Awaitable[Secrets]]) -> Secrets:
        """Secrets to use instead of `spent`, which the server takes no longer.

        Holds the account's one lease over all processes. Where somebody else has renewed them meanwhile, answers those; otherwise
        asks `exchange` for new ones and keeps its answer in the keyring before anybody may use it: a refresh token that works once
        must not be lost. Raises what `exchange` raises (`SignedOut`: nothing was changed), and `CredentialTrouble`.
        """


class Purse(Protocol):
    """What calls to a network that costs money may spend. Prices are data; see services/spending.py."""

    async def reserve(self, item: str, most: int = 1) -> int:
        """Set the highest possible price of a call aside before it is made: `most` units of `item` of the price list.

        Raises `PaymentNeeded` with a message of its own when this month's limit, set by the user, does not allow it: the call must
        not be made then. Answers the reservation.
        """

    async def settle(self, reservation: int, used: int) -> None:
        """The call was answered and `used` units were charged. A reservation that is never settled counts in full."""


@dataclass(frozen=True, slots=True)
class Access:
    """All that opens an account's connection."""

    server: str
    keeper: SecretKeeper
    facts: Facts
    purse: Purse | None = None
    """For networks that charge; None where nothing costs."""


class SignInWay(StrEnum):
    """How an account may be added."""

    BROWSER = "browser"
    TOKEN = "token"  # noqa: S105 (the name of a way, not a secret)
    APP_PASSWORD = "app_password"  # noqa: S105
    """For the account's handle, which `SignInRequest.handle` carries."""
    BY_HAND = "by_hand"


class Counting(StrEnum):
    """How a network counts the length of a text; the rules are in language/measure.py."""

    MASTODON = "mastodon"
    X = "x"
    BLUESKY = "bluesky"
    PLAIN = "plain"
    """Unicode code points."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one post may hold. Read from the server where it tells; the card's values are the network's defaults."""

    text: int = 500
    counting: Counting = Counting.PLAIN
    link_length: int = 23
    """Length every link counts as, where the network has a fixed one."""
    pictures: int = 4
    alt_text: int = 1500
    image_bytes: int = 16_777_216
    image_pixels: int = 33_177_600
    image_types: tuple[str, ...] = ("image/jpeg", "image/png", "image/gif", "image/webp")
    poll_options: int = 4
    poll_option_length: int = 50
    poll_shortest_minutes: int = 5
    poll_longest_minutes: int = 43_829
    visibilities: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    warning: bool = False
    """Whether a post may carry a content warning."""
    threads: bool = True
    videos: int = 0
    """How many videos a post may hold; 0: none. Pictures and videos never go together."""
    video_bytes: int = 0
    video_seconds: float = 0.0
    """Longest; 0: not limited."""
    video_shortest_seconds: float = 0.0
    video_types: tuple[str, ...] = ("video/mp4",)
    video_pixels: int = 0
    """Largest width times height; 0: not limited."""
    video_codecs: tuple[str, ...] = ()
    """As `media/videos.py` names them; empty: any."""
    video_rate: float = 0.0
    """Most pictures a second; 0: not limited."""
    quotes: bool = False
    """Whether a post may quote another."""
    quotes_alone: bool = False
    """Whether a post that quotes has room for neither pictures nor a poll."""
    link_card: bool = False
    """Whether we must build the card of a link ourselves; such a card takes the place of pictures."""
    private_length: int = 0
    """Length of a private message where it differs from a post's; 0: the same."""


@dataclass(frozen=True, slots=True)
class Person:
    """A profile on a network."""

    remote_id: str
    handle: str
    """As shown and mentioned, with the leading `@`; with the domain for other servers' people."""
    name: str = ""
    url: str = ""
    avatar: str = ""
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Who we are on a network, with the figures the network gives along."""

    remote_id: str
    handle: str
    name: str = ""
    url: str = ""
    avatar: str = ""
    followers: int | None = None
    following: int | None = None
    posts: int | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message read from a network. `text` is plain text: HTML was removed safely."""

    remote_id: str
    kind: MessageKind
    author: Person
    text: str
    at: datetime
    thread_key: str
    """Equal for all messages of one conversation with one customer (the network's folder makes it)."""
    url: str = ""
    in_reply_to: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    ours: bool = False
    """Written by this very account, perhaps on another device."""
    parent_text: str = ""
    """Text of the post it stands under, where the network told us along."""
    parent_url: str = ""
    parent_id: str = ""
    """Remote id of the post it stands under."""
    parent_ours: bool = True
    liked: bool = False
    boosted: bool = False
    answerable: bool = True
    """Whether the network lets a program answer it; otherwise it is answered by hand."""
    quotes_ours: bool = False
    """It quotes a post of ours (`parent_id` names it) instead of standing under it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of messages, oldest first, and the cursor to store in the same transaction."""

    messages: tuple[Incoming, ...]
    cursor: str
    total: int | None = None
    """Estimate of how many there are in all during the first reading; None when unknown."""
    head: str = ""
    """On the first page that `hearing.FillsIn.earlier` hands out: the cursor from which `HearsMessages.messages` goes on later."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one post, as far as the network gives them."""

    remote_id: str
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    impressions: int | None = None
    """How often it was shown."""
    profile_visits: int | None = None
    """How often it led somebody to the account's profile."""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a server told about itself; stored with the account as JSON and handed back on connecting."""

    software: str = ""
    version: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PostThere:
    """A post that a network knows at an address, with what is needed to quote it. Handle and text were written by strangers."""

    remote_id: str
    url: str
    handle: str
    text: str = ""
    refusal: Words | None = None
    """Why this account may not quote it; None where it may."""


LACKS = "lacks."
"""Fact, with an ability's id behind it: what this very account may not do although its network offers it; its value is the message id of
the reason. Lists show it (`AccountRow.lacks`)."""
HOLDS_NOTHING = "holds_nothing"
"""Fact of a server that published at once what it was asked to keep until its time: it is never asked again."""


class Connection(Protocol):
    """A signed-in account, ready to be asked. Holds the secrets; `close` lets go of its sockets."""

    async def profile(self) -> Profile:
        """Who we are; also the cheapest proof that the sign-in is alive."""

    async def close(self) -> None:
        """Let go of sockets; the connection is not used again."""


@runtime_checkable
class Publishes(Protocol):
    """Can publish posts and replies."""

    async def upload(self, picture: Upload) -> str:
        """Upload a picture and answer its id once the server has finished with it. Uploading twice is harmless."""

    async def publish(self, part: Outgoing) -> Sent:
        """Publish one part once. Raises `Unsure` when the network may have stored it without telling us."""


@runtime_checkable
class FindsMine(Protocol):
    """Can look whether an unsure part was stored."""

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:
        """Look for `part` among what this account published since `since` (the first attempt's time).

        Raises like any read when it cannot look now (offline, rate limited): look again later, nobody need be asked. Wait some ten
        seconds after the attempt: a slow server may still be storing it.
        """


@runtime_checkable
class HearsMessages(Protocol):
    """Can read what was said to the account."""

    def messages(self, cursor: str) -> AsyncIterator[Page]:
        """All messages after `cursor` in pages, oldest first; empty cursor: the last 28 days, at most 400 messages."""


@runtime_checkable
class ReportsMetrics(Protocol):
    """Can tell the figures of posts (the account's own figures come with `profile`)."""

    async def figures(self, remote_ids: Sequence[str]) -> list[Figures]:
        """Figures of posts of this account; a post that is gone has `gone` set."""


@runtime_checkable
class Likes(Protocol):
    """Can like and take the like back; both may be repeated without harm."""

    async def like(self, remote_id: str) -> None:
        """Like the post or message."""

    async def unlike(self, remote_id: str) -> None:
        """Take the like back."""


@runtime_checkable
class Boosts(Protocol):
    """Can repost and take it back; both may be repeated without harm."""

    async def boost(self, remote_id: str) -> None:
        """Repost."""

    async def unboost(self, remote_id: str) -> None:
        """Take the repost back."""


@runtime_checkable
class Deletes(Protocol):
    """Can delete own posts; deleting twice is deleting once."""

    async def delete(self, remote_id: str) -> None:
        """Delete it. Succeeds when it was gone already."""


@runtime_checkable
class Searches(Protocol):
    """Can search public posts."""

    def search(self, words: str, cursor: str) -> AsyncIterator[Page]:
        """Posts that hold `words`, newer than `cursor` (empty: as far back as is cheap), in pages, oldest first."""


@runtime_checkable
class LooksUp(Protocol):
    """Can look up a post by the address that people paste."""

    async def post_at(self, address: str) -> PostThere | None:
        """The post at a web address; None where this network has none there."""


@runtime_checkable
class HoldsScheduled(Protocol):
    """Its server can keep posts until their time. Whether this account's does is asked by `may_hold`."""

    async def may_hold(self, at: datetime) -> bool:
        """Whether the server is known to keep a post until `at`; never guesses."""

    async def hold(self, part: Outgoing, at: datetime) -> Held | Sent:
        """Hand the post over. `Sent` when the server published it at once although it was asked to keep it."""

    async def move_held(self, held_id: str, at: datetime) -> bool:
        """Another time; False when the server does not hold it any more."""

    async def let_go_held(self, held_id: str) -> bool:
        """Take it back; False when the server does not hold it any more (it may be out)."""

    async def held(self) -> list[Held]:
        """All that the server holds for this account."""


@runtime_checkable
class TellsLimits(Protocol):
    """Can read its limits and facts from its server."""

    async def limits(self) -> tuple[Limits, Facts]:
        """Limits and facts as the server tells them now."""


@runtime_checkable
class Revokes(Protocol):
    """Can make its own token worthless."""

    async def revoke(self) -> None:
        """Revoke the token at the server. Succeeds when it was worthless already."""


ABILITIES: Mapping[str, type] = {
    "publish": Publishes,
    "hear": HearsMessages,
    "metrics": ReportsMetrics,
    "like": Likes,
    "boost": Boosts,
    "delete": Deletes,
    "search": Searches,
    "hold": HoldsScheduled,
}
"""Abilities that screens name, by the id used in `Card.refusals` and in message ids."""


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the user gave to add an account. Secrets come separately and are never kept here."""

    server: str = ""
    handle: str = ""
    client_id: str = ""
    """Of the user's own developer app, for networks that want one (`Card.callback`)."""
    allowed_page: str = ""
    """Plain text that the browser shows once the user has allowed it (words of `network.page.allowed`)."""
    denied_page: str = ""
    """The same when the user or the server said no (`network.page.denied`)."""
    page_language: str = ""
    """Which language these two are in, as HTML names it ("es"): for screen readers, and so that browsers offer no translation."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that worked: who we are, and what to keep in the keyring."""

    server: str
    profile: Profile
    secrets: Secrets
    limits: Limits
    facts: Facts


OpenBrowser = Callable[[str], Awaitable[None]]
"""Shows the address to the user in the system's browser."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the program knows of a network without asking it: the content of a network folder's `__init__.py`."""

    id: str
    name: str
    icon: str
    """Name in resources/icons/brands."""
    limits: Limits
    ways: tuple[SignInWay, ...]
    connect: Callable[[Access], Connection] | None = None
    """None where no program can speak to it, or not yet."""
    sign_in_browser: Callable[[SignInRequest, OpenBrowser], Awaitable[SignedIn]] | None = None
    sign_in_secret: Callable[[SignInRequest, Secrets], Awaitable[SignedIn]] | None = None
    asks_server: bool = False
    """Whether the user must name a server."""
    may_name_server: bool = False
    """Whether a server may be named, for the few whose account does not live where the network's own sign-in looks for it."""
    replies_name: bool = False
    """Whether the text of a reply must hold the `@handle` of whom it answers, because the network adds none: see `addressed`."""
    refusals: Mapping[str, Words] = field(default_factory=dict)
    """Ability id -> why the network refuses it to programs."""
    costs: bool = False
    """Whether calls cost the user money; then its price list lies in resources/prices/<id>.json and `Access.purse` is given."""
    post_cost: Callable[[Sequence[str], int], Mapping[str, int]] | None = None
    """(texts of a post's parts, how many described pictures) -> units of each item of the price list that publishing it takes."""
    look_cost: Mapping[str, int] = field(default_factory=dict)
    """Units that a look for messages takes even where nothing is new."""
    search_cost: Mapping[str, int] = field(default_factory=dict)
    """Units that one search takes at most."""
    uploads_keep_minutes: int = 0
    """For how long an upload without a post lives at the server: how far ahead of its time media may be uploaded. 0: only right before."""
    secret_fields: tuple[str, ...] = ("access_token",)
    """What `sign_in_secret` asks for, by name (`network.secret.<name>` is its label); more than one are asked for side by side."""
    secret_page: str = ""
    """Where on the network's own pages the user makes what `secret_fields` asks for; empty where that differs by server."""
    callback: str = ""
    """The address that the user must register with their own developer app at the network; then the browser's sign-in asks for the app's id."""
    abilities: frozenset[str] = frozenset()
    """Ability ids this network offers to programs; checked against the connection's class by the contract test."""


def can(connection: object, ability: type) -> bool:
    """Whether a connection has an ability."""
    return isinstance(connection, ability)


def addressed(text: str, handle: str) -> str:
    """`text` with `handle` in front, unless it already names it; for networks whose card says `replies_name`."""
    name = handle if handle.startswith("@") else f"@{handle}"
    named = re.search(rf"(?<![\w@]){re.escape(name)}(?![\w@]|[.-]\w)", text, re.IGNORECASE)
    return text if named or len(name) < 2 else f"{name} {text}".rstrip()
