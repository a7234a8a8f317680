"""The Campaigns tab: the report of one campaign, whole and up to now: sales and what they cost, by phase, post and link, beside its goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.services import Queries
from app.models.account import POSTS_NOTHING
from app.models.campaign import CampaignRow
from app.models.insight import Note, Scope
from app.models.sale import CampaignReport
from app.ui.charts.chart import Chart, Table
from app.ui.charts.column_chart import ColumnChart
from app.ui.charts.frame import Span
from app.ui.insights.campaign_cards import FigureCard, FigureTable
from app.ui.insights.campaign_words import (
    beside_goal,
    cost_lines,
    earned,
    goal_of,
    link_lines,
    money,
    number,
    orders,
    phase_lines,
    post_lines,
    why,
)
from app.ui.insights.cards import TitledCard
from app.ui.insights.cost_sheet import CostSheet, CouponSheet
from app.ui.insights.tab import Tab
from app.ui.page import FooterKey, PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

CARDS = ("clicks", "visits", "orders", "earned", "cost", "buyers")
NARROW = 1240 - 76
HINTS = (FooterKey(("[", "]"), "sales.hint_campaign"), FooterKey(("O",), "sales.hint_cost"))
FIGURE, AMOUNT, DAY, NAME = 74, 128, 96, 150


class Found(NamedTuple):
    """What was read: all campaigns, and the report of the chosen one."""

    rows: Sequence[CampaignRow]
    report: CampaignReport | None
    notes: Sequence[Note]


class CampaignsTab(Tab):
    """`[` and `]` turn to other campaigns. The period above chooses which one is shown first, and nothing else: a report is of all of it."""

    TABLES = (
        "sample",
        "outbox",
        "post",
        "shop_order",
        "campaign",
        "phase",
        "campaign_cost",
        "campaign_coupon",
        "visit_day",
        "tracked_link",
    )

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.chosen: int | None = None
        self.rows: Sequence[CampaignRow] = ()
        self.report: CampaignReport | None = None
        self._has_read = False
        self._narrow: bool | None = None
        self._build()

    def _build(self) -> None:
        face, look, text, px = self._face, self._face.look, self._face.text, self._face.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.select = Select(look, text("sales.campaign"))
        self.select.setProperty("typing", False)  # letters are commands here too: it holds the focus first
        self.select.activated.connect(lambda _place: self.choose(self.select.currentData()))
        row.addWidget(self.select)
        for icon, by, key in (("caret-left", -1, "["), ("caret-right", 1, "]")):
            name = text("command.insights.previous_campaign" if by < 0 else "command.insights.next_campaign")
            button = IconButton(look, icon, name, key=key, framed=True)
            button.clicked.connect(lambda _checked=False, by=by: self.turn(by))
            row.addWidget(button)
        self.said = Label(look, "", "small", "text.secondary", wrap=True)
        row.addWidget(self.said, 1)
        self.cost_button = Button(
            look, text("sales.add_cost"), icon="coins", key="O", clicked=lambda: face.actions.run("sales.add_cost")
        )
        self.coupon_button = Button(
            look, text("sales.coupons"), icon="tag-simple", clicked=lambda: face.actions.run("sales.coupons")
        )
        for each in (self.cost_button, self.coupon_button):
            each.setEnabled(not face.services.data.read_only)
            row.addWidget(each)
        column.addWidget(self.bar)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(12))
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        self.cards = {name: FigureCard(face, text(f"sales.card_{name}")) for name in CARDS}
        nest(inside, self._grid)
        self._make_charts(inside)
        self._make_tables(inside)
        column.addWidget(self.body)
        self.empty = EmptyState(look, icon="flag-banner")
        column.addWidget(self.empty, 1)
        column.addStretch(1)
        self.bar.hide()
        self.body.hide()
        self.empty.hide()

    def _make_charts(self, inside: QVBoxLayout) -> None:
        look, text = self._face.look, self._face.text
        self.sales_chart = ColumnChart(look, text("sales.by_day"), self._count, text("insights.day"), 130)
        self.visits_chart = ColumnChart(look, text("sales.visits_by_day"), self._count, text("insights.day"), 130)
        row = QHBoxLayout()
        row.setSpacing(self._face.theme.px(12))
        self.chart_cards = (
            TitledCard(look, text("sales.by_day"), self.sales_chart),
            TitledCard(look, text("sales.visits_by_day"), self.visits_chart),
        )
        for card in self.chart_cards:
            row.addWidget(card, 1)
        nest(inside, row)

    def _make_tables(self, inside: QVBoxLayout) -> None:
        face, look, text = self._face, self._face.look, self._face.text
        figures = [
            (text(f"sales.column_{name}"), FIGURE)
            for name in ("clicks", "reposts", "replies", "visits", "goals", "orders")
        ]
        amount = (text("sales.column_earned"), AMOUNT)
        self.phases = FigureTable(
            face,
            text("sales.phases"),
            [(text("sales.column_phase"), 0), (text("sales.column_posts"), 58), *figures, amount],
        )
        self.posts = FigureTable(
            face, text("sales.posts"), [(text("insights.post"), 0), (text("insights.day"), DAY), *figures, amount], 2
        )
        by_link = [figures[0], *figures[3:]]
        self.links = FigureTable(
            face,
            text("sales.links"),
            [
                (text("insights.link"), 0),
                (text("insights.account"), NAME),
                (text("insights.post"), NAME),
                *by_link,
                amount,
            ],
            3,
        )
        self.costs = FigureTable(
            face,
            text("sales.costs"),
            [(text("sales.column_cost"), 0), (text("insights.day"), DAY), (text("sales.column_amount"), AMOUNT)],
            2,
        )
        self.phases.opened.connect(lambda number: face.window.show_page("campaigns", campaign=number))
        for table in (self.posts, self.links):
            table.opened.connect(lambda number: face.window.show_page("composer", post=number))
        self.costs.opened.connect(self.edit_cost)
        self.table_cards = {}
        for table in (self.phases, self.posts, self.links, self.costs):
            card = self.table_cards[table] = TitledCard(look, table.name, table)
            inside.addWidget(card)
        self.table_cards[self.phases].tell(text("sales.phases_about"))

    # ---- Tab

    def ask(self, queries: Queries, scope: Scope) -> Found:
        rows, number = queries.campaign_rows(), self.chosen
        if not any(row.plan.id == number for row in rows):
            number = _first_shown(rows, scope)
        today = self._face.clock.now().astimezone(scope.zone).date()
        there = {row.id for row in queries.accounts() if row.network not in POSTS_NOTHING}
        some = scope.accounts if set(scope.accounts) < there else ()  # of all: also what accounts brought that are gone
        report = queries.campaign_report(number, scope.zone, today, some) if number is not None else None
        return Found(rows, report, self.notes(queries, scope))

    def show_found(self, found: Any) -> None:
        self.rows, self.report, self._has_read = found.rows, found.report, True
        report, text = self.report, self._face.text
        self.bar.setVisible(report is not None)
        self.body.setVisible(report is not None)
        self.empty.setVisible(report is None)
        if report is None:
            self.empty.show_words(text("sales.no_campaign"), text("sales.no_campaign_said"))
            return
        self.chosen = report.plan.id
        self.select.offer([(isolated(row.plan.name), row.plan.id) for row in self.rows])
        self.select.choose(report.plan.id)
        until = report.orders_until
        told = (
            text("sales.said_until", day=self._face.words.day(until, self._face.clock.now()))
            if until is not None
            else text("sales.said")
        )
        self.said.setText(text("sales.of_accounts") if report.of_accounts else told)
        self._show_cards(report)
        self._show_charts(report)
        look = self._face.look
        for table, lines in (
            (self.phases, phase_lines(look, report)),
            (self.posts, post_lines(look, report)),
            (self.links, link_lines(look, report)),
            (self.costs, cost_lines(look, report)),
        ):
            table.show_lines(lines)
            self.table_cards[table].setVisible(bool(lines))

    def _show_cards(self, report: CampaignReport) -> None:
        look, text, total, goal = self._face.look, self._face.text, report.total, report.plan.goal
        nothing = text("insights.nothing")
        sold = total.sold
        self.cards["clicks"].show_figure(
            number(look, total.clicks),
            beside_goal(look, total.clicks, goal_of(goal, "clicks"), text("sales.of_posts", n=total.posts)),
        )
        reached = look.words.facts(f"{isolated(name)} {look.number(count)}" for name, count in list(report.goals.items())[:2])
        self.cards["visits"].show_figure(
            number(look, total.visits), reached if total.visits is not None else text("sales.no_analytics")
        )
        self.cards["orders"].show_figure(
            number(look, orders(sold)),
            beside_goal(look, orders(sold), goal_of(goal, "orders"), why(look, sold) if sold else ""),
        )
        ratio = (
            text("sales.earned_times", times=look.words.number(report.earned, 1)) if report.earned is not None else ""
        )
        self.cards["earned"].show_figure(earned(look, sold), ratio)
        cost = money(look, (report.cost_of_sale,)) if report.cost_of_sale is not None else nothing
        self.cards["cost"].show_figure(
            cost, text("sales.cost_in_all", amount=money(look, report.cost)) if report.cost else text("sales.no_costs")
        )
        buyers = report.buyers
        if buyers is None or not buyers.known:
            self.cards["buyers"].show_figure(nothing, text("sales.no_buyers"))
        else:
            self.cards["buyers"].show_figure(
                look.number(buyers.before), text("sales.buyers_said", n=buyers.known, again=buyers.again)
            )

    def _show_charts(self, report: CampaignReport) -> None:
        look = self._face.look
        # Without a hue they stand behind the columns, with their names.
        phases = [part.phase for part in report.phases if part.phase is not None]
        spans = [Span(each.starts_on, each.ends_on, look.text(f"calendar.phase.{each.kind}"), "") for each in phases]
        for card, chart, values in zip(
            self.chart_cards, (self.sales_chart, self.visits_chart), (report.by_day, report.visits_by_day), strict=True
        ):
            chart.show_days(report.days, values, (), spans)
            card.setVisible(any(value is not None for value in values))

    def remark(self) -> str:
        """What is wanted before sales can be told."""
        report = self.report
        missing = next(iter(sorted(report.missing)), "") if report is not None else ""
        trouble = self._face.services.analytics.trouble
        said = [self._face.text(f"sales.missing_{missing}")] if missing else []
        if trouble is not None:
            said.append(self._face.text(trouble))
        return " ".join(said)

    def stops(self) -> Sequence[QWidget]:
        if self.report is None:
            return ()
        charts = [
            chart
            for card, chart in zip(self.chart_cards, (self.sales_chart, self.visits_chart), strict=True)
            if not card.isHidden()
        ]
        return [self.select, *charts, *(table.rows for table, card in self.table_cards.items() if not card.isHidden())]

    def tables(self) -> Sequence[Table]:
        if self.report is None:
            return ()
        text = self._face.text
        name = self.report.plan.name
        summary = Table(
            text("sales.report_of", name=name),
            (text("sales.column_figure"), text("sales.column_value"), text("sales.column_about")),
            tuple(card.told() for card in self.cards.values()),
        )
        return [
            summary,
            *(table.table() for table, card in self.table_cards.items() if not card.isHidden()),
            *(chart.table() for chart in self.charts()),
        ]

    def charts(self) -> Sequence[Chart]:
        if self.report is None:
            return ()
        pairs = ((self.sales_chart, self.report.by_day), (self.visits_chart, self.report.visits_by_day))
        return [chart for chart, values in pairs if any(value is not None for value in values)]

    def footer_keys(self) -> Sequence[FooterKey]:
        return HINTS if self.report is not None else ()

    def facts(self) -> frozenset[str]:
        return frozenset({"campaign_report"} if self.report is not None else ())

    def opened(self, **target: object) -> None:
        campaign = target.get("campaign")
        if isinstance(campaign, int):
            self.chosen = campaign

    def perform(self, verb: str, **values: object) -> Any:
        by = values.get("by")
        if verb == "turn_campaign":
            self.turn(by if isinstance(by, int) else 1)
        elif verb == "add_cost" and self.report is not None:
            self._open_cost(None)
        elif verb == "coupons" and self.report is not None:
            self._face.window.open_sheet(CouponSheet(self._face, self.window(), self.report.plan, self.report.coupons))
        else:
            return None
        return True

    def resumable(self) -> dict[str, Any]:
        return {"campaign": self.chosen} if self.chosen is not None else {}

    def resume(self, remembered: dict[str, Any]) -> None:
        kept = str(remembered.get("campaign"))
        self.chosen = int(kept) if kept.isdigit() else self.chosen

    # ---- what is shown

    def choose(self, campaign_id: int | None) -> None:
        """Show another campaign."""
        if campaign_id is not None and campaign_id != self.chosen:
            self.chosen = campaign_id
            self.asks_again.emit()

    def turn(self, by: int) -> None:
        """To the next campaign of the list or the one before, around."""
        numbers = [row.plan.id for row in self.rows]
        if numbers and self.chosen in numbers:
            self.choose(numbers[(numbers.index(self.chosen) + by) % len(numbers)])

    def edit_cost(self, cost_id: int) -> None:
        self._open_cost(cost_id)

    def _open_cost(self, cost_id: int | None) -> None:
        assert self.report is not None
        cost = next((each for each in self.report.costs if each.id == cost_id), None)
        currency = self._face.services.reads.now(lambda queries: queries.sales_currency())
        self._face.window.open_sheet(CostSheet(self._face, self.window(), self.report.plan, cost, currency))

    def _count(self, value: float) -> str:
        return self._face.look.number(round(value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.room() < self._face.theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            each_row = 3 if narrow else len(CARDS)
            for place, card in enumerate(self.cards.values()):
                self._grid.addWidget(card, place // each_row, place % each_row)


def _first_shown(rows: Sequence[CampaignRow], scope: Scope) -> int | None:
    """The one that ran in the period and began last, else the one that began last before it ends, else the first of the list."""
    begun = [row.plan for row in rows if row.plan.starts_on is not None and row.plan.starts_on <= scope.period.last]
    within = [plan for plan in begun if plan.ends_on is not None and plan.ends_on >= scope.period.first]
    for plans in (within, begun):
        if plans:
            return max(plans, key=lambda plan: (plan.starts_on or scope.period.first, plan.id or 0)).id
    return rows[0].plan.id if rows else None
