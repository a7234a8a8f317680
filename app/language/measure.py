"""The length of a text as its network counts it, with the links, mentions and hashtags found on the way. Pure and fast: asked on each key."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from app.language.entities import Entities, Span, find
from app.language.x_emoji import PATTERN

X_LINK = 23
BLUESKY_BYTES = 3000

_GRAPHEME = regex.compile(r"\X")
_EMOJI = regex.compile(PATTERN)
_LIGHT = regex.compile("[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A text measured. `bytes_limit` is 0 where bytes do not matter."""

    length: int
    limit: int
    links: tuple[Span, ...] = ()
    mentions: tuple[Span, ...] = ()
    hashtags: tuple[Span, ...] = ()
    bytes: int = 0
    bytes_limit: int = 0

    @property
    def fits(self) -> bool:
        return (not self.limit or self.length <= self.limit) and (not self.bytes_limit or self.bytes <= self.bytes_limit)


def measure(text: str, counting: str, limit: int = 0, *, link_length: int = 23, warning: str = "") -> Measure:
    """`counting`: the value of the network's `Counting`. `limit` is only carried along (0: none). `warning`: a content warning, which counts with the text where it exists."""
    entities = find(text, counting)
    if counting == "x":
        length = _x_length(text)
    elif counting == "bluesky":
        return Measure(
            graphemes(text), limit, entities.links, entities.mentions, entities.hashtags, len(_encoded(text)), BLUESKY_BYTES
        )
    elif counting == "mastodon":
        length = graphemes(_countable(text, entities, link_length)) + graphemes(warning)
    else:
        length = len(text) + len(warning)
    return Measure(length, limit, entities.links, entities.mentions, entities.hashtags)


def graphemes(text: str) -> int:
    """How many characters a reader sees (extended grapheme clusters of Unicode)."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _GRAPHEME.finditer(text))


def _countable(text: str, entities: Entities, link_length: int) -> str:
    """As Mastodon counts: every link has one length, and of `@user@host` only `@user` counts."""
    pieces: list[str] = []
    position = 0
    for span in sorted((*entities.links, *entities.mentions), key=lambda span: span.start):
        pieces.append(text[position : span.start])
        linked = text[span.start : span.start + 4].lower() == "http"
        pieces.append("x" * link_length if linked else "@" + span.value.partition("@")[0])
        position = span.end
    return "".join(pieces) + text[position:]


def _x_length(text: str) -> int:
    """twitter-text v3: 1 for light code points, 2 for others, 2 for each emoji, 23 for each link; of the composed form (NFC)."""
    text = unicodedata.normalize("NFC", text)
    weight = 0
    position = 0
    for link in find(text, "x").links:
        weight += _x_weight(text[position : link.start]) + X_LINK
        position = link.end
    return weight + _x_weight(text[position:])


def _x_weight(text: str) -> int:
    if text.isascii() and "\u20e3" not in text:
        return len(text)
    plain, emoji = _EMOJI.subn("", text)
    light = len(_LIGHT.findall(plain))
    return 2 * int(emoji) + 2 * len(plain) - light


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
