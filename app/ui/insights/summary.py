"""The Summary tab: cards, laid out by the room there is, of a period beside another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.commands.services import Queries
from app.models.insight import BINS, GAINS, Bin, Metric, Scope, Summary, top_by
from app.runtime.settings import Answer
from app.ui.charts.chart import Chart, Table
from app.ui.charts.column_chart import Column, ColumnChart, Marker
from app.ui.charts.line_chart import LineChart, Series
from app.ui.charts.pair_bars import COLOURS, Pair, PairBars
from app.ui.insights.cards import KpiCard, Legend, TitledCard
from app.ui.insights.figures import change, figure, minutes, rests_on
from app.ui.insights.rankings import MostAsked, PostColumns, TopPosts
from app.ui.insights.reports import StoryCard
from app.ui.insights.tab import Tab, spans_of
from app.ui.insights.tips import TipsCard
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import Label

NARROW = 1240 - 76
"""Of the page: interface.md lays charts out two a row below a window of 1240."""
TOP = 5
BRIEF = (Metric.CLICKS, Metric.REPLIES, Metric.ANSWER_MINUTES, Metric.WITHOUT_EMAIL)
"""Figures whose titles are long."""
SMALL, BESIDE = 54, 96
"""How high the small charts are, and how wide the words beside them at least."""
LATE, VERY_LATE = "status.warn.strong", "status.danger.strong"


class SummaryView(Tab):
    """Each figure opens what is behind it."""

    TABLES = ("sample", "outbox", "post", "support_case", "faq_entry", "faq_asked")

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.summary: Summary | None = None
        look, text = face.look, face.text
        self.kpis = {metric: KpiCard(look, text(f"insights.{metric}"), text(f"insights.brief.{metric}") if metric in BRIEF else "") for metric in Metric}
        for metric, card in self.kpis.items():
            card.opened.connect(lambda metric=metric: self._open_behind(metric))
        self.followers = LineChart(look, text("insights.new_followers"), self._signed)
        self.clicks = ColumnChart(look, text("insights.clicks"), self._count, text("insights.day"))
        self.times = ColumnChart(look, text("insights.time_to_answer"), self._count, text("insights.took"))
        self.reposts = ColumnChart(look, text("insights.reposts"), self._count, text("insights.day"), SMALL, bare=True)
        self.replies = ColumnChart(look, text("insights.replies"), self._count, text("insights.day"), SMALL, bare=True)
        self.pairs = PairBars(
            look, text("insights.inform_and_sell"), (text("insights.informs"), text("insights.sells")), self._count
        )
        self.top = TopPosts(face)
        self.asked = MostAsked(face)
        self.ranked_by = Segmented(look, text("insights.rank_by"), [(text(f"insights.short.{metric}"), None) for metric in GAINS])
        self.ranked_by.chosen.connect(lambda _place: self._rank())
        self._build_cards()
        self._column = QVBoxLayout(self)
        px = face.theme.px
        self._column.setContentsMargins(px(20), px(16), px(20), px(16))
        self._column.setSpacing(px(12))
        self._narrow: bool | None = None
        self.top.activated_row.connect(lambda place: face.window.show_page("composer", post=self.top.rows[place].post_id))
        self.asked.activated_row.connect(lambda place: self._open_question(self.asked.rows[place].entry_id))
        self.asked.wanted.connect(self._open_question)
        self.followers.opened.connect(lambda place: self._open_day(self.followers.days[place]))
        self.times.opened.connect(lambda _place: self._open_cases())
        self.pairs.opened.connect(lambda place: self._open_posts(GAINS[place]))
        for metric, chart in ((Metric.CLICKS, self.clicks), (Metric.REPOSTS, self.reposts), (Metric.REPLIES, self.replies)):
            chart.opened.connect(partial(self._open_gains, metric))

    def _build_cards(self) -> None:
        look, text = self._face.look, self._face.text
        self.cards = {
            "followers": TitledCard(look, text("insights.new_followers"), self.followers),
            "clicks": TitledCard(look, text("insights.clicks"), self.clicks, text("insights.brief.clicks")),
            "times": TitledCard(look, text("insights.time_to_answer"), self.times),
            "top": TitledCard(look, text("insights.furthest"), self._at_top(PostColumns(self._face), self.top)),
            "asked": TitledCard(look, text("insights.most_asked"), self._at_top(self.asked)),
            "both": TitledCard(look, text("insights.reposts_and_replies"), self._two_charts()),
            "pairs": TitledCard(look, text("insights.per_post"), self.pairs),
        }
        self.story, self.tips = StoryCard(self._face), TipsCard(self._face)
        self.cards["top"].add_control(self.ranked_by)
        self._kinds: dict[str, Legend] = {}
        for colour, kind in zip(COLOURS, ("informs", "sells"), strict=True):
            self._kinds[kind] = Legend(look, colour)
            self.cards["pairs"].add_control(self._kinds[kind])

    def _at_top(self, *contents: QWidget) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for content in contents:
            column.addWidget(content)
        column.addStretch(1)
        return held

    def _two_charts(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        self._told: dict[Metric, Label] = {}
        for metric, chart in ((Metric.REPOSTS, self.reposts), (Metric.REPLIES, self.replies)):
            row = QHBoxLayout()
            label = self._told[metric] = Label(self._face.look, "", "small", "text.secondary")
            row.addWidget(label)
            row.addWidget(chart, 1)
            nest(column, row, 1)
        return held

    # ---- figures

    def ask(self, queries: Queries, scope: Scope) -> Summary:
        return replace(queries.summary(scope), notes=tuple(self.notes(queries, scope)))

    def show_found(self, found: Any) -> None:
        turned = self.summary is not None and self.summary.period != found.period
        self.show_summary(found)
        if self.window() is not self and not turned:  # on paper there are no tips, and they are of the last days whatever period is shown
            self.tips.ask()

    def remark(self) -> str:
        """Why nothing is compared."""
        if self.summary is None or self.summary.compares:
            return ""
        face, starts, compared = self._face, self.summary.compares_from, self.summary.compared
        if starts is not None:
            return face.text("insights.compares_from", day=face.words.long_day(starts))
        measured = any(kpi.value is not None for kpi in self.summary.kpis)
        return face.text("insights.compares_never", days=face.words.range(compared.first, compared.last)) if measured else ""

    def show_summary(self, summary: Summary) -> None:
        self.summary = summary
        face, text = self._face, self._face.text
        for kpi in summary.kpis:
            self.kpis[kpi.metric].show_kpi(kpi, "was" if summary.compared == summary.period.before else "was_then", compares=summary.compares)
        days = summary.period.each()
        spans = spans_of(summary.notes)
        lines = [Series(network_name(line.network), tuple(line.values)) for line in summary.followers]
        self.followers.show_lines(lines, days, spans)
        won = [line.last for line in summary.followers if line.last is not None]
        self.cards["followers"].tell(
            text("insights.since_day", gained=self._signed(sum(won)), day=face.words.day(days[0])) if won else text("insights.not_measured")
        )
        clicks = summary.kpi(Metric.CLICKS)
        self.clicks.show_days(days, clicks.series, clicks.series_before, spans)
        self.cards["clicks"].tell(text("insights.each_day_and_before" if summary.compares and clicks.series_before else "insights.each_day"))
        self._show_times(summary)
        for metric, chart in ((Metric.REPOSTS, self.reposts), (Metric.REPLIES, self.replies)):
            kpi = summary.kpi(metric)
            chart.show_days(days, kpi.series, kpi.series_before, spans)
            changed = kpi.change
            about = [figure(face.look, metric, kpi.value), change(face.look, metric, changed) if changed is not None else ""]
            self._told[metric].setText(f"{text(f'insights.short.{metric}')}\n{' · '.join(filter(None, about))}")
        widest = max(label.sizeHint().width() for label in self._told.values())
        for label in self._told.values():
            label.setFixedWidth(max(self._face.theme.px(BESIDE), widest))
        self.cards["both"].tell(text("insights.each_day"))
        self.pairs.show_pairs([Pair(text(f"insights.short.{each.metric}"), (each.informs, each.sells)) for each in summary.averages])
        for kind, many in (("informs", summary.informs), ("sells", summary.sells)):
            self._kinds[kind].name.setText(f"{text(f'insights.{kind}')} {face.look.number(many)}")
        self._rank()
        self.asked.compares = summary.compares
        self.asked.show_rows(summary.asked)
        covered = sum(row.times for row in summary.asked)
        self.cards["asked"].tell(
            text("insights.covered", covered=covered, n=summary.questions) if summary.questions else text("insights.nothing_asked")
        )

    def _show_times(self, summary: Summary) -> None:
        face = self._face
        promise = face.services.settings.get(Answer).minutes
        columns = [self._bin(each, promise) for each in summary.bins]
        place = next((number for number, until in enumerate(BINS, 1) if until >= promise), len(BINS))
        self.times.show_bins(columns, Marker(place, face.text("insights.your_promise", time=minutes(face.look, promise))))
        self.cards["times"].tell(face.text("insights.first_answers", n=summary.kpi(Metric.ANSWER_MINUTES).samples))

    def _bin(self, each: Bin, promise: int) -> Column:
        """Within the promise it is calm; beyond it amber, far beyond red."""
        text = self._face.text
        if each.until is None:
            name = text("insights.longer")
            return Column(name, each.cases, None, VERY_LATE)
        until = round(each.until / timedelta(minutes=1))
        name = text("insights.up_to_minutes", n=until) if until < 60 else text("insights.up_to_hours", n=until // 60)
        return Column(name, each.cases, None, "accent.fill" if until <= promise else LATE if until <= 4 * promise else VERY_LATE)

    def _rank(self) -> None:
        if self.summary is None:
            return
        metric = GAINS[self.ranked_by.index]
        self.top.by = metric
        rows = top_by(self.summary.posts, metric, TOP)
        self.top.show_rows(rows)
        self.cards["top"].tell(self._face.text("insights.top_posts" if rows else "insights.no_posts"), spare=bool(rows))

    def _open_behind(self, metric: Metric) -> None:
        """A figure of posts opens the posts that it comes from, one of answers the inbox."""
        if metric in GAINS:
            self.ranked_by.choose(GAINS.index(metric))
            self._rank()
            self.top.setFocus(Qt.FocusReason.OtherFocusReason)
        elif metric is Metric.FOLLOWERS:
            self.followers.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._open_cases()

    def _open_question(self, entry_id: int) -> None:
        self._face.window.show_page("faq", entry=entry_id)

    def _open_cases(self) -> None:
        self._face.window.show_page("inbox", view="done")

    def _open_day(self, day: date) -> None:
        """What went out on it."""
        self._face.window.show_page("calendar", day=day)

    def _open_posts(self, metric: Metric) -> None:
        self._face.window.show_page("insights", tab="posts", by=str(metric))

    def _open_gains(self, metric: Metric, _place: int) -> None:
        self._open_posts(metric)

    def tables(self) -> list[Table]:
        """All figures of the page, for files."""
        if self.summary is None:
            return []
        look, text = self._face.look, self._face.text
        kpis = Table(
            text("insights.title"),
            (text("insights.figure"), text("insights.this_period"), text("insights.before"), text("insights.rests")),
            tuple(
                (text(f"insights.{kpi.metric}"), figure(look, kpi.metric, kpi.value), figure(look, kpi.metric, kpi.before), rests_on(look, kpi))
                for kpi in self.summary.kpis
            ),
        )
        names = tuple(text(f"insights.short.{metric}") for metric in GAINS)
        posts = Table(
            text("insights.furthest"),
            (text("insights.post"), *names),
            tuple((post.title, *(figure(look, metric, post.of(metric)) for metric in GAINS)) for post in top_by(self.summary.posts, GAINS[self.ranked_by.index], 1 << 20)),
        )
        asked = Table(
            text("insights.most_asked"),
            (text("insights.question"), text("insights.this_period"), text("insights.before")),
            tuple((row.question, str(row.times), str(row.before)) for row in self.summary.asked),
        )
        return [kpis, *(chart.table() for chart in self.charts()), posts, asked]

    def charts(self) -> Sequence[Chart]:
        return (self.followers, self.clicks, self.times, self.reposts, self.replies, self.pairs)

    def stops(self) -> Sequence[QWidget]:
        """What F6 goes through."""
        return [self.kpis[Metric.FOLLOWERS], self.followers, self.clicks, self.times, self.top, self.asked, self.reposts, self.replies, self.pairs]

    def _signed(self, value: float) -> str:
        sign = "+" if value > 0 else "\u2212" if value < 0 else ""
        return sign + self._count(abs(value))

    def _count(self, value: float) -> str:
        return self._face.look.number(round(value))

    # ---- layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.room() < self._face.theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out(narrow=narrow)

    def _lay_out(self, *, narrow: bool) -> None:
        while (item := self._column.takeAt(0)) is not None:
            row = item.layout()
            while row is not None and row.takeAt(0) is not None:
                pass
        kpis: list[tuple[QWidget, int]] = [(card, 1) for card in self.kpis.values()]
        cards = self.cards
        rows: list[list[tuple[QWidget, int]]] = [kpis[:3], kpis[3:]] if narrow else [kpis]
        if narrow:
            rows += [[(cards["followers"], 1), (cards["clicks"], 1)], [(cards["times"], 1), (cards["pairs"], 1)]]
            rows += [[(cards["top"], 1)], [(cards["asked"], 1)], [(cards["both"], 1), (self.story, 1)]]
        else:
            rows += [[(cards["followers"], 45), (cards["clicks"], 45), (cards["times"], 35)]]
            rows += [[(cards["top"], 1), (cards["asked"], 1)], [(cards["both"], 44), (cards["pairs"], 44), (self.story, 36)]]
        rows.append([(self.tips, 1)])
        for each in rows:
            line = QHBoxLayout()
            line.setSpacing(self._face.theme.px(12))
            for widget, share in each:
                line.addWidget(widget, share)
            nest(self._column, line)
        self._column.addStretch(1)

