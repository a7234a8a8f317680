"""What is done on the Campaigns page, by mouse and by keys alike: sheets opened, phases stretched, things removed; and what is said of it."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.models.campaign import LaunchRow, stretched
from app.runtime.words import Message, message
from app.ui.campaigns.campaign_view import CampaignView
from app.ui.campaigns.desk import Desk
from app.ui.notices import announce
from app.ui.page import PageFace
from app.ui.plans.sheets import Sheets

UNDO_SECONDS = 10


class Host(Protocol):
    """The page, as far as its acts look at it."""

    desk: Desk
    sheets: Sheets
    campaign: CampaignView

    @property
    def launch(self) -> LaunchRow | None: ...

    @property
    def campaign_id(self) -> int | None: ...

    def open_campaign(self, campaign_id: int | None) -> None: ...

    def window(self) -> QWidget: ...


class Acts:
    """Each is one call of a service, with its way back in the toast."""

    def __init__(self, face: PageFace, page: Host) -> None:
        self._face = face
        self._page = page

    def new(self) -> None:
        self._page.sheets.new_campaign(None, self._page.open_campaign)

    def announce(self) -> None:
        if self._page.desk.plan is None:
            return
        said = message("campaigns.announced")
        self._page.sheets.announce(
            self._page.desk.plan, lambda _post: self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)
        )

    def edit(self) -> None:
        if self._page.desk.plan is not None:
            self._page.sheets.edit_campaign(self._page.desk.plan)

    def move(self) -> None:
        launch, campaign_id = self._page.launch, self._page.campaign_id
        if launch is not None and launch.plan.id is not None:
            self._page.sheets.move_launch(launch.plan.id)
        elif campaign_id is not None:
            self._page.sheets.move_campaign(campaign_id)

    def remove(self) -> None:
        """The phase, launch or campaign that the keys are on; posts stay, and it can be taken back."""
        services, launch, campaign_id, plan = (
            self._face.services,
            self._page.launch,
            self._page.campaign_id,
            self._page.desk.plan,
        )
        if self._page.campaign.timeline.hasFocus():
            phase = self._page.desk.chosen_phase
            if plan is None or phase is None:
                return
            phases = tuple(each for each in plan.phases if each is not phase)
            self._start(services.campaigns.save(replace(plan, phases=phases)), message("campaigns.phase_removed"))
        elif launch is not None and launch.plan.id is not None:
            self._start(
                services.launches.remove(launch.plan.id), message("campaigns.launch_removed", name=launch.plan.title)
            )
        elif campaign_id is not None:
            name = next((row.plan.name for row in self._page.desk.rows if row.plan.id == campaign_id), "")
            self._start(services.campaigns.remove(campaign_id), message("campaigns.removed", name=name))

    def _start(self, work: Awaitable[object], said: Message) -> None:
        async def done() -> None:
            await work
            self._face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("change campaigns", done())

    # ---- phases

    def choose_phase(self, place: int) -> None:
        plan = self._page.desk.plan
        if plan is not None and plan.phases:
            self._page.desk.phase = max(0, min(len(plan.phases) - 1, place))
            self._page.campaign.timeline.choose(self._page.desk.phase)
            self._face.actions.refresh()

    def edit_phase(self, place: int) -> None:
        plan = self._page.desk.plan
        if plan is not None and place < len(plan.phases) and not self._face.services.data.read_only:
            self._page.sheets.edit_phase(plan, place)

    def stretch(self, place: int, first: int, last: int) -> None:
        """By mouse and by keys alike: its first and last day, so many days later."""
        plan = self._page.desk.plan
        if plan is None or place >= len(plan.phases):
            return
        phases = stretched(plan.phases, place, first, last)
        if phases is None:
            self._face.notices.say(message("campaigns.no_room"), level="warn")
            return
        said = message(
            "campaigns.phase_stands", days=self._face.words.range(phases[place].starts_on, phases[place].ends_on)
        )
        changed = replace(plan, phases=phases)
        if self._page.desk.detail is not None:  # the next key goes on from here
            self._page.desk.detail = replace(self._page.desk.detail, plan=changed)
            self._page.campaign.timeline.show_detail(self._page.desk.detail, place)
        announce(self._page.campaign, self._page.campaign.timeline.spoken(place), "info")
        self._start(self._face.services.campaigns.save(changed), said)

    # ---- menus

    def row_menu(self, _row: int, where: QPoint) -> None:
        self._popup(("campaigns.move", "campaigns.remove"), where)

    def phase_menu(self, where: QPoint) -> None:
        self._popup(
            ("campaigns.phase_edit", "campaigns.phase", "campaigns.remove"),
            self._page.campaign.timeline.mapToGlobal(where),
        )

    def _popup(self, commands: Sequence[str], where: QPoint) -> None:
        menu = QMenu(self._page.window())
        menu.addActions([self._face.actions.action(name) for name in commands])
        menu.popup(where)
