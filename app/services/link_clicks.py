"""Clicks of tracked links, as the shortener counts them, kept once a day and at each opening; a day on which nobody asked stays a gap.

A sample is what was counted of a delivery since its link is there: it never falls, and no number is ever made up. A post's clicks are those
of all its links on that account.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.links.shortener import Wanted
from app.models.tracked_link import ClickRow, Shortener
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import AppError, DiskTrouble
from app.runtime.words import Message
from app.services.link_shortener import LinkShortener
from app.store.database import Database
from app.store.reading import links as reading
from app.store.writing import samples

_log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
AT_OPENING = timedelta(hours=1)
"""Opened again sooner, nothing is asked again."""
AGAIN = timedelta(hours=1)
"""After a failure."""
FOLLOWED = timedelta(days=60)
"""Posts older than this are no longer asked about."""
YOUNG = timedelta(days=14)
WEEK = timedelta(days=7)
"""Bitly answers for one link at a time and counts each question: older ones are asked about weekly."""
START_SECONDS = 20.0
"""The window comes first."""


class LinkClicks:
    """Runs beside the reading of messages; the shortener's trouble is the settings' to tell."""

    def __init__(self, database: Database, shortener: LinkShortener, clock: Clock) -> None:
        self.trouble: Message | None = None
        """Why nothing could be counted the last time; None where it could."""
        self._database = database
        self._shortener = shortener
        self._clock = clock

    async def run(self) -> None:
        """Ask, again and again, until cancelled."""
        await self._clock.sleep(START_SECONDS)
        opened = True
        while True:
            pause = EVERY
            try:
                if not await self.count(at_opening=opened):
                    pause = AGAIN
            except DiskTrouble as error:
                _log.info("clicks: %s", error)
                pause = AGAIN
            opened = False
            await self._clock.sleep_until(self._clock.now() + pause)

    async def count(self, *, at_opening: bool = False, asked: bool = False) -> bool:
        """One round; whether the shortener answered. `asked` by the user: whatever was counted a moment ago."""
        which = self._shortener.chosen
        if which is Shortener.NONE:
            return True
        now = self._clock.now()
        rows = await self._database.read(reading.out, to_ms(now - FOLLOWED), 10_000, (str(which),))
        due = [row for row in rows if asked or _is_due(row, now, AT_OPENING if at_opening else EVERY / 2, which)]
        if not due:
            return True
        try:
            service = await self._shortener.get()
            found = await service.clicks(await self._wanted(due, which))
        except DiskTrouble:
            raise
        except AppError as error:
            _log.info("clicks: %s", error)
            self.trouble = error.message
            return False
        self.trouble = None
        await self._keep(due, found)
        return True

    async def _wanted(self, rows: Sequence[ClickRow], which: Shortener) -> list[Wanted]:
        made = await self._database.read(reading.made_at, [row.remote_id for row in rows], str(which))
        links = Counter(row.outbox_id for row in rows)
        wanted = {}
        for row in rows:
            # What was counted last is of all links of a delivery: it says something of one link where there is only one.
            alone = links[row.outbox_id] == 1
            since = from_ms(made[row.remote_id]) if row.remote_id in made else row.sent_at
            wanted[row.remote_id] = Wanted(
                row.remote_id, since, row.clicks if alone else None, row.counted_at if alone else None
            )
        return list(wanted.values())

    async def _keep(self, rows: Sequence[ClickRow], found: dict[str, int]) -> None:
        """A delivery one of whose links could not be counted has no sample this time."""
        at = to_ms(self._clock.now())
        sums: dict[int, int | None] = {}
        before: dict[int, int] = {}
        for row in rows:
            count, total = found.get(row.remote_id), sums.get(row.outbox_id, 0)
            sums[row.outbox_id] = None if count is None or total is None else total + count
            before[row.outbox_id] = row.clicks or 0
        kept = [
            (reading.CLICKS, "post", outbox_id, at, max(total, before[outbox_id]))
            for outbox_id, total in sums.items()
            if total is not None
        ]
        if kept:
            await self._database.write(samples.add, kept, bulk=True)


def _is_due(row: ClickRow, now: datetime, apart: timedelta, which: Shortener) -> bool:
    if row.counted_at is None:
        return True
    if which is Shortener.BITLY:
        apart = max(apart, WEEK - EVERY / 2 if now - row.sent_at > YOUNG else EVERY / 2)
    return now - row.counted_at >= apart
