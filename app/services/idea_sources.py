"""Puts together what ideas come from: the shop's own messages and posts, its products, spreadsheets and archives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from app.runtime.clock import Clock
from app.services.archive_import import ArchiveImport
from app.services.fetched_pictures import FetchPicture
from app.services.ideas import Ideas
from app.services.pillars import Pillars
from app.services.post_import import PostImport, Schedules
from app.services.product_feeds import FetchFile, ProductFeeds
from app.services.undo import Undo
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class IdeaSources:
    """One of each."""

    ideas: Ideas
    product_feeds: ProductFeeds
    post_import: PostImport
    archive_import: ArchiveImport


def idea_sources(
    database: Database,
    undo: Undo,
    clock: Clock,
    calendar: Schedules,
    media: Path,
    zone: Callable[[], ZoneInfo],
    language: Callable[[], str],
    pillars: Pillars,
    fetch_file: FetchFile,
    fetch_picture: FetchPicture,
) -> IdeaSources:
    """`media` is the profile's media folder, `zone` and `language` the shop's."""
    ideas = Ideas(database, undo, clock, language, pillars.offered)
    return IdeaSources(
        ideas,
        ProductFeeds(database, ideas, undo, clock, media, fetch_file, fetch_picture),
        PostImport(database, calendar, undo, clock, media, zone, fetch_picture, pillars.named),
        ArchiveImport(database, undo, clock, media, lambda: str(zone())),
    )
