"""What a page says of itself for a card: title, description and picture; read from its tags, nothing of it is run.

Source: ogp.me, and the tags that X named for the same. Parsing takes up to some tenths of a second on a page made to be slow: it is done on a thread.
"""

from __future__ import annotations

import asyncio
import html
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from app.links.pages import Fetched, NotFetched, Pages

_log = logging.getLogger(__name__)

MOST_PAGE_BYTES = 512 * 1024
MOST_PICTURE_BYTES = 8 * 1024 * 1024
MOST_TITLE, MOST_DESCRIPTION = 300, 1_000
MOST_TAGS, LONGEST_TAG = 200, 4_096
TITLES = ("og:title", "twitter:title")
DESCRIPTIONS = ("og:description", "twitter:description", "description")
PICTURES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
PICTURE_KINDS = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/bmp")
_START = re.compile(r"<(meta|title|base|/head|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class PageCard:
    """A page in short. `picture` holds the file's bytes as they came; empty where there is none that can be used."""

    url: str
    title: str
    description: str = ""
    picture: bytes = b""


async def page_card(pages: Pages, url: str) -> PageCard | None:
    """The card of a page; None where there is none to be had. A picture that cannot be fetched is left out."""
    try:
        page = await pages.fetch(url, ("text/html", "application/xhtml+xml"), MOST_PAGE_BYTES, whole=False)
    except NotFetched as error:
        _log.info("link card: %s: %s", urlsplit(url).hostname, error)
        return None
    values = await asyncio.to_thread(tags_of, text_of(page))
    title = first_of(values, (*TITLES, "title"), MOST_TITLE)
    if not title:
        return None
    return PageCard(url, title, first_of(values, DESCRIPTIONS, MOST_DESCRIPTION), await _picture(pages, page, values))


async def _picture(pages: Pages, page: Fetched, values: Mapping[str, str]) -> bytes:
    address = next((values[name] for name in PICTURES if values.get(name)), "")
    if not address:
        return b""
    try:
        whole = urljoin(urljoin(page.url, values.get("base", "")), address.strip())
        return (await pages.fetch(whole, PICTURE_KINDS, MOST_PICTURE_BYTES, whole=True)).data
    except (NotFetched, ValueError) as error:
        _log.info("link card: picture of %s: %s", urlsplit(page.url).hostname, error)
        return b""


def text_of(page: Fetched) -> str:
    """By the charset that the server or the page names; what cannot be read is replaced."""
    named = _CHARSET.search(page.data[:2048])
    for charset in (page.charset, named[1].decode("ascii") if named else "", "utf-8"):
        try:
            return page.data.decode(charset, "replace") if charset else page.data.decode("utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return page.data.decode("utf-8", "replace")


def tags_of(text: str) -> dict[str, str]:
    """Properties of the head, by name in small letters; the first of each counts. `title` is the title's text, `base` the base address.

    Only short stretches are parsed, each by itself: no page takes long, however it is made.
    """
    found: dict[str, str] = {}
    text = _without(_without(_without(text, "<!--", "-->"), "<script", "</script"), "<style", "</style")
    for number, match in enumerate(_START.finditer(text)):
        name = match[1].lower()
        if name in ("/head", "body") or number >= MOST_TAGS:
            break
        stretch = text[match.start() : match.start() + LONGEST_TAG]
        if name == "title":
            inner = stretch.partition(">")[2]
            found.setdefault("title", html.unescape(inner[: _end(inner)]))
            continue
        values = _attributes(stretch)
        if name == "base":
            found.setdefault("base", values.get("href", ""))
        elif values.get("content"):
            found.setdefault((values.get("property") or values.get("name") or "").strip().lower(), values["content"])
    return found


def first_of(values: Mapping[str, str], names: tuple[str, ...], most: int) -> str:
    """The first of these properties that says anything, on one line and not too long."""
    for name in names:
        words = " ".join(_UNSEEN.sub(" ", values.get(name, "")).split())
        if words:
            return words if len(words) <= most else words[: most - 1].rstrip() + "…"
    return ""


class _Tag(HTMLParser):
    """Reads one start tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self.values is None:
            self.values = {name: value or "" for name, value in reversed(attrs)}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def _attributes(stretch: str) -> dict[str, str]:
    parser = _Tag()
    for piece in _pieces(stretch):
        parser.feed(piece)
        if parser.values is not None:
            break
    return parser.values or {}


def _pieces(stretch: str) -> Iterator[str]:
    """Up to each `>`: the tag ends at one of them, and what follows it is not parsed. A `>` may stand in a value, but hardly ever many."""
    start = 0
    for _ in range(8):
        end = stretch.find(">", start)
        if end < 0:
            return
        yield stretch[start : end + 1]
        start = end + 1


def _end(inner: str) -> int:
    end = inner.lower().find("</title")
    return end if end >= 0 else len(inner)


def _without(text: str, opening: str, closing: str) -> str:
    """What stands between is no tag. What is never closed goes on to the end."""
    lowered = text.lower() if opening != "<!--" else text
    if len(lowered) != len(text):
        return text  # a letter whose small form is longer: nothing is left out then
    pieces: list[str] = []
    position = 0
    while (start := lowered.find(opening, position)) >= 0:
        pieces.append(text[position:start])
        end = lowered.find(closing, start + len(opening))
        if end < 0:
            return "".join(pieces)
        position = end + len(closing)
    return "".join([*pieces, text[position:]])
