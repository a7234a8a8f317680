"""Campaigns: kept with their phases, announced, and moved with all that belongs to them; each act is one entry of the undo list."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.models.calendar import Move
from app.models.campaign import CampaignPhase, CampaignPlan, Goal, overlapping
from app.models.campaign_move import Announced, MovePreview
from app.models.post import PostDraft, PostFormat
from app.models.rhythm import Paces
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Posting, Settings
from app.runtime.words import message
from app.services.planning import Along, Planning
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import calendar as calendar_reading
from app.store.reading import campaigns as reading
from app.store.reading.campaign_moves import Wanted, preview_of
from app.store.writing import campaigns as writing
from app.store.writing import posts

LONGEST_NAME = 120
LONGEST_WORDS = 500
LONGEST_SLUG = 60
MOST_TAGS = 30
MOST_PHASES = 24
LONGEST_PHASE = 400
"""Days."""
FURTHEST_MOVE = 3 * 366
MOST_FIGURE = 10**9
_TAG_ENDS = re.compile(r"[\s,;#]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class Campaigns:
    """`CampaignsService` of commands/campaign_services.py."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        planning: Planning,
        settings: Settings,
        zone: Callable[[], ZoneInfo],
    ) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._planning = planning
        self._settings = settings
        self._zone = zone
        self._saving = asyncio.Lock()
        """Keys may ask faster than is written; each act is to know how the one before it left things."""

    async def save(self, plan: CampaignPlan) -> int:
        """Keep it with its phases; answers its id. Raises `UserMistake` beside the field."""
        async with self._saving:
            return await self._save(plan)

    async def _save(self, plan: CampaignPlan) -> int:
        sound = _sound(plan)
        sound = replace(sound, slug=await self._free_slug(sound))
        before = await self._database.read(reading.campaign, plan.id) if plan.id is not None else None
        if plan.id is not None and before is None:
            raise UserMistake(message("campaigns.gone"))
        now = to_ms(self._clock.now())
        number: int = await self._database.write(writing.save, sound, now)
        kept = await self._database.read(reading.campaign, number)
        assert kept is not None

        async def back() -> None:
            if before is None:
                await self._database.write(writing.remove, number, to_ms(self._clock.now()))
            else:
                await self._database.write(writing.save, before, now)

        async def again() -> None:
            def act(session: Session) -> None:
                writing.remove(session, number, None)
                writing.save(session, kept, now)

            await self._database.write(act)

        said = "undone.campaign_changed" if before is not None else "undone.campaign_added"
        self._undo.did(Act(message(said, name=sound.name), back, again))
        return number

    async def _free_slug(self, plan: CampaignPlan) -> str:
        """The one it has, else one made of its name; no two campaigns share one, or their clicks would be counted together."""
        wanted = slug_of(plan.slug or plan.name) or "campaign"
        taken, found, number = await self._database.read(reading.slugs, plan.id), wanted, 2
        while found in taken:
            found, number = f"{wanted}-{number}", number + 1
        return found

    async def remove(self, campaign_id: int) -> None:
        """It leaves every list; its posts stay where they are."""
        plan = await self._database.read(reading.campaign, campaign_id)
        if plan is None:
            return

        async def again() -> None:
            await self._database.write(writing.remove, campaign_id, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(writing.remove, campaign_id, None)

        await again()
        self._undo.did(Act(message("undone.campaign_removed", name=plan.name), back, again))

    async def announce(self, announced: Announced) -> int:
        """A draft for the campaign's accounts; answers the post's id."""
        plan = await self._database.read(reading.campaign, announced.campaign_id)
        if plan is None:
            raise UserMistake(message("campaigns.gone"))
        title = _one_line(announced.title)
        if not title:
            raise UserMistake(message("campaigns.title_missing"), field="title")
        if announced.at is not None and announced.at < self._clock.now():
            raise UserMistake(message("composer.past_time"), field="time")
        zone = str(self._zone())
        draft = PostDraft(
            parts=(" ".join(f"#{tag}" for tag in plan.tags),) if plan.tags else ("",),
            accounts=plan.accounts or await self._database.read(calendar_reading.last_accounts),
            title=title,
            format=PostFormat.ANNOUNCES,
            planned_at=announced.at,
            zone=zone if announced.at is not None else "",
            campaign_id=plan.id,
            announcement=announced.kind,
        )
        number: int = await self._database.write(posts.save, draft, to_ms(self._clock.now()))
        self._undo.did(self._planning.made([number]))
        return number

    async def preview(self, campaign_id: int, days: int) -> MovePreview:
        """What moving it by so many days would do."""
        return await self._database.read(preview_of, self._wanted(days, campaign_id))

    async def move(self, campaign_id: int, days: int) -> int:
        """Its phases, launches and days move, and its posts with them at the same time of day; answers how many posts moved."""
        if not days:
            return 0
        if abs(days) > FURTHEST_MOVE:
            raise UserMistake(message("campaigns.too_far"), field="day")
        plan = await self._database.read(reading.campaign, campaign_id)
        if plan is None:
            raise UserMistake(message("campaigns.gone"))
        found = await self.preview(campaign_id, days)
        along = Along(
            lambda session: writing.shift(session, campaign_id, days),
            lambda session: writing.shift(session, campaign_id, -days),
        )
        moves = [Move(each.post_id, each.after) for each in found.moving]
        said = message("undone.campaign_moved", name=plan.name)
        return await self._planning.move_along(moves, str(self._zone()), along, said)

    def _wanted(self, days: int, campaign_id: int) -> Wanted:
        return Wanted(
            self._zone(), self._clock.now(), Paces.of_settings(self._settings.get(Posting)), days, campaign_id=campaign_id
        )


def _sound(plan: CampaignPlan) -> CampaignPlan:
    name = _one_line(plan.name)
    if not name:
        raise UserMistake(message("campaigns.name_missing"), field="name")
    day = overlapping(plan.phases)
    if day is not None:
        raise UserMistake(message("campaigns.phases_overlap", day=day), field="phases")
    if len(plan.phases) > MOST_PHASES:
        raise UserMistake(message("campaigns.too_many_phases", most=MOST_PHASES), field="phases")
    goal = plan.goal
    figures = {each: min(max(getattr(goal, each), 0), MOST_FIGURE) for each in ("clicks", "followers", "replies", "orders")}
    return replace(
        plan,
        name=name,
        goal=Goal(goal.words.strip()[:LONGEST_WORDS], **figures),
        accounts=tuple(dict.fromkeys(plan.accounts)),
        tags=tuple(dict.fromkeys(tag for each in plan.tags for tag in _TAG_ENDS.split(each) if tag))[:MOST_TAGS],
        phases=tuple(_sound_phase(each) for each in sorted(plan.phases, key=lambda phase: phase.starts_on)),
    )


def _sound_phase(phase: CampaignPhase) -> CampaignPhase:
    if phase.ends_on < phase.starts_on:
        raise UserMistake(message("campaigns.ends_before"), field="ends_on")
    if phase.days > LONGEST_PHASE:
        raise UserMistake(message("campaigns.phase_too_long", most=LONGEST_PHASE), field="ends_on")
    return replace(phase, title=_one_line(phase.title), posts_a_day=min(max(phase.posts_a_day, 0), 50))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_NAME]


def slug_of(name: str) -> str:
    """A name as links carry it: small letters and digits, with hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain).strip("-")[:LONGEST_SLUG].strip("-")
