"""What kind of server answers to the Mastodon API at an address: its software, its limits, and the ways in which it differs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.models.message import Visibility
from app.networks import fields
from app.networks.addresses import origin_of
from app.networks.client import Answer, Client
from app.networks.fields import Json
from app.networks.mastodon import api, shapes
from app.networks.network import Counting, Facts, Limits
from app.runtime.errors import Misconfiguration, Misconfigured, Offline

SENT_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")
"""Types that we can write."""
VIDEO_TYPES = ("video/mp4", "video/quicktime")
MASTODONS = frozenset({"mastodon", "hometown", "kmyblue", "fedibird"})
"""Mastodon itself and forks that nodeinfo names and that behave like it (glitch-soc calls itself mastodon)."""
DEFAULTS = Limits(
    counting=Counting.MASTODON,
    visibilities=(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS, Visibility.DIRECT),
    warning=True,
    videos=1,
    video_bytes=103_809_024,
    video_types=("video/mp4", "video/quicktime"),
    video_pixels=8_294_400,
    video_rate=120.0,
)
STREAMING = "streaming"
"""Fact: where the server streams, if that is another host than its own."""
_VERSION = re.compile(r"(\d+)\.(\d+)")
_COMPATIBLE = re.compile(r"(?:compatible;|really)\s*([A-Za-z]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quirks:
    """How a server differs from the newest Mastodon."""

    batch: str = ""
    """Parameter for reading several statuses at once; empty where that is not offered."""
    forward: bool = True
    """Whether `min_id` gives the oldest page above it. Where that is not known, reading goes backwards from the newest."""
    quotes: bool = False
    filtered: bool = False
    """Whether messages that the user's notification policy hides must be asked for."""
    several_redirects: bool = False
    lists_private: bool = False
    """Whether the list of our own statuses certainly holds those to one person."""
    streams: bool = False
    """Whether it tells news over server-sent events."""
    private_is_direct: bool = False
    """snac2 calls a message to one person `private` and has nothing for followers alone."""
    nought_is_unknown: bool = False
    """snac2 tells of every account that it has no followers, follows nobody and wrote nothing, unless its user publishes these counts."""

    @property
    def visibilities(self) -> Mapping[str, Visibility]:
        """The server's words for who may read a status."""
        return {**shapes.VISIBILITIES, "private": Visibility.DIRECT} if self.private_is_direct else shapes.VISIBILITIES


def quirks_of(facts: Facts) -> Quirks:
    """From what the server said of itself."""
    if facts.software in ("pleroma", "akkoma"):
        return Quirks(batch="ids[]")
    if facts.software in MASTODONS:
        match = _VERSION.match(facts.version)
        version = (int(match[1]), int(match[2])) if match else (0, 0)
        level = int(facts.values.get("api", "0") or 0)
        modern = version >= (4, 3) or level >= 2
        return Quirks("id[]" if modern else "", quotes=level >= 7, filtered=modern, several_redirects=True, lists_private=True, streams=True)
    if facts.software == "gotosocial":
        return Quirks()
    is_snac = facts.software == "snac"
    return Quirks(forward=False, private_is_direct=is_snac, nought_is_unknown=is_snac)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was found."""

    address: str
    instance: Json
    facts: Facts
    metadata: Json = field(default_factory=dict)
    """RFC 8414, empty before Mastodon 4.3 and on most others."""


async def discover(client: Client) -> Server:
    """Find out what answers at the client's address. Raises `Misconfigured` when it is not the Mastodon API.

    A domain may send us to another host (`example.org` to `social.example.org`): `Server.address` is where the API is.
    """
    answer = await api.instance_v2(client)
    instance = fields.mapping(answer.data)
    if not _is_instance(answer):
        answer = await api.instance_v1(client)
        instance = fields.mapping(answer.data)
    if _is_instance(answer):
        address = origin_of(answer.url) or client.server
        software, version = await _software(client)
    else:
        software, version, address = await _elsewhere(client)
        instance = {}
    return Server(address, instance, facts_of(instance, software, version), await _metadata(client))


async def _elsewhere(client: Client) -> tuple[str, str, str]:
    """The host that nodeinfo names, for domains that keep their API elsewhere without redirecting to it."""
    links = await api.nodeinfo_links(client)
    hrefs = [fields.address(link, "href") for link in fields.items(fields.mapping(links.data).get("links"))]
    origins = [origin for origin in map(origin_of, hrefs) if origin and origin != client.server and _as_safe(origin, client.server)]
    if not origins:
        raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, client.host, technical="no instance, no nodeinfo")
    return "", "", origins[0]


async def _software(client: Client) -> tuple[str, str]:
    """Name and version by nodeinfo; empty when it has none."""
    links = await api.nodeinfo_links(client)
    for link in fields.items(fields.mapping(links.data).get("links")):
        href = urlsplit(fields.address(link, "href"))
        if href.path:
            answer = await api.nodeinfo(client, href.path)
            software = fields.inner(answer.data, "software")
            return fields.text(software, "name").lower(), fields.text(software, "version")
    return "", ""


async def _metadata(client: Client) -> Json:
    try:
        return fields.mapping((await api.oauth_metadata(client)).data)
    except (Misconfigured, Offline):
        return {}


def _is_instance(answer: Answer) -> bool:
    data = fields.mapping(answer.data)
    return answer.status == 200 and bool(fields.text(data, "version")) and ("uri" in data or "domain" in data)


def _as_safe(origin: str, than: str) -> bool:
    """Nobody sends us from https to http."""
    return origin.startswith("https://") or than.startswith("http://")


def facts_of(instance: Json, software: str, version: str, account_id: str = "") -> Facts:
    """What we keep with the account. Without nodeinfo the version's text gives the software away."""
    told = fields.text(instance, "version")
    if not software and told:
        match = _COMPATIBLE.search(told)
        software = match[1].lower() if match else "mastodon"
    values = {
        "account_id": account_id,
        "domain": fields.text(instance, "domain") or shapes.host_of(f"//{fields.text(instance, 'uri').rpartition('//')[2]}"),
        STREAMING: _streaming(instance),
        "api": str(fields.number(fields.inner(instance, "api_versions"), "mastodon") or 0),
    }
    # Mastodon tells its exact version itself; nodeinfo may leave out the fork.
    shown = told if software in MASTODONS and told else version or told
    return Facts(software, shown, {name: value for name, value in values.items() if value})


def _streaming(instance: Json) -> str:
    """`wss://host` as a server names it; empty where it does not."""
    urls = fields.inner(instance, "configuration", "urls") or fields.inner(instance, "urls")
    told = fields.text(urls, "streaming") or fields.text(urls, "streaming_api")
    return told if re.fullmatch(r"(?:wss?|https?)://[A-Za-z0-9.:\[\]-]{1,255}/?", told) else ""


def limits_of(instance: Json, facts: Facts) -> Limits:
    """The server's own limits, with the network's defaults where it is silent."""
    configuration = fields.inner(instance, "configuration")
    statuses, media = fields.inner(configuration, "statuses"), fields.inner(configuration, "media_attachments")
    polls = fields.inner(configuration, "polls") or fields.inner(instance, "poll_limits")
    quirks = quirks_of(facts)
    told = media.get("supported_mime_types")
    types = tuple(kind for kind in SENT_TYPES if isinstance(told, list) and kind in told)
    options = fields.number(polls, "max_options")
    text = fields.positive(instance, "max_toot_chars", DEFAULTS.text)
    return Limits(
        text=fields.positive(statuses, "max_characters", text),
        counting=Counting.MASTODON if facts.software in MASTODONS else Counting.PLAIN,
        link_length=fields.positive(statuses, "characters_reserved_per_url", DEFAULTS.link_length),
        pictures=fields.positive(statuses, "max_media_attachments", DEFAULTS.pictures),
        alt_text=fields.positive(media, "description_limit", fields.positive(instance, "description_limit", DEFAULTS.alt_text)),
        image_bytes=fields.positive(media, "image_size_limit", fields.positive(instance, "upload_limit", DEFAULTS.image_bytes)),
        image_pixels=fields.positive(media, "image_matrix_limit", DEFAULTS.image_pixels),
        image_types=types or DEFAULTS.image_types,
        quotes=quirks.quotes,
        quotes_alone=True,  # its own pages say so (quote_error.upload, quote_error.poll); what the server answers is unverified
        videos=1,
        video_bytes=fields.positive(media, "video_size_limit", fields.positive(instance, "upload_limit", DEFAULTS.video_bytes)),
        video_pixels=fields.positive(media, "video_matrix_limit", DEFAULTS.video_pixels),
        video_rate=float(fields.positive(media, "video_frame_rate_limit", round(DEFAULTS.video_rate))),
        video_types=tuple(kind for kind in VIDEO_TYPES if isinstance(told, list) and kind in told) or DEFAULTS.video_types,
        poll_options=0 if facts.software == "pixelfed" else options if options is not None and options >= 0 else DEFAULTS.poll_options,
        poll_option_length=_option_length(polls),
        poll_shortest_minutes=-(-fields.positive(polls, "min_expiration", DEFAULTS.poll_shortest_minutes * 60) // 60),
        poll_longest_minutes=fields.positive(polls, "max_expiration", DEFAULTS.poll_longest_minutes * 60) // 60,
        visibilities=(Visibility.PUBLIC, Visibility.DIRECT) if quirks.private_is_direct else DEFAULTS.visibilities,
        warning=True,
    )


def _option_length(polls: Json) -> int:
    """Pleroma says `max_option_chars`."""
    return fields.positive(polls, "max_characters_per_option", fields.positive(polls, "max_option_chars", DEFAULTS.poll_option_length))
