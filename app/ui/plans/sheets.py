"""Opens the sheets of campaigns and launches over the window, from the Campaigns page and from the calendar alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.models.calendar import MarkRow
from app.models.campaign import CampaignPhase, CampaignPlan, LaunchPlan, PhaseKind
from app.ui.page import PageFace
from app.ui.plans.campaign_sheet import AnnouncementSheet, CampaignSheet, PhaseSheet
from app.ui.plans.deadline_sheet import DeadlineSheet
from app.ui.plans.launch_sheet import LaunchSheet
from app.ui.plans.move_sheet import move_campaign, move_launch
from app.ui.plans.pattern_sheet import PatternSheet

DAY = timedelta(days=1)
AWAY = 7
"""So many days from now a new campaign is proposed to begin."""
USUAL_DAYS = 5


class Sheets:
    """Each asks the store for what it needs; `host` is any widget of the window."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        self._face = face
        self._host = host

    @property
    def _window(self) -> QWidget:
        return self._host.window()

    @property
    def _today(self) -> date:
        return self._face.clock.now().astimezone(self._face.words.zone).date()

    def new_campaign(self, first: date | None = None, kept: Callable[[int], object] = lambda _number: None) -> None:
        """`kept` hears its id."""
        self._campaign(CampaignPlan(), first or self._today + AWAY * DAY, kept)

    def edit_campaign(self, plan: CampaignPlan) -> None:
        self._campaign(plan, None, lambda _number: None)

    def _campaign(self, plan: CampaignPlan, first: date | None, kept: Callable[[int], object]) -> None:
        face = self._face
        accounts = {each.id: each for each in face.services.reads.now(lambda queries: queries.accounts())}
        face.window.open_sheet(CampaignSheet(face, self._window, plan, accounts, first, kept))

    def new_phase(self, plan: CampaignPlan) -> None:
        """After the last one."""
        first = plan.ends_on + DAY if plan.ends_on is not None else self._today + AWAY * DAY
        phase = CampaignPhase(
            PhaseKind.PROMO if plan.phases else PhaseKind.TEASER, first, first + (USUAL_DAYS - 1) * DAY
        )
        save = self._face.services.campaigns.save
        sheet = PhaseSheet(
            self._face, self._window, phase, lambda made: save(replace(plan, phases=(*plan.phases, made))), new=True
        )
        self._face.window.open_sheet(sheet)

    def edit_phase(self, plan: CampaignPlan, place: int) -> None:
        save = self._face.services.campaigns.save

        def phases(changed: CampaignPhase) -> tuple[CampaignPhase, ...]:
            return (*plan.phases[:place], changed, *plan.phases[place + 1 :])

        sheet = PhaseSheet(
            self._face, self._window, plan.phases[place], lambda changed: save(replace(plan, phases=phases(changed)))
        )
        self._face.window.open_sheet(sheet)

    def announce(self, plan: CampaignPlan, kept: Callable[[int], object]) -> None:
        """Tomorrow, or on its first day where that is to come; `kept` hears the post's id."""
        assert plan.id is not None
        day = max(self._today + DAY, plan.starts_on or self._today)
        self._face.window.open_sheet(AnnouncementSheet(self._face, self._window, plan.id, day, kept))

    def new_launch(self, day: date | None = None, campaign_id: int | None = None) -> None:
        self._launch(LaunchPlan(on_day=day, minute=600 if day is not None else None, campaign_id=campaign_id))

    def edit_launch(self, launch_id: int) -> None:
        row = self._face.services.reads.now(lambda queries: queries.launch(launch_id))
        if row is not None:
            self._launch(row.plan)

    def _launch(self, plan: LaunchPlan) -> None:
        face = self._face
        rows = face.services.reads.now(lambda queries: queries.campaign_rows())
        own = face.services.reads.now(lambda queries: queries.patterns())
        shipped = face.services.patterns.shipped(face.words.language)
        patterns = [*([shipped] if shipped is not None else []), *own]
        face.window.open_sheet(LaunchSheet(face, self._window, plan, rows, patterns))

    def deadline(self, mark: MarkRow | None, day: date | None = None) -> None:
        """A new one, or one that stands on the calendar."""
        shown = mark.on_day if mark is not None else day or self._today + DAY
        self._face.window.open_sheet(DeadlineSheet(self._face, self._window, mark, shown))

    def patterns(self) -> None:
        face = self._face
        own = face.services.reads.now(lambda queries: queries.patterns())
        shipped = face.services.patterns.shipped(face.words.language)
        face.window.open_sheet(PatternSheet(face, self._window, [*own, *([shipped] if shipped is not None else [])]))

    def move_launch(self, launch_id: int) -> None:
        row = self._face.services.reads.now(lambda queries: queries.launch(launch_id))
        if row is not None:
            self._face.window.open_sheet(move_launch(self._face, self._window, row.plan))

    def move_campaign(self, campaign_id: int) -> None:
        plan = self._face.services.reads.now(lambda queries: queries.campaign(campaign_id))
        sheet = move_campaign(self._face, self._window, plan) if plan is not None else None
        if sheet is not None:
            self._face.window.open_sheet(sheet)
