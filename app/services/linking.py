"""Puts together what links of posts need: the shortener, the plans, the links themselves and the counting of their clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

from app.runtime.clock import Clock
from app.runtime.settings import Settings
from app.services.calendar import Calendar
from app.services.link_clicks import LinkClicks
from app.services.link_plans import LinkPlans
from app.services.link_shortener import LinkShortener, OpenShortener, Secrets, open_shortener
from app.services.links import TrackedLinks
from app.services.sample_links import SimulatedToken
from app.services.sample_links import simulated as simulated_shortener
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Linking:
    """From now on the calendar's posts leave with tracked links."""

    tracked: TrackedLinks
    clicks: LinkClicks


class Around(Protocol):
    """What differs between the window, the command line and the tests (services/assembly.py)."""

    @property
    def settings(self) -> Settings: ...

    @property
    def credentials(self) -> Secrets: ...

    @property
    def profile_id(self) -> str: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def open_shortener(self) -> OpenShortener | None:
        """The way to a shortener; None for the usual one."""


def linking(
    database: Database, around: Around, calendar: Calendar, zone: Callable[[], tzinfo], *, simulated: bool
) -> Linking:
    """`simulated`: without an own way the shortener is one that answers without a net and wants no token."""
    settings, clock, open_ = around.settings, around.clock, around.open_shortener
    secrets: Secrets = around.credentials
    if open_ is None and simulated:
        secrets, open_ = SimulatedToken(), simulated_shortener
    shortener = LinkShortener(database, settings, secrets, around.profile_id, clock, open_ or open_shortener)
    plans = LinkPlans(database, settings, shortener, calendar.known, zone, clock)
    links = TrackedLinks(database, shortener, plans, clock)
    calendar.links = links
    return Linking(links, LinkClicks(database, shortener, clock))
