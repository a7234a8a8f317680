"""What a campaign cost, and which coupons are its: two small forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.models.campaign import CampaignPlan
from app.models.sale import Cost
from app.runtime.settings import Shop
from app.ui.agreement_words import amount_text
from app.ui.orders.import_sheet import currency_of
from app.ui.page import PageFace
from app.ui.plans.plan_sheet import PlanSheet
from app.ui.plans.typed_day import DayField
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field


class CostSheet(PlanSheet):
    """A new cost, or one that is there."""

    def __init__(self, face: PageFace, host: QWidget, plan: CampaignPlan, cost: Cost | None, currency: str) -> None:
        title = face.text("sales.change_cost" if cost else "sales.new_cost", name=isolated(plan.name))
        super().__init__(face, host, title, face.text("sales.keep_cost"), width=460)
        self._plan = plan
        self._cost = cost
        self._currency = currency or currency_of(face.services.settings.get(Shop).country)
        self.title_field = self.field(
            "sales.cost_title", cost.title if cost else "", placeholder=face.text("sales.cost_example")
        )
        row = self.row()
        example = face.text("sales.amount_example", currency=self._currency).strip()
        self.amount = Field(
            face.look,
            face.text("sales.column_amount"),
            amount_text(face.look, cost.amount, cost.currency) if cost else "",
            placeholder=example,
        )
        self.take(self.amount, row)
        today = face.clock.now().astimezone(face.words.zone).date()
        self.day_field = DayField(face, face.text("insights.day"), cost.on_day if cost else today)
        self.take(self.day_field, row)
        if cost is not None:
            self.remove_button = Button(
                face.look, face.text("sales.remove_cost"), icon="trash", kind="flat", clicked=self._remove
            )
            self.remove_button.setEnabled(not face.services.data.read_only)
            self.foot.insertWidget(0, self.remove_button)
        self.begin()

    def beside(self) -> Mapping[str, Field]:
        return {"title": self.title_field, "amount": self.amount}

    def complete(self) -> bool:
        return self.day_field.demand()

    def work(self) -> Callable[[], Awaitable[object]]:
        day = self.day_field.day
        assert day is not None  # `complete` has looked
        assert self._plan.id is not None
        number, title, amount = self._plan.id, self.title_field.text, self.amount.text
        cost_id = self._cost.id if self._cost is not None else None
        return lambda: self._face.services.sales.save_cost(number, title, amount, day, cost_id, self._currency)

    def _remove(self) -> None:
        assert self._cost is not None
        assert self._cost.id is not None
        self._face.actions.start("remove a cost", self._face.services.sales.remove_cost(self._cost.id))
        self.close_now()


class CouponSheet(PlanSheet):
    """The codes whose orders are the campaign's."""

    def __init__(self, face: PageFace, host: QWidget, plan: CampaignPlan, coupons: Sequence[str]) -> None:
        super().__init__(
            face,
            host,
            face.text("sales.coupons_title", name=isolated(plan.name)),
            face.text("sales.keep_coupons"),
            width=460,
        )
        self._plan = plan
        self.codes = self.field(
            "sales.coupons_label",
            ", ".join(coupons),
            placeholder=face.text("sales.coupons_example"),
            hint="sales.coupons_hint",
        )
        self.begin()

    def beside(self) -> Mapping[str, Field]:
        return {"coupons": self.codes}

    def work(self) -> Callable[[], Awaitable[object]]:
        assert self._plan.id is not None
        number, text = self._plan.id, self.codes.text
        return lambda: self._face.services.sales.set_coupons(number, text)
