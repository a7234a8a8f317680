"""Fetches a file that the user named by its https address: in pieces, from a public address, not too large, not for too long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.links.pages import NotFetched, Pages
from app.runtime.errors import UserMistake
from app.runtime.words import message

SECONDS = 900.0


async def fetch_file(pages: Pages, url: str, target: Path, most: int, progress: Callable[[int, int], object]) -> None:
    """Into `target`; raises UserMistake where it cannot be had."""
    try:
        await pages.save(url, target, most, progress)
    except NotFetched as error:
        raise UserMistake(message("products.not_fetched"), technical=str(error)) from error
