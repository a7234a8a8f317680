"""The sheets of a campaign: what it is for and where it runs, one of its phases, and an announcement."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QWidget

from app.models.account import AccountRow
from app.models.campaign import Announcement, CampaignPhase, CampaignPlan, Goal, PhaseKind
from app.models.campaign_move import Announced
from app.runtime.clock import from_wall
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.plans.phase_icons import ICONS
from app.ui.plans.plan_sheet import PlanSheet
from app.ui.plans.typed_day import DayField
from app.ui.safe_text import isolated
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper

HUES = ("blue", "orange", "green", "rose", "gold", "violet", "sky", "slate")
KINDS = tuple(PhaseKind)
MOST_A_DAY = 20
USUAL = ((PhaseKind.TEASER, 7), (PhaseKind.PROMO, 7), (PhaseKind.STORY, 3))
"""The phases a new campaign begins with, and their days."""
TEN = 10 * 60
DAY = timedelta(days=1)


def usual_phases(first: date) -> tuple[CampaignPhase, ...]:
    """One after the other from a day on."""
    found = []
    for kind, days in USUAL:
        found.append(CampaignPhase(kind, first, first + (days - 1) * DAY))
        first += days * DAY
    return tuple(found)


def whole_number(text: str) -> int | None:
    """As people type it ("4,000", "4 000"); 0 for nothing, None where it is no number."""
    digits = "".join(text.replace(",", "").replace(".", "").split())
    return 0 if not digits else int(digits) if digits.isdecimal() and len(digits) < 10 else None


class CampaignSheet(PlanSheet):
    """A new one asks for its first day; the phases of one that is there are changed on its band."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        plan: CampaignPlan,
        accounts: Mapping[int, AccountRow],
        first: date | None,
        kept: Callable[[int], object],
    ) -> None:
        new = plan.id is None
        super().__init__(
            face, host, face.text("campaigns.new_title" if new else "campaigns.edit_title"), face.text("campaigns.keep")
        )
        self._plan = plan
        self._kept = kept
        self.name = self.field("campaigns.name", plan.name, placeholder=face.text("campaigns.name_example"))
        self.first: DayField | None = None
        if new:
            self.first = DayField(face, face.text("campaigns.first_day"), first)
            self.take(self.first)
        self.words = self.field("campaigns.goal", plan.goal.words, placeholder=face.text("campaigns.goal_example"))
        row = self.row()
        self.figures: dict[str, Field] = {}
        for each in ("clicks", "followers", "replies", "orders"):
            wanted = getattr(plan.goal, each)
            self.figures[each] = self.field(
                f"campaigns.wanted_{each}", face.words.number(wanted) if wanted else "", into=row
            )
        holder = QWidget()
        flow = FlowLayout(holder, face.theme.px(12))
        self.boxes: dict[int, CheckBox] = {}
        for account in accounts.values():
            if account.network == "email":
                continue
            box = CheckBox(
                face.look,
                f"{network_name(account.network)} {isolated(account.handle)}",
                checked=account.id in plan.accounts or new,
            )
            self.boxes[account.id] = box
            flow.addWidget(box)
        self.labelled("campaigns.accounts", holder)
        self.tags = self.field(
            "campaigns.tags", " ".join(f"#{tag}" for tag in plan.tags), placeholder="#Marea #DiscosAurora"
        )
        self.hue = Select(
            face.look, face.text("campaigns.hue"), [(face.text(f"campaigns.hue.{hue}"), hue) for hue in HUES]
        )
        self.hue.choose(plan.hue or HUES[0])
        self.labelled("campaigns.hue", self.hue)
        self.begin()

    def beside(self) -> Mapping[str, Field]:
        first = {"day": self.first} if self.first is not None else {}
        return {"name": self.name, **first, **self.figures}

    def complete(self) -> bool:
        if not self.name.text:
            self.name.complain(self._face.text("campaigns.name_missing"))
            self.name.line.setFocus()
            return False
        for field in self.figures.values():
            if whole_number(field.text) is None:
                field.complain(self._face.text("campaigns.no_number"))
                field.line.setFocus()
                return False
        return self.first is None or self.first.demand()

    @property
    def plan(self) -> CampaignPlan:
        """The campaign as the fields say it."""
        day = self.first.day if self.first is not None else None
        figures = {name: whole_number(field.text) or 0 for name, field in self.figures.items()}
        shown = {number for number, box in self.boxes.items() if box.isChecked()}
        kept = [number for number in self._plan.accounts if number in shown or number not in self.boxes]
        return replace(
            self._plan,
            name=self.name.text,
            goal=Goal(self.words.text, **figures),
            hue=str(self.hue.currentData()),
            accounts=tuple(dict.fromkeys([*kept, *(number for number in self.boxes if number in shown)])),
            tags=tuple(self.tags.text.replace("#", " ").replace(",", " ").split()),
            phases=usual_phases(day) if day is not None else self._plan.phases,
        )

    def work(self) -> Callable[[], Awaitable[object]]:
        plan = self.plan

        async def keep() -> None:
            self._kept(await self._face.services.campaigns.save(plan))

        return keep


class PhaseSheet(PlanSheet):
    """Kind, title, days and posts a day; `take` hears the phase and answers what keeps it."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        phase: CampaignPhase,
        take: Callable[[CampaignPhase], Awaitable[object]],
        *,
        new: bool = False,
    ) -> None:
        super().__init__(
            face,
            host,
            face.text("campaigns.new_phase" if new else "campaigns.phase_title"),
            face.text("campaigns.keep"),
        )
        self._phase = phase
        self._take = take
        self.kind = Segmented(
            face.look,
            face.text("campaigns.kind"),
            [(face.text(f"campaigns.phase.{kind}"), ICONS[kind]) for kind in KINDS],
        )
        self.kind.choose(KINDS.index(phase.kind))
        self.labelled("campaigns.kind", self.kind, "campaigns.kind_hint")
        self.title_field = self.field(
            "campaigns.phase_called", phase.title, placeholder=face.text("campaigns.phase_example")
        )
        row = self.row()
        self.starts = DayField(face, face.text("campaigns.first_day"), phase.starts_on)
        self.ends = DayField(face, face.text("campaigns.last_day"), phase.ends_on)
        self.take(self.starts, row)
        self.take(self.ends, row)
        self.a_day = Stepper(face.look, face.text("campaigns.posts_a_day"), 0, MOST_A_DAY)
        self.a_day.choose(phase.posts_a_day)
        self.labelled("campaigns.posts_a_day", self.a_day, "campaigns.posts_a_day_hint")
        self.begin()

    def beside(self) -> Mapping[str, Field]:
        return {"starts_on": self.starts, "ends_on": self.ends}

    def complete(self) -> bool:
        if not (self.starts.demand() and self.ends.demand()):
            return False
        if self.starts.day and self.ends.day and self.ends.day < self.starts.day:
            self.ends.complain(self._face.text("campaigns.ends_before"))
            return False
        return True

    def work(self) -> Callable[[], Awaitable[object]]:
        first, last = self.starts.day, self.ends.day
        assert first is not None
        assert last is not None
        phase = replace(
            self._phase,
            kind=KINDS[self.kind.index],
            title=self.title_field.text,
            starts_on=first,
            ends_on=last,
            posts_a_day=self.a_day.value,
        )
        return lambda: self._take(phase)


class AnnouncementSheet(PlanSheet):
    """Kind, title and time: a draft that is written in the composer later; `kept` hears the post's id."""

    def __init__(
        self, face: PageFace, host: QWidget, campaign_id: int, day: date | None, kept: Callable[[int], object]
    ) -> None:
        super().__init__(face, host, face.text("campaigns.announcement_title"), face.text("campaigns.make_draft"))
        self._campaign_id = campaign_id
        self._kept = kept
        self.title_field = self.field(
            "campaigns.announcement_called", placeholder=face.text("campaigns.announcement_example")
        )
        kinds: list[tuple[str, object]] = [(face.text(f"campaigns.announcement.{kind}"), kind) for kind in Announcement]
        self.kind = Select(face.look, face.text("campaigns.kind"), kinds)
        self.kind.choose(Announcement.ANNOUNCE)
        self.labelled("campaigns.kind", self.kind)
        self.when = DayField(face, face.text("campaigns.when"), day, TEN if day is not None else None, with_time=True)
        self.take(self.when)
        self.begin()

    def beside(self) -> Mapping[str, Field]:
        return {"title": self.title_field, "time": self.when}

    def complete(self) -> bool:
        if not self.title_field.text:
            self.title_field.complain(self._face.text("campaigns.title_missing"))
            self.title_field.line.setFocus()
            return False
        return not self.when.text or self.when.demand()

    @property
    def at(self) -> datetime | None:
        """The moment that is written; None for a draft to be placed."""
        day, minute = self.when.day, self.when.minute
        if day is None:
            return None
        wall = datetime.combine(day, time()) + timedelta(minutes=TEN if minute is None else minute)
        return from_wall(wall, self._face.words.zone).at

    def work(self) -> Callable[[], Awaitable[object]]:
        announced = Announced(
            self._campaign_id, Announcement(str(self.kind.currentData())), self.title_field.text, self.at
        )

        async def keep() -> None:
            self._kept(await self._face.services.campaigns.announce(announced))

        return keep
