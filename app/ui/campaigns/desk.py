"""What the Campaigns page has before it: the list, the launches, and the campaign that is open. Reads on a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.commands.services import Queries
from app.models.account import AccountRow
from app.models.campaign import CampaignDetail, CampaignPhase, CampaignPlan, CampaignRow, LaunchRow, Pattern, phase_at
from app.runtime.clock import from_wall
from app.ui.page import PageFace

TABLES = ("campaign", "phase", "mark", "pattern", "post", "variant", "outbox", "account", "sample")
DAY = timedelta(days=1)


class _Read(NamedTuple):
    rows: list[CampaignRow]
    launches: list[LaunchRow]
    accounts: list[AccountRow]
    patterns: list[Pattern]
    detail: CampaignDetail | None


def followed(plan: CampaignPlan, now: datetime, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Between which moments (aware UTC) followers are counted: its days, up to now; nothing before it begins."""
    if plan.starts_on is None or plan.ends_on is None:
        return None, None
    since = from_wall(datetime.combine(plan.starts_on, time()), zone).at
    until = from_wall(datetime.combine(plan.ends_on + DAY, time()), zone).at
    return (since, min(until, now)) if since < now else (None, None)


class Desk(QObject):
    """Follows commits; says `filled` when something was read."""

    filled = Signal()

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.rows: list[CampaignRow] = []
        self.launches: list[LaunchRow] = []
        self.accounts: Mapping[int, AccountRow] = {}
        self.own_patterns: list[Pattern] = []
        self.campaign_id: int | None = None
        self.detail: CampaignDetail | None = None
        self.phase = 0
        """Which phase is chosen, by its place."""
        self.loaded = False
        self._cancel: Callable[[], None] | None = None

    @property
    def today(self) -> date:
        return self._face.clock.now().astimezone(self._face.words.zone).date()

    @property
    def plan(self) -> CampaignPlan | None:
        """The campaign that is open."""
        return self.detail.plan if self.detail is not None else None

    @property
    def chosen_phase(self) -> CampaignPhase | None:
        plan = self.plan
        return plan.phases[self.phase] if plan is not None and self.phase < len(plan.phases) else None

    def current_phase(self, plan: CampaignPlan) -> CampaignPhase | None:
        """The phase of today."""
        return phase_at(plan.phases, self.today)

    def patterns(self) -> list[Pattern]:
        """The one that comes with the program, then the user's own."""
        shipped = self._face.services.patterns.shipped(self._face.words.language)
        return [*([shipped] if shipped is not None else []), *self.own_patterns]

    def show(self, campaign_id: int | None) -> None:
        """Open a campaign, or go back to the list."""
        if campaign_id != self.campaign_id:
            self.campaign_id, self.detail, self.phase = campaign_id, None, 0
        self.read()

    def step(self, by: int) -> None:
        """The campaign before (-1) or after in the list; stays at its ends."""
        numbers = [row.plan.id for row in self.rows]
        if not numbers:
            return
        place = numbers.index(self.campaign_id) + by if self.campaign_id in numbers else 0
        self.show(numbers[max(0, min(len(numbers) - 1, place))])

    def read(self) -> None:
        if self._cancel is not None:
            self._cancel()
        wanted, now, zone = self.campaign_id, self._face.clock.now(), self._face.words.zone

        def ask(queries: Queries) -> _Read:
            plan = queries.campaign(wanted) if wanted is not None else None
            detail = (
                queries.campaign_detail(wanted, *followed(plan, now, zone))
                if wanted is not None and plan is not None
                else None
            )
            return _Read(queries.campaign_rows(), queries.launches(), queries.accounts(), queries.patterns(), detail)

        def deliver(found: _Read) -> None:
            self._cancel = None
            self.loaded = True
            self.rows, self.launches, self.own_patterns = found.rows, found.launches, found.patterns
            self.accounts = {each.id: each for each in found.accounts}
            self.detail = found.detail
            if found.detail is None:
                self.campaign_id = None
            else:
                self.phase = min(self.phase, max(0, len(found.detail.plan.phases) - 1))
            self.filled.emit()

        self._cancel = self._face.services.reads.later(ask, deliver)
