"""Puts the services of campaigns, launches and patterns together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.models.sorting import vocabulary
from app.runtime.clock import Clock
from app.runtime.settings import Settings
from app.services.campaigns import Campaigns
from app.services.launches import Launches
from app.services.patterns import FOLDER, Patterns
from app.services.planning import Planning
from app.services.undo import Undo
from app.store.database import Database


class Campaigning(NamedTuple):
    """The three of them."""

    campaigns: Campaigns
    launches: Launches
    patterns: Patterns


def campaigning(
    database: Database,
    undo: Undo,
    clock: Clock,
    planning: Planning,
    settings: Settings,
    zone: Callable[[], ZoneInfo],
    resources: Path,
) -> Campaigning:
    """`zone` is the shop's: days of campaigns and launches are its days."""
    return Campaigning(
        Campaigns(database, undo, clock, planning, settings, zone),
        Launches(database, undo, clock, planning, settings, zone),
        Patterns(database, undo, clock, resources / FOLDER, lambda pillar: vocabulary(settings).pillars.offers(pillar)),
    )
