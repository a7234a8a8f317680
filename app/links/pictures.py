"""Fetches a picture of somebody at a network: encrypted, from a public address, not too large, not for too long."""

from __future__ import annotations

from app.links.pages import NotFetched, Pages

KINDS = ("image/",)


async def picture(pages: Pages, url: str, most: int) -> bytes | None:
    """The file's bytes as they came; None where it cannot be had."""
    try:
        return (await pages.fetch(url, KINDS, most, whole=True)).data
    except NotFetched:
        return None
