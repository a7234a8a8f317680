"""The Answers tab: what answering came to, of which kind, when, how standard it was, and beside the call centre's figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from app.commands.services import Queries
from app.models.insight import Scope
from app.models.span_memory import SpanMemory
from app.models.support_figures import (
    STANDARD_GOAL,
    CaseFacts,
    CategoryLine,
    Measure,
    Support,
    behind,
)
from app.runtime.settings import Shop, first_weekday
from app.ui.charts.chart import Chart, Table
from app.ui.charts.heat_chart import HeatChart
from app.ui.insights.answer_columns import category_columns, hours_columns, hours_name, month_columns, standard_columns
from app.ui.insights.answer_words import changed, counted, rests, told
from app.ui.insights.call_sheet import CallSheet
from app.ui.insights.cards import TitledCard
from app.ui.insights.cases_sheet import MOST, names, open_cases
from app.ui.insights.column_list import ColumnList
from app.ui.insights.fact_card import FactCard
from app.ui.insights.tab import Tab
from app.ui.page import FooterKey, PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label

NARROW = 1100
HINTS = (FooterKey(("Return",), "support.hint_behind"),)


class Found(NamedTuple):
    """What was read, and of what."""

    support: Support
    scope: Scope


class AnswersTab(Tab):
    """Enter on any figure opens the conversations it rests on."""

    TABLES = ("support_case", "message", "escalation", "invitation", "faq_use", "call_month", "conversation", "setting")
    READS_AHEAD = True

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.found: Found | None = None
        self._memory = SpanMemory()
        look, text = face.look, face.text
        self.cards = {measure: FactCard(look, text(f"support.{measure}")) for measure in Measure}
        for measure, card in self.cards.items():
            card.opened.connect(lambda measure=measure: self._open_behind(measure))
        self.categories = ColumnList(face, text("support.by_category"), category_columns(look), self._category_icon)
        self.categories.activated_row.connect(self._open_category)
        self.hours = ColumnList(face, text("support.by_hours"), hours_columns(look))
        self.hours.activated_row.connect(self._open_hours)
        self.standards = ColumnList(face, text("support.standards"), standard_columns(look), lambda _row: ("book-open", "sky"))
        self.standards.activated_row.connect(self._open_standard)
        self.heat = HeatChart(look, text("support.heat"), lambda value: look.number(round(value)), text("support.weekday"))
        self.heat.opened.connect(self._open_hour)
        self.months = ColumnList(face, text("support.months"), month_columns(look))
        self.months.activated_row.connect(lambda _place: face.actions.run("insights.call_centre"))
        self.type_button = Button(look, text("support.call.type"), size="small", key="N", clicked=lambda: face.actions.run("insights.call_centre"))
        self._build()

    def _build(self) -> None:
        look, text, px = self._face.look, self._face.text, self._face.theme.px
        self.titled = {
            "categories": TitledCard(look, text("support.by_category"), _stacked(self.categories.heads(), self.categories)),
            "hours": TitledCard(look, text("support.by_hours"), _stacked(self.hours.heads(), self.hours)),
            "standards": TitledCard(look, text("support.standards"), _stacked(self.standards.heads(), self.standards)),
            "heat": TitledCard(look, text("support.heat"), self.heat),
        }
        self.months_about = Label(look, text("support.months_note"), "caption", "text.secondary", wrap=True)
        self.titled["months"] = TitledCard(look, text("support.months"), _stacked(self.months.heads(), self.months, self.months_about))
        self.titled["months"].add_control(self.type_button)
        self.titled["heat"].tell(text("support.heat_about"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        grid = QGridLayout()
        grid.setSpacing(px(12))
        for place, fact in enumerate(self.cards.values()):
            grid.addWidget(fact, place // 4, place % 4)
            grid.setColumnStretch(place % 4, 1)
        nest(column, grid)
        cards = self.titled
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for line, contents in ((self._pair, (cards["hours"], cards["standards"])), (self._parts, ())):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(px(12))
            for card in contents:
                line.addWidget(card, 1)
        pair = QWidget()
        pair.setLayout(self._pair)
        self._parts.addWidget(_apart(px(12), (cards["categories"], 0), (cards["heat"], 1)), 58)
        self._parts.addWidget(_apart(px(12), (pair, 0), (cards["months"], 1)), 42)
        parts = QWidget()
        parts.setLayout(self._parts)
        column.addWidget(parts)
        column.addStretch(1)
        self._narrow: bool | None = None

    # ---- Tab

    def ask(self, queries: Queries, scope: Scope) -> Found:
        return Found(queries.support(scope, self._face.services.answering.worked, self._memory), scope)

    def forget(self) -> None:
        self._memory.forget()

    @property
    def support(self) -> Support | None:
        """What is shown."""
        return self.found.support if self.found is not None else None

    def show_found(self, found: Any) -> None:
        self.found = found
        support: Support = found.support
        look, text = self._face.look, self._face.text
        for figure in support.figures:
            before = "" if figure.before is None else text("insights.was", figure=told(look, figure.measure, figure.before))
            below = before or ("" if figure.value is None else text("support.not_compared"))
            if figure.measure is Measure.STANDARD and figure.value is not None:
                goal = text("support.standard_goal", share=look.words.percent(STANDARD_GOAL, 0))
                below = f"{before} · {goal}" if before else goal
            change = figure.change
            self.cards[figure.measure].show_fact(
                told(look, figure.measure, figure.value),
                below,
                rests(look, figure),
                change=changed(look, figure),
                direction=0 if change is None else change.direction,
                is_better=figure.is_better,
                many=self._many(figure.samples, figure.samples_before if support.compares else None),
            )
        self.categories.show_rows(support.categories)
        self.titled["categories"].tell(text("support.came", n=support.came))
        self.hours.show_rows(support.hours)
        self.standards.show_rows(support.standards)
        self.titled["standards"].tell("" if support.standards else text("support.no_standards"))
        self.heat.show_heat(*self._heat_rows(support))
        self.months.show_rows(support.months[::-1])
        self.titled["months"].tell("" if support.months else text("support.no_months"))

    def stops(self) -> Sequence[QWidget]:
        return [self.cards[Measure.HANDLED], self.categories, self.hours, self.standards, self.heat, self.months]

    def tables(self) -> Sequence[Table]:
        if self.support is None:
            return ()
        look, text = self._face.look, self._face.text
        columns = ("figure", "this_period", "before", "rests")
        figures = tuple(
            (
                text(f"support.{each.measure}"),
                told(look, each.measure, each.value),
                told(look, each.measure, each.before),
                text(f"support.n_{'replies' if each.measure is Measure.NEXT else 'cases'}", n=each.samples),
            )
            for each in self.support.figures
        )
        own = Table(text("support.title"), tuple(text(f"insights.{name}") for name in columns), figures)
        return [own, self.categories.table(), self.hours.table(), self.standards.table(), self.heat.table(), self.months.table()]

    def charts(self) -> Sequence[Chart]:
        return [self.heat]

    def footer_keys(self) -> Sequence[FooterKey]:
        return HINTS

    def perform(self, verb: str, **values: object) -> Any:
        if verb != "call_centre":
            return super().perform(verb, **values)
        self.type_calls()
        return True

    # ---- what is behind

    def _open_behind(self, measure: Measure) -> None:
        self._open(self._face.text(f"support.{measure}"), measure, lambda cases: behind(measure, cases))

    def _open_category(self, place: int) -> None:
        line: CategoryLine = self.categories.rows[place]
        self._open_some(self._face.text(f"category.{line.category}"), lambda case: case.category is line.category)

    def _open_hours(self, place: int) -> None:
        row = self.hours.rows[place]
        self._open_some(hours_name(self._face.look, row.working), lambda case: case.working is row.working)

    def _open_standard(self, place: int) -> None:
        title = self.standards.rows[place].title
        self._open_some(title, lambda case: title in case.answers)

    def _open_hour(self, place: int) -> None:
        weekday, hour = self._weekdays()[place // 24], place % 24
        self._open_some(self.heat.said(place).rpartition(":")[0], lambda case: (case.weekday, case.hour) == (weekday, hour))

    def _open_some(self, title: str, wanted: Callable[[CaseFacts], bool]) -> None:
        """Cases that began so; the newest first."""
        self._open(title, Measure.FIRST, lambda cases: [case for case in cases[::-1] if wanted(case)])

    def _open(self, title: str, measure: Measure, choose: Callable[[Sequence[CaseFacts]], Sequence[CaseFacts]]) -> None:
        """Reads the cases of what is shown; `choose` runs on the reading thread."""
        if self.found is None:
            return
        face, scope = self._face, self.found.scope
        look, worked = face.look, face.services.answering.worked

        def show(cases: Sequence[CaseFacts]) -> None:
            words: dict[int, str] = {}
            for case in cases:
                if len(words) == MOST:
                    break
                said = counted(look, measure, case) if measure is not Measure.FIRST or case.answered_in is not None else look.text("support.unanswered")
                words.setdefault(case.conversation_id, said)
            open_cases(face, self.window(), names(title), [case.conversation_id for case in cases], words)

        face.services.reads.later(lambda queries: choose(queries.support_cases(scope, worked)), show)

    def type_calls(self) -> None:
        """The months of the list, and those before it that were noted."""
        shown = [line.month for line in self.support.months] if self.support is not None else []

        def show(known: Sequence[Any]) -> None:
            today = self._face.clock.now().astimezone(self._face.words.zone).date()
            months = sorted({*shown, f"{today:%Y-%m}"}, reverse=True)[:6]
            sheet = CallSheet(self._face, self.window(), months, {row.month: row for row in known})
            self._face.window.open_sheet(sheet)

        self._face.services.reads.later(lambda queries: queries.call_months(), show)

    # ---- words

    def _many(self, now: int, before: int | None) -> str:
        look = self._face.look
        return look.text("insights.n", n=look.number(now) if before is None else f"{look.number(now)} · {look.number(before)}")

    def _category_icon(self, line: CategoryLine) -> tuple[str, str]:
        hue, icon = self._face.theme.category(line.category)
        return icon, hue

    def _weekdays(self) -> list[int]:
        """0 is Monday; in the order of the region."""
        first = first_weekday(self._face.services.settings.get(Shop), self._face.words.first_weekday) - 1
        return [(first + number) % 7 for number in range(7)]

    def _heat_rows(self, support: Support) -> tuple[list[tuple[str, tuple[int, ...]]], list[str]]:
        rows = [(self._face.words.weekday(day + 1), support.heat[day]) for day in self._weekdays()]
        return rows, [f"{hour}:00" for hour in range(24)]

    # ---- layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.room() < self._face.theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out(narrow=narrow)

    def _lay_out(self, *, narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._pair.setDirection(direction.LeftToRight if narrow else direction.TopToBottom)
        self._parts.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def _apart(gap: int, *contents: tuple[QWidget, int]) -> QWidget:
    """One above the other, each with its share of the height that is left."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for content, share in contents:
        column.addWidget(content, share)
    return held


def _stacked(*contents: QWidget) -> QWidget:
    """One above the other, from the top."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for content in contents:
        column.addWidget(content)
    column.addStretch(1)
    return held

