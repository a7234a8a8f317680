"""Launches: a product, its day, and the drafts that a pattern makes around it; moved, they take their posts along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.calendar import Move
from app.models.campaign import MINUTES_A_DAY, LaunchPlan, Pattern, Step, filled
from app.models.campaign_move import MovePreview, wall_moment
from app.models.post import PostDraft
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

LONGEST_TITLE = 120
LONGEST_URL = 2000
NOON = 12 * 60
_A_DAY = timedelta(days=1)


class Launches:
    """`LaunchesService` of commands/campaign_services.py."""

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

    async def save(
        self, plan: LaunchPlan, pattern: Pattern | None = None, accounts: Sequence[int] = ()
    ) -> tuple[int, int]:
        """Keep it, and make the drafts of a pattern at once: those whose time has passed are left out. The day of one that is there
        is changed by `move`. Answers (its id, how many drafts were made).
        """
        sound = self._sound(plan)
        before = await self._database.read(reading.launch, plan.id) if plan.id is not None else None
        if plan.id is not None and before is None:
            raise UserMistake(message("campaigns.launch_gone"))
        if before is not None:
            sound = replace(sound, on_day=before.plan.on_day, minute=before.plan.minute)
        goes_to = tuple(accounts) or await self._accounts(sound.campaign_id)
        now = self._clock.now()

        def act(session: Session) -> tuple[int, list[int]]:
            number = writing.save_launch(session, sound)
            if before is not None and before.plan.campaign_id != sound.campaign_id:
                writing.join_campaign(session, number, sound.campaign_id, to_ms(now))
            whole = replace(sound, id=number)
            drafts = [self._draft(whole, step, goes_to) for step in pattern.steps] if pattern is not None else []
            return number, [
                posts.save(session, draft, to_ms(now))
                for draft in drafts
                if draft.planned_at and draft.planned_at > now
            ]

        number, made = await self._database.write(act)
        drafts = self._planning.made(made)

        async def back() -> None:
            await drafts.undo()

            def undo(session: Session) -> None:
                if before is None:
                    writing.remove_launch(session, number, to_ms(self._clock.now()))
                else:
                    writing.save_launch(session, before.plan)
                    writing.join_campaign(session, number, before.plan.campaign_id, to_ms(self._clock.now()))

            await self._database.write(undo)

        async def again() -> None:
            await self._database.write(writing.save_launch, replace(sound, id=number))
            if drafts.redo is not None:
                await drafts.redo()

        said = "undone.launch_changed" if before is not None else "undone.launch_added"
        self._undo.did(Act(message(said, name=sound.title), back, again))
        return number, len(made)

    async def remove(self, launch_id: int) -> None:
        """Off the calendar; its posts stay where they are."""
        row = await self._database.read(reading.launch, launch_id)
        if row is None:
            return

        async def again() -> None:
            await self._database.write(writing.remove_launch, launch_id, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(writing.remove_launch, launch_id, None)

        await again()
        self._undo.did(Act(message("undone.launch_removed", name=row.plan.title), back, again))

    async def preview(self, launch_id: int, on_day: date, minute: int | None) -> MovePreview:
        """What moving it there would do."""
        row = await self._database.read(reading.launch, launch_id)
        if row is None:
            raise UserMistake(message("campaigns.launch_gone"))
        return await self._database.read(preview_of, self._wanted(row.plan, on_day, minute))

    async def move(self, launch_id: int, on_day: date, minute: int | None) -> int:
        """To another day and time, with its posts; answers how many moved."""
        row = await self._database.read(reading.launch, launch_id)
        if row is None:
            raise UserMistake(message("campaigns.launch_gone"))
        before = row.plan
        if (before.on_day, before.minute) == (on_day, minute):
            return 0
        after = replace(before, on_day=on_day, minute=minute)
        found = await self._database.read(preview_of, self._wanted(before, on_day, minute))

        def forth(session: Session) -> None:
            writing.save_launch(session, after)

        def back(session: Session) -> None:
            writing.save_launch(session, before)

        moves = [Move(each.post_id, each.after) for each in found.moving if each.after != each.before]
        said = message("undone.launch_moved", name=before.title)
        return await self._planning.move_along(moves, str(self._zone()), Along(forth, back), said)

    # ---- inside

    def _sound(self, plan: LaunchPlan) -> LaunchPlan:
        title = " ".join(plan.title.split())[:LONGEST_TITLE]
        if not title:
            raise UserMistake(message("campaigns.product_missing"), field="title")
        if plan.on_day is None:
            raise UserMistake(message("campaigns.day_missing"), field="day")
        url = plan.url.strip()[:LONGEST_URL]
        if any(mark.isspace() for mark in url):
            raise UserMistake(message("campaigns.link_broken"), field="url")
        if plan.minute is not None and not 0 <= plan.minute < MINUTES_A_DAY:
            raise UserMistake(message("campaigns.day_missing"), field="day")
        return replace(plan, title=title, url=url)

    async def _accounts(self, campaign_id: int | None) -> tuple[int, ...]:
        campaign = await self._database.read(reading.campaign, campaign_id) if campaign_id is not None else None
        if campaign is not None and campaign.accounts:
            return campaign.accounts
        return await self._database.read(calendar_reading.last_accounts)

    def _draft(self, plan: LaunchPlan, step: Step, accounts: tuple[int, ...]) -> PostDraft:
        zone = self._zone()
        return PostDraft(
            parts=(filled(step.text, plan.title, plan.url),),
            accounts=accounts,
            pillar=step.pillar,
            format=step.format,
            planned_at=step_moment(plan, step, zone),
            zone=str(zone),
            campaign_id=plan.campaign_id,
            mark_id=plan.id,
        )

    def _wanted(self, plan: LaunchPlan, on_day: date, minute: int | None) -> Wanted:
        assert plan.on_day is not None
        zone = self._zone()
        shifted = (minute - plan.minute) if minute is not None and plan.minute is not None else 0
        return Wanted(
            zone,
            self._clock.now(),
            Paces.of_settings(self._settings.get(Posting)),
            (on_day - plan.on_day).days,
            launch_id=plan.id,
            minutes=shifted,
            from_moment=wall_moment(plan.on_day, plan.minute, zone) if plan.minute is not None and shifted else None,
        )


def step_moment(plan: LaunchPlan, step: Step, zone: ZoneInfo) -> datetime:
    """When a step's post goes out (aware UTC): the ones of the launch's own day not before the launch itself."""
    assert plan.on_day is not None
    minute = step.minute if step.days or plan.minute is None else max(step.minute, plan.minute)
    return wall_moment(plan.on_day + step.days * _A_DAY, minute, zone)
