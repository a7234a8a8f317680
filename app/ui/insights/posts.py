"""The Posts tab: what went out in the period, with its figures; sorted, filtered, and one post beside with its curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.commands.services import Queries
from app.models.insight import Scope
from app.models.post import PostFormat
from app.models.post_table import DONE, Column, Curve, PostFilter, PostLine, PostMetric, arranged
from app.ui.charts.chart import Chart, Table
from app.ui.insights.post_pane import PostPane
from app.ui.insights.post_rows import FIGURES, PostHeader, PostRows, figures_of
from app.ui.insights.tab import Tab
from app.ui.names import network_name
from app.ui.notices import announce
from app.ui.page import FooterKey, PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import WholeLabel

BESIDE, BESIDE_NARROW = 380, 300
ON_PAPER = 40
"""So many posts are printed: all are in the table that comes as a file."""
NARROW = 1100
"""Of the tab."""
HINTS = (FooterKey(("J", "K"), "insights.hint_post"), FooterKey(("Return",), "insights.hint_open_post"))


class Found(NamedTuple):
    """What was read, and of which accounts."""

    lines: Sequence[PostLine]
    figures: tuple[Column, ...]
    """Columns that have something to tell."""
    accounts: tuple[int, ...]


class PostsTab(Tab):
    """Enter opens the post itself; the one that is chosen stands beside."""

    TABLES = ("sample", "outbox", "post")
    SCROLLS = False

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.lines: Sequence[PostLine] = ()
        self.filter = PostFilter()
        self.by, self.descending = Column.SENT, True
        self._accounts: tuple[int, ...] = ()
        self._figures = figures_of(())
        self._cancel: Callable[[], None] | None = None
        self._has_read = False
        self._build()
        self._arrange()

    def _build(self) -> None:
        face, look, text, px = self._face, self._face.look, self._face.text, self._face.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Pane(look, "base")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(14), px(10), px(14), px(6))
        bar.setSpacing(px(8))
        self.pillar = Select(look, text("insights.filter_pillar"))
        self.campaign = Select(look, text("insights.filter_campaign"))
        self.format = Select(look, text("insights.filter_format"))
        self._offer()
        for select in (self.pillar, self.campaign, self.format):
            select.currentIndexChanged.connect(lambda _place: self._choose_filter())
            bar.addWidget(select)
        self.many = WholeLabel(look, "", "small", "text.secondary")
        self.many.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.many, 1)
        nest(column, bar)
        self.rows = PostRows(face)
        self.rows.activated_row.connect(lambda place: face.window.show_page("composer", post=self.rows.rows[place].id))
        self.rows.current_changed.connect(lambda _place: self._show_beside())
        self.header = PostHeader(face, self.rows)
        self.header.sorted_by.connect(self.sort_by)
        self.rows.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self.header.update())
        column.addWidget(self.header)
        column.addWidget(self.rows, 1)
        self.empty = EmptyState(look, icon="chart-line-up")
        column.addWidget(self.empty, 1)
        row.addWidget(left, 1)
        self.beside = PostPane(face)
        row.addWidget(self.beside)

    # ---- Tab

    def ask(self, queries: Queries, scope: Scope) -> Found:
        lines = queries.post_lines(scope)
        return Found(lines, figures_of(lines), scope.accounts)

    def show_found(self, found: Any) -> None:
        self.lines, self._figures, self._accounts = found.lines, found.figures, found.accounts
        self._has_read = True
        self._offer()
        self._arrange()

    def stops(self) -> Sequence[QWidget]:
        if self.rows.isHidden():
            return [self.pillar]
        return [self.rows, self.header, self.pillar, self.beside.networks, self.beside.chart]

    def tables(self) -> Sequence[Table]:
        """Each post once, then once for each of its accounts."""
        if not self._has_read:
            return ()
        rows = self.rows.rows
        return [self._posts(rows), self._each_network(rows), *([self.beside.table()] if self.beside.curves else [])]

    def for_paper(self) -> tuple[Sequence[Table], str]:
        """The posts that got most, as many as are read."""
        if not self.lines:
            return (), ""
        most = sorted(self.lines, key=lambda line: -sum(line.of(metric) or 0 for metric in DONE))[:ON_PAPER]
        shown = [line for line in self.rows.rows if line in most]
        said = self._face.text("report.posts_shown", n=len(self.lines), shown=len(shown)) if len(shown) < len(self.lines) else ""
        return [self._posts(shown)], said

    def _posts(self, rows: Sequence[PostLine]) -> Table:
        text = self._face.text
        figures = tuple(text(f"insights.column.{column}") for column in FIGURES)
        about = tuple(text(f"insights.{name}") for name in ("day", "post", "filter_pillar", "filter_format", "filter_campaign"))
        return Table(
            text("insights.tab_posts"),
            (*about, text("insights.networks"), *figures),
            tuple(
                (*self._about(line), self._face.words.enumeration(network_name(each) for each in line.networks), *(self.rows.told(line, column) for column in FIGURES))
                for line in rows
            ),
        )

    def _each_network(self, rows: Sequence[PostLine]) -> Table:
        text = self._face.text
        figures = (text(f"insights.column.{metric}") for metric in FIGURES)
        return Table(
            text("insights.posts_by_network"),
            (text("insights.day"), text("insights.post"), text("insights.network"), text("insights.account"), *figures, text("insights.link")),
            tuple(row for line in rows for row in self._by_network(line)),
        )

    def charts(self) -> Sequence[Chart]:
        return [self.beside.chart] if self.beside.curves else []

    def footer_keys(self) -> Sequence[FooterKey]:
        return HINTS

    def opened(self, **target: object) -> None:
        """`by` sorts by a figure, most first; `format` shows posts of one alone."""
        by = target.get("by")
        if by in set(Column):
            self.by, self.descending = Column(str(by)), True
        if "format" in target:
            self.filter = PostFilter(format=PostFormat(str(target["format"])))
            self._offer()
        self._arrange()

    def escape(self) -> bool:
        """From the post beside to the table; then everything is shown again."""
        focused = QGuiApplication.focusObject()
        if isinstance(focused, QWidget) and self.beside.isAncestorOf(focused):
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.filter != PostFilter():
            self.filter = PostFilter()
            self._offer()
            self._arrange()
            return True
        return False

    def resumable(self) -> dict[str, Any]:
        return {"by": self.by.value, "descending": self.descending}

    def resume(self, remembered: dict[str, Any]) -> None:
        by = str(remembered.get("by"))
        if by in set(Column):
            self.by = Column(by)
            self.descending = str(remembered.get("descending")).lower() != "false"
            self._arrange()

    # ---- what is shown

    def sort_by(self, column: Column) -> None:
        """By another column, the most first; by the same one, the other way round. Titles begin with A."""
        self.descending = not self.descending if column is self.by else column is not Column.TITLE
        self.by = column
        self._arrange()
        announce(self, self.header.accessibleName(), "info")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.tables():
            QGuiApplication.clipboard().setText(self.tables()[0].to_text())
            announce(self, self._face.text("insights.copied"), "info")
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        """What there is to choose from: of what is there, and what is chosen even if it is not."""
        text, chosen = self._face.text, self.filter
        sorts, look = self._face.theme.vocabulary.pillars, self._face.look
        pillars = sorted({line.pillar for line in self.lines if line.pillar} | {chosen.pillar or ""} - {""}, key=lambda each: (sorts.place(each), each))
        campaigns = {line.campaign_id: line.campaign for line in self.lines if line.campaign_id is not None}
        for select, everything, choices, now in (
            (self.pillar, "every_pillar", [(look.pillar_name(each) or each, each) for each in pillars], chosen.pillar),
            (self.campaign, "every_campaign", [(isolated(name), number) for number, name in campaigns.items()], chosen.campaign_id),
            (self.format, "every_format", [(text(f"composer.format.{each}"), each.value) for each in PostFormat], chosen.format),
        ):
            blocked = select.blockSignals(True)
            select.offer([(text(f"insights.{everything}"), None), *choices])
            select.choose(now)
            select.blockSignals(blocked)

    def _choose_filter(self) -> None:
        kind = self.format.currentData()
        self.filter = PostFilter(self.pillar.currentData(), self.campaign.currentData(), PostFormat(kind) if kind else None)
        self._arrange()

    def _arrange(self) -> None:
        text = self._face.text
        rows = arranged(self.lines, self.filter, self.by, descending=self.descending)
        blocked = self.rows.blockSignals(True)
        self.rows.show_rows(rows, self.by, self._figures)
        self.rows.blockSignals(blocked)
        self.header.show_order(self.by, descending=self.descending)
        self.many.setText(text("insights.n_posts", n=len(rows)) if self._has_read else "")
        nothing = self._has_read and not rows
        self.rows.setVisible(not nothing)
        self.header.setVisible(not nothing)
        self.empty.setVisible(nothing)
        if nothing:
            self.empty.show_words(text("insights.no_post_out"), text("insights.no_post_like_it" if self.lines else "insights.no_post_out_said"))
        self._show_beside()

    def _show_beside(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        line = None if self.on_paper else self.rows.current
        self.beside.show_post(line)
        self.beside.setVisible(line is not None)
        if line is None:
            return
        number, accounts = line.id, self._accounts

        def deliver(curves: list[Curve]) -> None:
            if self.beside.line is not None and self.beside.line.id == number:
                self.beside.show_curves(curves)

        self._cancel = self._face.services.reads.later(lambda queries: queries.post_curves(number, accounts), deliver)

    def _about(self, line: PostLine) -> tuple[str, str, str, str, str]:
        text = self._face.text
        pillar = self._face.look.pillar_name(line.pillar)
        return (self._face.words.day(line.sent_at), line.title, pillar, text(f"composer.format.{line.format}"), line.campaign)

    def _by_network(self, line: PostLine) -> list[tuple[str, ...]]:
        look = self._face.look
        nothing = look.text("insights.nothing")
        found = []
        for each in line.deliveries:
            counts = (look.number(each.figures[metric]) if metric in each.figures else nothing for metric in PostMetric)
            rate = nothing if each.rate is None else look.words.percent(each.rate, 1)
            found.append((self._face.words.day(each.sent_at), line.title, network_name(each.network), each.handle, *counts, rate, each.url))
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._face.theme.px
        self.beside.setFixedWidth(px(BESIDE_NARROW if self.width() < px(NARROW) else BESIDE))
