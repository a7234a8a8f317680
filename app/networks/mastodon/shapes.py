"""Statuses and accounts of the Mastodon API as typed values; keeps to itself which field holds what on which server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from app.language.html_text import plain_text
from app.models.message import Attachment, Visibility
from app.networks import fields
from app.networks.fields import Json
from app.networks.network import Person, Profile

KINDS = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}
VISIBILITIES = {
    "public": Visibility.PUBLIC,
    "local": Visibility.PUBLIC,
    "unlisted": Visibility.UNLISTED,
    "private": Visibility.FOLLOWERS,
    "direct": Visibility.DIRECT,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a status."""

    account_id: str
    handle: str
    url: str


@dataclass(frozen=True, slots=True)
class Status:
    """A status as far as we use it. `text` is plain, with the content warning as its first paragraph."""

    id: str
    url: str
    at: datetime
    author: Person
    text: str
    body: str
    """`text` without the warning."""
    warning: str
    visibility: Visibility
    in_reply_to: str
    in_reply_to_account: str
    mentions: tuple[Mention, ...]
    attachments: tuple[Attachment, ...]
    poll: tuple[str, ...]
    language: str
    liked: bool
    boosted: bool
    quoted: Json
    likes: int | None
    reposts: int | None
    replies: int | None
    quotes: int | None
    wrapped: bool = False
    """It came inside a boost. snac2 shows every post that anybody boosted like this, under the booster's name."""


def status_of(data: Json, home: str, visibilities: Mapping[str, Visibility] = VISIBILITIES) -> Status | None:
    """None when it lacks what every status has. `home`: our server's host, for whom names need no domain. A boost is what it boosts."""
    boosted = fields.inner(data, "reblog")
    data = boosted or data
    identity, at = fields.identity(data), fields.moment(data, "created_at")
    account = fields.inner(data, "account")
    if not identity or at is None or not fields.identity(account):
        return None
    mentions = tuple(_mention(item, home) for item in fields.items(data.get("mentions")))
    body = plain_text(fields.text(data, "content"), {mention.url: mention.handle for mention in mentions if mention.url})
    warning = fields.text(data, "spoiler_text").strip()
    return Status(
        id=identity,
        url=fields.address(data, "url") or fields.address(data, "uri"),
        at=at,
        author=person_of(account, home),
        text="\n\n".join(filter(None, (warning, body))),
        body=body,
        warning=warning,
        visibility=visibilities.get(fields.text(data, "visibility"), Visibility.FOLLOWERS),
        in_reply_to=fields.identity(data, "in_reply_to_id"),
        in_reply_to_account=fields.identity(data, "in_reply_to_account_id"),
        mentions=mentions,
        attachments=tuple(_attachment(item) for item in fields.items(data.get("media_attachments"))),
        poll=tuple(fields.text(option, "title") for option in fields.items(fields.inner(data, "poll").get("options"))),
        language=fields.text(data, "language").partition("-")[0].lower(),
        liked=fields.flag(data, "favourited"),
        boosted=fields.flag(data, "reblogged"),
        quoted=fields.inner(data, "quote", "quoted_status") or _plain_quote(data),
        likes=fields.number(data, "favourites_count"),
        reposts=fields.number(data, "reblogs_count"),
        replies=fields.number(data, "replies_count"),
        quotes=fields.number(data, "quotes_count"),
        wrapped=bool(boosted),
    )


def _plain_quote(data: Json) -> Json:
    """Pleroma and Akkoma give the quoted status itself."""
    quote = fields.inner(data, "quote")
    return quote if "account" in quote else fields.inner(data, "pleroma", "quote")


def _mention(data: Json, home: str) -> Mention:
    return Mention(fields.identity(data), handle_of(fields.text(data, "acct"), home), fields.address(data, "url"))


def _attachment(data: Json) -> Attachment:
    kind = KINDS.get(fields.text(data, "type"), "other")
    url = fields.address(data, "url") or fields.address(data, "remote_url")
    return Attachment(url, kind, fields.text(data, "description"), fields.address(data, "preview_url"))


def handle_of(acct: str, home: str) -> str:
    """`@user` for people of our own server, `@user@host` for others."""
    name, _, host = acct.lstrip("@").partition("@")
    return f"@{name}" if not host or host.lower() == home.lower() else f"@{name}@{host}"


def person_of(data: Json, home: str) -> Person:
    """The author of a status."""
    return Person(
        remote_id=fields.identity(data),
        handle=handle_of(fields.text(data, "acct") or fields.text(data, "username"), home),
        name=fields.text(data, "display_name").strip(),
        url=fields.address(data, "url"),
        avatar=fields.address(data, "avatar_static") or fields.address(data, "avatar"),
        followers=_count(data, "followers_count"),
    )


def profile_of(data: Json) -> Profile | None:
    """Who we are; None when the answer is no account."""
    identity = fields.identity(data)
    name = fields.text(data, "username") or fields.text(data, "acct").partition("@")[0]
    if not identity or not name:
        return None
    return Profile(
        remote_id=identity,
        handle=f"@{name}",
        name=fields.text(data, "display_name").strip(),
        url=fields.address(data, "url"),
        avatar=fields.address(data, "avatar_static") or fields.address(data, "avatar"),
        followers=_count(data, "followers_count"),
        following=_count(data, "following_count"),
        posts=_count(data, "statuses_count"),
    )


def _count(data: Json, name: str) -> int | None:
    """Some servers hide a count as -1."""
    value = fields.number(data, name)
    return value if value is not None and value >= 0 else None


def host_of(address: str) -> str:
    """`host[:port]` of an address, in small letters; empty when it is none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def statuses_of(data: Any, home: str, visibilities: Mapping[str, Visibility] = VISIBILITIES) -> list[Status]:
    """The statuses in a list; broken ones are left out."""
    found = (status_of(item, home, visibilities) for item in fields.items(data))
    return [status for status in found if status is not None]
