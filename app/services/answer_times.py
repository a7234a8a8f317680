"""Answer-by times: which promise holds for whom, counted over the shop's working hours. The one place from which such times come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.models.case import Asked
from app.models.conversation import Category
from app.runtime.clock import from_ms, to_ms
from app.runtime.settings import Answer, Settings, Shop, Targets
from app.services.public_holidays import PublicHolidays
from app.services.working_time import Block, WorkingTime

MINUTE_MS = 60_000


class Promised(NamedTuple):
    """The three promises that hold for a message, in working minutes; 0: none."""

    first: int
    next: int
    solved: int


def answer_by(arrived_at: datetime, minutes: int, hours: Sequence[Sequence[Block]], zone: ZoneInfo) -> datetime:
    """When an answer is due (aware UTC): `minutes` of working time after `arrived_at` (aware).

    `hours` holds seven days from Monday, each its blocks in order. Friday 16:30 plus an hour with 9-17 is Monday 9:30.
    """
    return from_ms(WorkingTime(hours, zone).after(to_ms(arrived_at), minutes * MINUTE_MS))


def promised_for(general: Promised, targets: Targets, account_id: int, category: str) -> Promised:
    """What holds for an account and a category. The closest wins, each promise by itself: account and category, then category, then
    account, then what is said for all.
    """
    closest = list(general)
    for wanted in ((account_id, ""), (0, category), (account_id, category)):
        for account, of_category, *minutes in targets:
            if (account, of_category) == wanted:
                closest = [there if said is None else said for there, said in zip(closest, minutes, strict=True)]
    return Promised(*closest)


class AnswerTimes:
    """Promises and working hours as the settings stand. The store asks it on the writer's thread, services on the loop's."""

    def __init__(self, settings: Settings, holidays: PublicHolidays) -> None:
        self._settings = settings
        self._holidays = holidays
        self._made: tuple[Answer, str, WorkingTime] | None = None

    @property
    def working_time(self) -> WorkingTime:
        """By the settings in force; the same until they change."""
        answer, zone = self._settings.get(Answer), self._settings.get(Shop).zone or "UTC"
        made = self._made
        if made is None or made[0] is not answer or made[1] != zone:
            made = self._made = (answer, zone, self._work_out(answer, zone))
        return made[2]

    def promise(self, asked: Asked) -> datetime | None:
        """When it has to be answered (aware UTC): the next answer, or the solution where that is due earlier; None: nothing is promised."""
        promised = self._promised(asked.account_id, asked.category)
        times = []
        if minutes := promised.first if asked.first else promised.next:
            times.append(self.working_time.after(to_ms(asked.at), minutes * MINUTE_MS))
        if promised.solved:
            times.append(self._solved_by(asked, promised.solved))
        return from_ms(min(times)) if times else None

    def solved_by(self, asked: Asked) -> datetime | None:
        """When its case has to be solved (aware UTC). Waiting for the customer does not count."""
        minutes = self._promised(asked.account_id, asked.category).solved
        return from_ms(self._solved_by(asked, minutes)) if minutes else None

    def promised(self, asked_at: datetime, account_id: int, category: Category, *, first: bool) -> datetime | None:
        """By when something that is asked now, in a case that begins now, has to be answered."""
        return self.promise(Asked(asked_at, account_id, category, first, asked_at))

    def worked(self, since_ms: int, until_ms: int) -> int:
        """Milliseconds of working time between two moments."""
        return self.working_time.between(since_ms, until_ms)

    def _solved_by(self, asked: Asked, minutes: int) -> int:
        waited = sum(self.worked(*stretch) for stretch in asked.paused)
        return self.working_time.after(to_ms(asked.opened_at), minutes * MINUTE_MS + waited)

    def _promised(self, account_id: int, category: str) -> Promised:
        answer = self._settings.get(Answer)
        general = Promised(answer.minutes, answer.next_minutes, answer.solved_minutes)
        return promised_for(general, answer.targets, account_id, category)

    def _work_out(self, answer: Answer, zone: str) -> WorkingTime:
        closed = tuple(
            (date.fromisoformat(first), date.fromisoformat(last)) for _name, first, last in answer.closed_days
        )
        country, region = answer.holiday_country, answer.holiday_region

        def is_closed(day: date) -> bool:
            if any(first <= day <= last for first, last in closed):
                return True
            return bool(country) and self._holidays.is_one(day, country, region)

        open_days = {date.fromisoformat(day): blocks for day, blocks in answer.open_days}
        return WorkingTime(answer.hours, ZoneInfo(zone), is_closed, open_days)
