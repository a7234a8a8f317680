"""The shop's own analytics server: its key in the keyring, a trial, and what it counted by day kept here, read again while it may still change.

Nothing is sent there but questions; the key is never kept beside the keyring, nor said in any error.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from typing import Protocol

from app.links.plausible import SETTINGS, Plausible
from app.links.shortener import server_of
from app.models.visit import SiteTrial, VisitCount
from app.networks.client import Client, Patience
from app.runtime.clock import Clock
from app.runtime.errors import AppError, DiskTrouble, SignedOut, UserMistake
from app.runtime.settings import Analytics as AnalyticsSettings
from app.runtime.settings import Settings
from app.runtime.words import Message, message
from app.services.link_shortener import LONGEST_TOKEN, Secrets
from app.store.database import Database, Session
from app.store.reading import sales as reading
from app.store.reading import settings as kept_settings
from app.store.writing import sales as writing
from app.store.writing import settings as settings_writing

_log = logging.getLogger(__name__)

KEY = "key"
"""The name it has in the keyring."""
COUNTED = "analytics_site"
"""The kept value that says whose counts are here."""
EVERY = timedelta(hours=6)
AGAIN = timedelta(hours=1)
"""After a failure."""
START_SECONDS = 40.0
"""The window, messages and clicks come first."""
OVERLAP = timedelta(days=3)
"""Days before the last one read: what was counted on them may still have grown."""
FIRST_TIME = timedelta(days=365)
AT_ONCE = timedelta(days=28)
TRIED = timedelta(days=27)
"""Together with today: 28 days."""
PATIENCE = Patience(connecting=6.0, silence=20.0, read=30.0, write=30.0)


class CountsVisits(Protocol):
    """One site of an analytics server, signed in."""

    async def counts(self, first: date, last: date) -> list[VisitCount]:
        """Visits and goals of these days, both included; raises `NetworkTrouble`."""

    async def close(self) -> None: ...


OpenSite = Callable[[str, str, str, Clock], CountsVisits]
"""(server, site, key, clock) -> signed in there."""


def open_site(server: str, site: str, key: str, clock: Clock) -> CountsVisits:
    """Over the net. Nothing is asked yet; raises `UserMistake` for an address that cannot be one."""
    try:
        address = server_of(server)
    except UserMistake as mistake:
        wrong = "unencrypted" if mistake.message.id.endswith("unencrypted") else "server"
        raise UserMistake(message(f"analytics.error.{wrong}"), field="analytics.server") from mistake
    return Plausible(Client(address, clock, token=key, patience=PATIENCE), site, clock.now)


class Analytics:
    """One a profile; asks nothing where no server is set up."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        credentials: Secrets,
        profile_id: str,
        clock: Clock,
        zone: Callable[[], tzinfo],
        open_: OpenSite = open_site,
    ) -> None:
        self.trouble: Message | None = None
        """Why the last reading brought nothing; None where it did, or none was made."""
        self._database = database
        self._settings = settings
        self._credentials = credentials
        self._key_name = f"{profile_id}.analytics"
        self._clock = clock
        self._zone = zone
        self._open = open_
        self._reading = asyncio.Lock()

    @property
    def is_set_up(self) -> bool:
        chosen = self._settings.get(AnalyticsSettings)
        return bool(chosen.server.strip() and chosen.site.strip())

    async def run(self) -> None:
        """Ask, again and again, until cancelled."""
        await self._clock.sleep(START_SECONDS)
        while True:
            pause = EVERY
            try:
                if not await self.read_now():
                    pause = AGAIN
            except DiskTrouble as error:
                _log.info("analytics: %s", error)
                pause = AGAIN
            await self._clock.sleep_until(self._clock.now() + pause)

    async def read_now(self) -> bool:
        """Whether what it counted is here now; True where nothing is set up. What came before a failure stays."""
        if not self.is_set_up:
            return True
        async with self._reading:
            today = self._clock.now().astimezone(self._zone()).date()
            await self._forget_other_site()
            last = await self._database.read(reading.last_asked_day)
            first = min(last, today) - OVERLAP if last is not None else today - FIRST_TIME
            try:
                site = await self._site()
            except AppError as error:
                return self._failed(error)
            try:
                while first <= today:
                    until = min(today, first + AT_ONCE - timedelta(days=1))
                    await self._keep(first, until, await site.counts(first, until))
                    first = until + timedelta(days=1)
            except DiskTrouble:
                raise
            except AppError as error:
                return self._failed(error)
            finally:
                await site.close()
        self.trouble = None
        return True

    async def _forget_other_site(self) -> None:
        """What another site counted says nothing of this one."""
        chosen = self._settings.get(AnalyticsSettings)
        site = f"{chosen.server.strip().rstrip('/')} {chosen.site.strip()}"
        if await self._database.read(kept_settings.value, COUNTED) == site:
            return

        def forget(session: Session) -> None:
            writing.forget_visits(session)
            settings_writing.save(session, COUNTED, site)

        await self._database.write(forget)

    async def _keep(self, first: date, last: date, counts: list[VisitCount]) -> None:
        rows = [
            (each.day.toordinal(), each.campaign, each.content, each.goal, each.times)
            for each in counts
            if first <= each.day <= last
        ]
        await self._database.write(writing.set_visits, first, last, rows, bulk=True)

    def _failed(self, error: AppError) -> bool:
        _log.info("analytics: %s", error)
        self.trouble = error.message
        return False

    # --- its key

    async def has_key(self) -> bool:
        return bool(await self._key())

    async def set_key(self, key: str) -> None:
        """Into the keyring; empty forgets it. Raises `UserMistake` for what cannot be one, `CredentialTrouble`."""
        key = key.strip()
        if not key:
            await asyncio.to_thread(self._credentials.delete, self._key_name)
            return
        if len(key) > LONGEST_TOKEN or not key.isascii() or not key.isprintable() or " " in key:
            raise UserMistake(message("analytics.error.no_such_key"), field="analytics.key")
        await asyncio.to_thread(self._credentials.set, self._key_name, {KEY: key})

    async def _key(self) -> str:
        kept = await asyncio.to_thread(self._credentials.get, self._key_name)
        return (kept or {}).get(KEY, "")

    async def _site(self) -> CountsVisits:
        """Raises `UserMistake` for a wrong address, `SignedOut` without a key, `CredentialTrouble`."""
        chosen = self._settings.get(AnalyticsSettings)
        key = await self._key()
        if not key:
            raise SignedOut(message("analytics.error.no_key"), SETTINGS)
        return self._open(chosen.server, chosen.site.strip(), key, self._clock)

    async def try_it(self) -> SiteTrial:
        """Whether it lets us in, and what it counted in the last 28 days; its trouble is told, not raised."""
        if not self.is_set_up:
            return SiteTrial(message("analytics.error.not_set_up"))
        today = self._clock.now().astimezone(self._zone()).date()
        try:
            site = await self._site()
            try:
                counts = await site.counts(today - TRIED, today)
            finally:
                await site.close()
        except DiskTrouble:
            raise
        except AppError as error:
            return SiteTrial(error.message)
        self.trouble = None
        visits = [each for each in counts if not each.goal]
        goals = dict.fromkeys(each.goal for each in counts if each.goal)
        tagged = sum(each.times for each in visits if each.campaign or each.content)
        return SiteTrial(None, sum(each.times for each in visits), tagged, tuple(sorted(goals)))
