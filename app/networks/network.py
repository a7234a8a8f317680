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
from app.models.post import Poll
from app.runtime.words import Message as Words

Secrets = Mapping[str, str]
"""Tokens of one account, straight from runtime/credentials.py; they go into requests and nowhere else."""


class SignInWay(StrEnum):
    """How an account may be added."""

    BROWSER = "browser"
    TOKEN = "token"  # noqa: S105 (the name of a way, not a secret)
    APP_PASSWORD = "app_password"  # noqa: S105
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of messages, oldest first, and the cursor to store in the same transaction."""

    messages: tuple[Incoming, ...]
    cursor: str
    total: int | None = None
    """Estimate of how many there are in all during the first reading; None when unknown."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to send along: bytes already fit for the network's limits."""

    data: bytes
    content_type: str
    name: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One part of a post or reply, frozen. `key` is stable over all attempts and unique to this content."""

    key: str
    text: str
    media_ids: tuple[str, ...] = ()
    poll: Poll | None = None
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    reply_to: str = ""
    """Remote id of the message or part this one follows; empty for a new post."""
    others: tuple[str, ...] = ()
    """Remote ids known to belong to other items of ours: `find_mine` never takes one of them for this part."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the network made of an outgoing part."""

    remote_id: str
    url: str
    at: datetime


class Found(StrEnum):
    """What `find_mine` can say besides naming the post."""

    NOT_THERE = "not_there"
    """The evidence is complete: it was not stored."""
    CANNOT_TELL = "cannot_tell"
    """No safe way to know: the user must be asked."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one post, as far as the network gives them."""

    remote_id: str
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a server told about itself; stored with the account as JSON and handed back on connecting."""

    software: str = ""
    version: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


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
}
"""Abilities that screens name, by the id used in `Card.refusals` and in message ids."""


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the user gave to add an account. Secrets come separately and are never kept here."""

    server: str = ""
    handle: str = ""
    allowed_page: str = ""
    """Plain text that the browser shows once the user has allowed it (words of `network.page.allowed`)."""
    denied_page: str = ""
    """The same when the user or the server said no (`network.page.denied`)."""


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
    connect: Callable[[str, Secrets, Facts], Connection] | None = None
    """(server, secrets, facts) -> connection; None where no program can speak to it, or not yet."""
    sign_in_browser: Callable[[SignInRequest, OpenBrowser], Awaitable[SignedIn]] | None = None
    sign_in_secret: Callable[[SignInRequest, Secrets], Awaitable[SignedIn]] | None = None
    asks_server: bool = False
    """Whether the user must name a server."""
    replies_name: bool = False
    """Whether the text of a reply must hold the `@handle` of whom it answers, because the network adds none: see `addressed`."""
    refusals: Mapping[str, Words] = field(default_factory=dict)
    """Ability id -> why the network refuses it to programs."""
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
