"""Evergreen posts: offered again and again, never the same words on the same account within the time in which networks call them a duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from app.models.evergreen import EvergreenPost, Queued
from app.models.idea import Origin, OriginKind
from app.models.post import PostDraft
from app.models.slot import GoodTime, QueueFull
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.calendar import parts_for
from app.services.checks import SAME_TEXT
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reader import Connection
from app.store.reading import evergreen as reading
from app.store.reading import posts as posts_reading
from app.store.writing import outbox, posts

MINUTE = timedelta(minutes=1)


class Plans(Protocol):
    """Owes a post at its time (services/calendar.py)."""

    async def schedule(
        self, draft: PostDraft, at: datetime | None, *, wait_undo: bool = True, undoable: bool = True
    ) -> int: ...


class GoodTimes(Protocol):
    """Finds free good times (services/slots.py)."""

    async def next_good_time(
        self, accounts: Sequence[int], pillar: str = "", after: datetime | None = None
    ) -> GoodTime | QueueFull: ...


class Evergreen:
    """What is made of an evergreen post is a post of its own, which names the one it was made of."""

    def __init__(self, database: Database, plans: Plans, times: GoodTimes, undo: Undo, clock: Clock) -> None:
        self._database = database
        self._plans = plans
        self._times = times
        self._undo = undo
        self._clock = clock

    async def offers(self) -> list[EvergreenPost]:
        """All of them, those that may go longest first."""
        return await self._database.read(reading.evergreens, self._clock.now(), SAME_TEXT)

    async def queue(self, post_id: int) -> Queued:
        """Plan it again for the next good time at which its words are no duplicate anywhere. Where none is found, and where the accounts
        have no good times, it is a draft to be placed.
        """
        original = await self._draft(post_id)
        now = self._clock.now()
        free = await self._database.read(_free_from, original, now)
        found = await self._times.next_good_time(original.accounts, original.pillar, free)
        copied = _copy(original)
        if isinstance(found, QueueFull):
            number: int = await self._database.write(posts.save, copied, to_ms(now))
            self._did(number, "undone.evergreen_drafted")
            return Queued(number, None)
        zone = original.zone
        number = await self._plans.schedule(replace(copied, zone=zone), found.at, undoable=False)
        self._did(number, "undone.evergreen_queued")
        return Queued(number, found.at)

    async def reword(self, post_id: int) -> int:
        """A draft with its words, to be written anew; answers its id."""
        number: int = await self._database.write(
            posts.save, _copy(await self._draft(post_id)), to_ms(self._clock.now())
        )
        self._did(number, "undone.evergreen_drafted")
        return number

    async def mark(self, post_id: int, *, evergreen: bool) -> None:
        """It may go again, or no longer."""
        await self._database.write(posts.set_evergreen, post_id, evergreen)

        async def back() -> None:
            await self._database.write(posts.set_evergreen, post_id, not evergreen)

        async def again() -> None:
            await self._database.write(posts.set_evergreen, post_id, evergreen)

        self._undo.did(
            Act(message("undone.evergreen_marked" if evergreen else "undone.evergreen_unmarked"), back, again)
        )

    async def _draft(self, post_id: int) -> PostDraft:
        found = await self._database.read(posts_reading.post, post_id)
        if found is None:
            raise UserMistake(message("calendar.gone"))
        return found

    def _did(self, post_id: int, said: str) -> None:
        async def back() -> None:
            now = to_ms(self._clock.now())

            def act(session: Session) -> None:
                outbox.withdraw_post(session, post_id, now)
                posts.delete(session, post_id, now)

            await self._database.write(act)

        self._undo.did(Act(message(said), back))


def _copy(original: PostDraft) -> PostDraft:
    origin = Origin(OriginKind.EVERGREEN, original.id or 0).to_text()
    return replace(
        original,
        id=None,
        planned_at=None,
        origin=origin,
        series_id=None,
        series_day="",
        mark_id=None,
        announcement="",
        evergreen=False,
    )


def _free_from(connection: Connection, draft: PostDraft, now: datetime) -> datetime:
    """The first moment at which its words are a duplicate on none of its accounts."""
    said = [reading.said_at(connection, account_id, parts_for(draft, account_id)) for account_id in draft.accounts]
    return max([now, *(at + SAME_TEXT + MINUTE for at in said if at is not None)])
