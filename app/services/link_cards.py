"""Cards of links: for networks that leave it to us to build them, made from the page itself before the post is written to the end.

The picture goes into the profile's media folder like any other of the post; one that is no picture, or too large, is left out and the card stays.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.language.entities import find
from app.links.page_card import PageCard
from app.media.pictures import take_in
from app.models.post import LinkPreview
from app.networks.network import Counting
from app.runtime.errors import AppError

_log = logging.getLogger(__name__)

ReadPage = Callable[[str], Awaitable[PageCard | None]]
"""Reads the page behind a link."""


class LinkCards:
    """Makes previews; remembers the last one, for the composer asks again at each pause."""

    def __init__(self, read_page: ReadPage, media: Path) -> None:
        """`media` is the profile's media folder."""
        self._read_page = read_page
        self._media = media
        self._last: tuple[str, LinkPreview | None] = ("", None)

    def link_of(self, text: str) -> str:
        """The link that a card would be made of: the first one of a text; empty without one."""
        links = find(text, Counting.BLUESKY).links
        if not links:
            return ""
        value = links[0].value
        return value if value.startswith(("http://", "https://")) else f"https://{value}"

    async def preview(self, url: str) -> LinkPreview | None:
        """The card of a link, its picture kept in the media folder; None where the page gives none. Takes seconds: never before a frame."""
        if self._last[0] == url and self._last[1] is not None:
            return self._last[1]
        page = await self._read_page(url)
        card = None
        if page is not None:
            card = LinkPreview(url, page.title, page.description, await asyncio.to_thread(self._kept, page.picture))
        self._last = (url, card)
        return card

    def _kept(self, picture: bytes) -> str:
        """Its path in the media folder, upright and without anything but the picture; empty for what is none."""
        if not picture:
            return ""
        try:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "card"
                file.write_bytes(picture)
                return take_in(file, self._media)
        except (AppError, OSError) as error:
            _log.info("link card: the picture cannot be used: %s", error)
            return ""


async def no_page(_url: str) -> PageCard | None:
    """Where nothing may be fetched: the sample shop, whose pages are invented."""
    return None
