"""The answer clock as screens see it: what is due by when, whose holidays are kept, and answer-by times counted anew when promises change."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.models.case import Asked, CaseRow
from app.models.conversation import ConversationRow
from app.runtime.clock import Clock
from app.runtime.settings import Answer, Settings, Shop
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.services.answer_times import AnswerTimes
from app.services.public_holidays import PublicHolidays
from app.store.database import Database
from app.store.reading import cases as reading
from app.store.reading import settings as settings_reading
from app.store.writing import conversations
from app.store.writing import settings as settings_writing

BATCH = 200
"""Conversations in one transaction."""
UNDER_WAY = "answer_times_recount"
"""Stored setting: not empty while answer-by times are counted anew, so that a crash in the middle is made good at the next start."""


class Answering:
    """Hears of changed promises and hours. Only conversations that need an answer have a time that may move."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        times: AnswerTimes,
        holidays: PublicHolidays,
        tasks: Tasks,
        clock: Clock,
    ) -> None:
        self.progress: Signal[int, int] = Signal("answering.progress")
        """(conversations looked at, all of them) while times are counted anew."""
        self.recounted: Signal[int] = Signal("answering.recounted")
        """It is through: how many conversations have another answer-by time."""
        self._database = database
        self._settings = settings
        self._times = times
        self._holidays = holidays
        self._tasks = tasks
        self._clock = clock
        self._wanted = False
        self._running = False
        self._unwatch = settings.changed.connect(self._settings_changed)

    async def run(self) -> None:
        """At the start: what a crash left half done, and the first question about holidays, which takes a while."""
        if await self._database.read(settings_reading.value, UNDER_WAY):
            self._want()
        if self._settings.get(Answer).holiday_country:
            await asyncio.to_thread(self._holidays.is_one, self._today(), *self._kept())

    def close(self) -> None:
        self._unwatch()

    # --- what screens ask

    def solved_by(self, row: ConversationRow, case: CaseRow) -> datetime | None:
        """When a conversation's case has to be solved (aware UTC); None: not promised."""
        first = case.answered_at is None
        return self._times.solved_by(
            Asked(row.last_at, row.account_id, row.category, first, case.opened_at, case.paused)
        )

    def worked(self, since_ms: int, until_ms: int) -> int:
        """Milliseconds of working time between two moments (UTC milliseconds). On any thread."""
        return self._times.worked(since_ms, until_ms)

    async def coming_holidays(self, country: str, region: str, language: str) -> Sequence[tuple[date, str]]:
        """The next three, named in `language` where the library knows their names in it, else in the country's own."""
        return await asyncio.to_thread(self._holidays.coming, self._today(), country, region, language)

    async def regions(self, country: str) -> Sequence[tuple[str, str]]:
        """(code, name) of the parts of a country that have holidays of their own."""
        return await asyncio.to_thread(self._holidays.regions, country)

    # --- counting anew

    def _settings_changed(self, keys: frozenset[str]) -> None:
        if self._database.read_only or not any(key == "shop.zone" or key.startswith("answer.") for key in keys):
            return
        self._want()

    def _want(self) -> None:
        self._wanted = True
        if not self._running:
            self._running = True
            self._tasks.spawn("answer times counted anew", self._recount(), owner=self)

    async def _recount(self) -> None:
        """A change while it is under way begins it again: what was counted already is counted by the newest promises."""
        moved: set[int] = set()
        try:
            await self._database.write(settings_writing.save, UNDER_WAY, "1")
            while self._wanted:
                self._wanted = False
                moved |= await self._pass()
            await self._database.write(settings_writing.save, UNDER_WAY, "")
        finally:
            self._running = False
        self.recounted.emit(len(moved))

    async def _pass(self) -> set[int]:
        moved: set[int] = set()
        waiting = await self._database.read(reading.waiting_ids)
        for start in range(0, len(waiting), BATCH):
            if self._wanted:
                break
            moved.update(await self._database.write(conversations.recount, waiting[start : start + BATCH], bulk=True))
            self.progress.emit(min(start + BATCH, len(waiting)), len(waiting))
        return moved

    def _kept(self) -> tuple[str, str]:
        answer = self._settings.get(Answer)
        return answer.holiday_country, answer.holiday_region

    def _today(self) -> date:
        return self._clock.now().astimezone(ZoneInfo(self._settings.get(Shop).zone or "UTC")).date()
