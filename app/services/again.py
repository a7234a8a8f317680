"""Puts together what goes out more than once, waits for another, or asks for replies: image sets, recurring and evergreen posts, questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.runtime.clock import Clock
from app.services.calendar import Calendar
from app.services.courtesies import Courtesies
from app.services.evergreen import Evergreen
from app.services.image_sets import ImageSets
from app.services.inbox import Inbox
from app.services.questions import Near, Questions
from app.services.recurring import Recurring
from app.services.slots import Slots
from app.services.undo import Undo
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Again:
    """The services of one profile; nothing runs yet."""

    image_sets: ImageSets
    recurring: Recurring
    evergreen: Evergreen
    questions: Questions
    zone: Callable[[], ZoneInfo]

    async def run(self) -> None:
        """Make what recurs, until cancelled."""
        await self.recurring.run(self.zone)


def build(
    database: Database,
    undo: Undo,
    clock: Clock,
    calendar: Calendar,
    slots: Slots,
    inbox: Inbox,
    courtesies: Courtesies,
    zone: Callable[[], ZoneInfo],
    near: Near,
) -> Again:
    """Over services that are there; `zone` is the shop's, `near` compares by meaning."""
    return Again(
        ImageSets(database, clock),
        Recurring(database, calendar, undo, clock),
        Evergreen(database, calendar, slots, undo, clock),
        Questions(database, inbox, courtesies, undo, clock, near),
        zone,
    )
