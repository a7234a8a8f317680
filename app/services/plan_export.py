"""Takes the plan out of the program: as iCalendar, as CSV, and as what the printed page shows."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.models.plan import Layout, Plan, PlanPaper, PlanRequest, PlanWords
from app.models.post import PostFormat
from app.models.sorting import vocabulary
from app.models.stance import Stance
from app.runtime.clock import Clock, from_wall, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Answer, Settings, Shop
from app.runtime.words import Message, message
from app.services.plan_ics import PlanCalendar, file_of, frame_of, years_of
from app.services.plan_sheet import COLUMNS, sheet_of
from app.services.public_holidays import PublicHolidays
from app.services.whole_files import write_whole
from app.store.database import Database
from app.store.reading import plan as reading

Say = Callable[[Message], str]
ENDINGS = (".ics", ".csv", ".pdf")
PHASES = ("teaser", "promo", "winners", "story")
LABELS = ("state", "goes_to", "campaign", "own_text", "out_at")
LONGEST_DAYS = 366 * 3
"""A plan longer than this is no plan."""


class PlanExport:
    """Reads the plan and writes files, each whole or not at all."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        holidays: PublicHolidays,
        profile: str,
        say: Say,
        networks: Mapping[str, str],
    ) -> None:
        """`profile` is the profile's own random id, `say` puts a message into the program's language; names of networks by their id."""
        self._database = database
        self._settings = settings
        self._clock = clock
        self._holidays = holidays
        self._profile = calendar_name(profile)
        self._say = say
        self._networks = networks

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.get(Shop).zone or "UTC")

    async def export(self, path: Path, wanted: PlanRequest) -> tuple[Path, int]:
        """Write .ics or .csv by the ending; answers where, and how many posts. Raises UserMistake."""
        kind = path.suffix.casefold()
        if kind not in (".ics", ".csv"):
            raise UserMistake(message("plan.no_such_kind", file=path.name), field="file")
        plan, words, zone, now = await self.plan(wanted), self.words(), self.zone, self._clock.now()

        def make() -> bytes:
            if kind == ".csv":
                return sheet_of(plan, words, zone)
            events = PlanCalendar(self._profile).events(plan, words, zone, now)
            return file_of(events, frame_of(words, zone, years_of(plan)))

        await self.save(path, await asyncio.to_thread(make))
        return path, len(plan.posts)

    async def plan(self, wanted: PlanRequest) -> Plan:
        """What stands on these days. Raises UserMistake for days that are no stretch."""
        if not timedelta() <= wanted.last - wanted.first <= timedelta(days=LONGEST_DAYS):
            raise UserMistake(message("plan.no_such_days"), field="days")
        zone = self.zone
        since, until = _begin(wanted.first, zone), _begin(wanted.last + timedelta(days=1), zone)
        found = await self._database.read(reading.plan, to_ms(since), to_ms(until), wanted.first, wanted.last)
        lets = wanted.lets
        if lets is None:
            return found
        return replace(found, posts=tuple(post for post in found.posts if lets(post.row)))

    async def paper(self, wanted: PlanRequest, layout: Layout, first_weekday: int, filtered: str = "") -> PlanPaper:
        """What the printed plan shows; a month is shown in whole weeks by whoever paints it."""
        plan = await self.plan(wanted)
        shop = self._settings.get(Shop)
        years = range(wanted.first.year, wanted.last.year + 1)
        holidays = await asyncio.to_thread(self._holidays_of, years, shop)
        return PlanPaper(plan, shop.name, layout, holidays, self._clock.now(), shop.country, first_weekday, filtered)

    def _holidays_of(self, years: range, shop: Shop) -> Mapping[date, str]:
        answer = self._settings.get(Answer)
        country = answer.holiday_country or shop.country
        language = self._say(message("plan.language"))
        found: dict[date, str] = {}
        for year in years if country else ():
            found.update(self._holidays.year(country, answer.holiday_region, year, language))
        return found

    async def save(self, path: Path, content: bytes) -> None:
        """Put a file where the user wants it, whole or not at all."""
        await asyncio.to_thread(write_whole, path, content)

    def words(self) -> PlanWords:
        """All words of a file, in the program's language now."""
        say = self._say
        shop = self._settings.get(Shop).name.strip()
        labels = {name: say(message(f"plan.{name}")) for name in LABELS}
        labels |= {name: say(message(f"plan.column.{name}")) for name in COLUMNS}
        labels["state"], labels["campaign"] = say(message("plan.state")), say(message("plan.campaign"))
        labels["untitled"] = say(message("calendar.untitled"))
        return PlanWords(
            title=say(message("plan.title_of", shop=shop)) if shop else say(message("plan.title")),
            states={str(each): say(message(f"calendar.state.{each}")) for each in Stance},
            pillars={each.id: say(message(f"pillar.{each.id}")) for each in vocabulary(self._settings).pillars.everything},
            formats={str(each): say(message(f"composer.format.{each}")) for each in PostFormat},
            phases={each: say(message(f"calendar.phase.{each}")) for each in PHASES},
            networks=self._networks,
            labels=labels,
        )


def calendar_name(profile: str) -> str:
    """What tells the calendars of two profiles apart; the profile's id itself stays inside, it names secrets."""
    return hashlib.sha256(f"plan {profile}".encode()).hexdigest()[:12]


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return from_wall(datetime.combine(day, time()), zone).at.astimezone(UTC)
