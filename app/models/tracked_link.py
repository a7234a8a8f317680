"""Tracked links: a link of a post as one account carries it, with its UTM parameters and short where a shortener is set up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.runtime.words import Message


class Shortener(StrEnum):
    """Who makes links short and counts their clicks."""

    NONE = ""
    BITLY = "bitly"
    SHLINK = "shlink"


SHORTENER_NAMES = {Shortener.BITLY: "Bitly", Shortener.SHLINK: "Shlink"}


class LinkState(StrEnum):
    """How a link of a draft leaves on one account."""

    PLAIN = "plain"
    """As it was written: the user counts no clicks here, or it is a link that is never changed."""
    TAGGED = "tagged"
    """With its UTM parameters; no shortener is set up."""
    EXPECTED = "expected"
    """It will be made short when the post is planned; its length is known."""
    SHORT = "short"
    UNSHORTENED = "unshortened"
    """The shortener did not give one: it leaves with its UTM parameters."""
    NO_ROOM = "no_room"
    """With its parameters the text would be too long there: it leaves as it was written."""


class TrackedLink(NamedTuple):
    """One of them, as it was made. `url` is what the user wrote, with its scheme."""

    post_id: int
    account_id: int
    url: str
    tracked: str
    short: str = ""
    shortener: Shortener = Shortener.NONE
    remote_id: str = ""
    """At the shortener; empty where it is not, or no more, there."""
    made_at: datetime | None = None

    @property
    def is_gone(self) -> bool:
        """It was short, and the shortener has it no more: a text that still holds it leads nowhere."""
        return bool(self.short) and not self.remote_id

    @property
    def leaves_as(self) -> str:
        return self.short or self.tracked


class LinkFace(NamedTuple):
    """One link of a draft on one account, as the composer shows it."""

    account_id: int
    url: str
    leaves_as: str
    state: LinkState
    source: str = ""
    """What the clicks will say they came from (utm_source)."""
    campaign: str = ""
    """utm_campaign; empty without one."""


class Quota(NamedTuple):
    """How many links a shortener's plan still makes; None where it does not say."""

    used: int | None = None
    limit: int | None = None


class Trial(NamedTuple):
    """What a shortener answered when it was tried. `trouble` is None where it works."""

    trouble: Message | None
    domain: str = ""
    quota: Quota = Quota()
    made: int = 0
    """Links that were made there this month, from here."""


class ClickRow(NamedTuple):
    """A tracked link that went out, with the clicks counted last."""

    outbox_id: int
    post_id: int
    account_id: int
    network: str
    handle: str
    url: str
    leaves_as: str
    shortener: Shortener
    remote_id: str
    sent_at: datetime
    clicks: int | None
    """Of all links of that post on that account; None where nothing was counted."""
    counted_at: datetime | None
