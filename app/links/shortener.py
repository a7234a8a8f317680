"""What every link shortener is asked, and what its refusals mean. How it is spoken with comes from outside: a line to one server.

The line is the user's own server or the shortener's, never an address out of a text; it follows no redirect and blots the token out of
whatever is said back.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

from app.models.tracked_link import Quota
from app.runtime.errors import (
    Misconfiguration,
    Misconfigured,
    NetworkTrouble,
    Offline,
    PaymentNeeded,
    RateLimited,
    Refused,
    SignedOut,
    UserMistake,
)
from app.runtime.words import Message, message

SETTINGS = "links.settings"
"""The command that leads to where a shortener is set up."""
LONGEST_LINK = 200
LONGEST_WORDS = 200


class Told(Protocol):
    """What a server answered: status, decoded JSON, headers."""

    @property
    def status(self) -> int: ...

    @property
    def data(self) -> Any: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


class Line(Protocol):
    """The way to one server (networks/client.py); raises `NetworkTrouble`. Statuses in `accept` are answered, not raised."""

    host: str

    async def get(
        self,
        path: str,
        params: Sequence[tuple[str, str]] = (),
        *,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Told: ...

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        harmless: bool = False,
        accept: Collection[int] = (),
    ) -> Told:
        """`harmless`: doing it twice is, so that a broken line raises `Offline` rather than `Unsure`."""

    def clean(self, words: str) -> str:
        """A server's words without our secrets."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A link as the shortener made it, or had it already."""

    url: str
    remote_id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A link whose clicks are asked for: since when it is there, and what was counted last."""

    remote_id: str
    made_at: datetime
    last: int | None = None
    last_at: datetime | None = None


class ShortensLinks(Protocol):
    """One shortener, signed in."""

    async def make(self, long_url: str, tags: Sequence[str] = ()) -> ShortLink:
        """A short link to an address; the one there already where there is one. Raises `NetworkTrouble`."""

    async def is_there(self, remote_id: str) -> bool:
        """Whether a link of ours is still there; False only where the shortener says that it is not. Raises `NetworkTrouble`."""

    async def make_again(self, long_url: str, remote_id: str, tags: Sequence[str] = ()) -> ShortLink | None:
        """A link that is gone there, with the code that it had; None where it cannot have that again. Raises `NetworkTrouble`."""

    async def try_it(self) -> tuple[str, Quota]:
        """(the domain of its links, what its plan still allows); raises `NetworkTrouble` where it does not let us in."""

    async def clicks(self, wanted: Sequence[Wanted]) -> dict[str, int]:
        """Clicks of people since the link is there, by remote id, as far as the shortener counts them; what is gone there is missing.
        Raises `NetworkTrouble`.
        """

    async def close(self) -> None: ...


class NoShortLink(Exception):
    """The shortener's answer holds no link that could be published."""


def server_of(text: str) -> str:
    """The address of the user's own server as `https://host[:port][/path]`; raises `UserMistake`. Without encryption only on this
    computer or in its own network: the key would be read on the way.
    """
    text = text.strip().rstrip("/")
    if text and "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if (
        not host
        or parts.scheme not in ("http", "https")
        or parts.username
        or parts.password
        or parts.query
        or parts.fragment
        or " " in text
    ):
        raise UserMistake(message("links.error.server"), field="links.server")
    if parts.scheme == "http" and not _near(host):
        raise UserMistake(message("links.error.unencrypted"), field="links.server")
    return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('/rest/v3').rstrip('/')}"


def _near(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".home.arpa", ".internal"))
    return address.is_private or address.is_loopback


def usable(link: object) -> str:
    """A short link as a server gave it: an address that can stand in a post. Raises `NoShortLink`."""
    if not isinstance(link, str) or not 10 <= len(link) <= LONGEST_LINK or not link.isprintable() or " " in link:
        raise NoShortLink
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise NoShortLink from error
    if (
        parts.scheme not in ("http", "https")
        or "." not in (parts.hostname or "")
        or parts.username
        or not parts.path.strip("/")
    ):
        raise NoShortLink
    return link


# --- refusals, in words


def wrong_token(name: str, technical: str) -> SignedOut:
    return SignedOut(message("links.error.token", name=name), SETTINGS, technical)


def quota_used(name: str, until: datetime, technical: str) -> PaymentNeeded:
    return PaymentNeeded(message("links.error.quota", name=name, until=until.date()), SETTINGS, technical, until=until)


def plan_needed(name: str, technical: str) -> PaymentNeeded:
    return PaymentNeeded(message("links.error.plan", name=name), SETTINGS, technical)


def too_often(name: str, until: datetime, technical: str) -> RateLimited:
    return RateLimited(until, message("links.error.rate", name=name, until=until), SETTINGS, technical)


def gone(name: str, technical: str) -> Offline:
    return Offline(message("links.error.gone", name=name), SETTINGS, technical)


def refused(name: str, words: str, technical: str) -> Refused:
    words = words[:LONGEST_WORDS] or technical
    return Refused(
        Message("links.error.refused", {"name": name, "words": words}),
        message("links.error.refused", name=name, words=words),
        SETTINGS,
        technical,
    )


def retold(name: str, error: NetworkTrouble) -> NoReturn:
    """A trouble of the line in the shortener's own words; what they would add nothing to is raised as it is."""
    match error:
        case SignedOut():
            raise wrong_token(name, error.technical) from error
        case PaymentNeeded():
            raise plan_needed(name, error.technical) from error
        case RateLimited():
            raise too_often(name, error.until, error.technical) from error
        case Misconfigured() if error.cause is Misconfiguration.CERTIFICATE:
            raise error
        case Misconfigured():
            raise Misconfigured(
                error.cause,
                error.host,
                message("links.error.not_such", name=name, host=error.host),
                SETTINGS,
                error.technical,
            ) from error
        case Offline():
            raise gone(name, error.technical) from error
        case _:
            raise error
