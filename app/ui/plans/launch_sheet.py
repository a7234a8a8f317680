"""The sheet of a launch: product, day, link and campaign, and the drafts that a pattern makes around it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.models.campaign import CampaignRow, LaunchPlan, Pattern, filled
from app.models.campaign_move import wall_moment
from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.plans.plan_sheet import PlanSheet
from app.ui.plans.typed_day import DayField
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.field import Field
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

UNDO_SECONDS = 10
LONGEST_LINE = 90
DAY = timedelta(days=1)
NONE = -1


def day_words(face: PageFace, days: int) -> str:
    """ "T-7", "T", "T+2"."""
    return (
        face.text("campaigns.step_day", days=f"{'+' if days > 0 else '−'}{abs(days)}")
        if days
        else face.text("campaigns.step_launch")
    )


class LaunchSheet(PlanSheet):
    """A new one, or one that is there: the day of that is changed by moving it."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        plan: LaunchPlan,
        campaigns: Sequence[CampaignRow],
        patterns: Sequence[Pattern],
    ) -> None:
        new = plan.id is None
        super().__init__(
            face,
            host,
            face.text("campaigns.new_launch_title" if new else "campaigns.launch_title"),
            face.text("campaigns.keep"),
            width=600,
        )
        self._plan = plan
        self._patterns = list(patterns)
        self.product = self.field("campaigns.product", plan.title, placeholder=face.text("campaigns.product_example"))
        self.day: DayField | None = None
        if new:
            self.day = DayField(face, face.text("campaigns.launch_day"), plan.on_day, plan.minute, with_time=True)
            self.day.heard = self._show_drafts
            self.take(self.day)
        self.link = self.field("campaigns.link", plan.url, placeholder="https://")
        choices: list[tuple[str, object]] = [(face.text("campaigns.no_campaign"), NONE)]
        choices += [(isolated(row.plan.name), row.plan.id) for row in campaigns]
        self.campaign = Select(face.look, face.text("campaigns.campaign"), choices)
        self.campaign.choose(plan.campaign_id if plan.campaign_id is not None else NONE)
        self.labelled("campaigns.campaign", self.campaign)
        offers: list[tuple[str, object]] = [(face.text("campaigns.no_pattern"), NONE)]
        offers += [(isolated(each.name), place) for place, each in enumerate(self._patterns)]
        self.pattern = Select(face.look, face.text("campaigns.pattern"), offers)
        self.pattern.choose(0 if new and self._patterns else NONE)
        self.pattern.currentIndexChanged.connect(lambda _index: self._show_drafts())
        self.labelled("campaigns.pattern", self.pattern, "campaigns.pattern_hint")
        self.drafts = Label(face.look, "", "small", "text.secondary", wrap=True)
        self.form.addWidget(self.drafts)
        for field in (self.product, self.link):
            field.changed.connect(lambda _text: self._show_drafts())
        self.begin()
        self._show_drafts()

    @property
    def chosen_pattern(self) -> Pattern | None:
        place = self.pattern.currentData()
        return self._patterns[place] if isinstance(place, int) and place >= 0 else None

    @property
    def plan(self) -> LaunchPlan:
        """The launch as the fields say it."""
        number = self.campaign.currentData()
        chosen = self.chosen_pattern
        plan = replace(
            self._plan,
            title=self.product.text,
            url=self.link.text,
            campaign_id=number if isinstance(number, int) and number != NONE else None,
            pattern_id=chosen.id if chosen is not None else self._plan.pattern_id,
        )
        return plan if self.day is None else replace(plan, on_day=self.day.day, minute=self.day.minute)

    def _show_drafts(self) -> None:
        """The days and first words of what would be made."""
        if not hasattr(self, "drafts"):
            return
        face, chosen, plan = self._face, self.chosen_pattern, self.plan
        lines = []
        if chosen is not None and plan.on_day is not None:
            for step in chosen.steps:
                minute = step.minute if step.days or plan.minute is None else max(step.minute, plan.minute)
                at = wall_moment(plan.on_day + step.days * DAY, minute, face.words.zone)
                words = one_line(filled(step.text, plan.title or face.text("campaigns.product_example"), plan.url))
                said = face.text("campaigns.left_out") if at <= face.clock.now() else isolated(words[:LONGEST_LINE])
                lines.append(f"{day_words(face, step.days)} · {face.words.day_and_time(at)} · {said}")
        self.drafts.setText("\n".join(lines))
        self.drafts.setVisible(bool(lines))
        self.settle()

    def beside(self) -> Mapping[str, Field]:
        return {"title": self.product, "url": self.link, **({"day": self.day} if self.day is not None else {})}

    def complete(self) -> bool:
        if not self.product.text:
            self.product.complain(self._face.text("campaigns.product_missing"))
            self.product.line.setFocus()
            return False
        return self.day is None or self.day.demand()

    def work(self) -> Callable[[], Awaitable[object]]:
        face, plan, pattern = self._face, self.plan, self.chosen_pattern

        async def keep() -> None:
            _number, made = await face.services.launches.save(plan, pattern)
            said = (
                message("campaigns.drafts_made", n=made, name=plan.title)
                if made
                else message("campaigns.launch_kept", name=plan.title)
            )
            face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

        return keep
