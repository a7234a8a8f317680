"""Puts together what sales need: costs and coupons, the shop's analytics server, figures of the past out of files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from app.runtime.clock import Clock
from app.runtime.errors import UserMistake
from app.runtime.settings import Settings
from app.runtime.words import message
from app.services.analytics import Analytics, CountsVisits, open_site
from app.services.figure_import import FigureImport
from app.services.link_shortener import Secrets
from app.services.sales import Sales
from app.services.undo import Undo
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Selling:
    """One of each."""

    sales: Sales
    analytics: Analytics
    figure_import: FigureImport


def selling(
    database: Database,
    undo: Undo,
    settings: Settings,
    credentials: Secrets,
    profile_id: str,
    clock: Clock,
    zone: Callable[[], tzinfo],
    *,
    simulated: bool,
) -> Selling:
    """`simulated`: no analytics server is asked anything."""
    open_ = no_site if simulated else open_site
    return Selling(
        Sales(database, undo, clock),
        Analytics(database, settings, credentials, profile_id, clock, zone, open_),
        FigureImport(database, undo, clock, zone),
    )


def no_site(_server: str, _site: str, _key: str, _clock: Clock) -> CountsVisits:
    """The sample shop's pages are invented, and so would be their visitors."""
    raise UserMistake(message("analytics.error.sample"))
