"""Makes a report of the tabs of Insights: each is asked and filled as on the screen but shown nowhere, and gives its charts and tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Sequence
from typing import Any, NamedTuple

from PySide6 import QtCore, QtGui  # by module: classes are made when first used, which is not at the start

from app.models.account import POSTS_NOTHING, AccountRow
from app.models.insight import Kpi, Scope, Summary
from app.models.report import (
    Picture,
    ReportChart,
    ReportDocument,
    ReportFigure,
    ReportFiles,
    ReportFrame,
    ReportPart,
    ReportTable,
    ReportWanted,
)
from app.runtime.words import Words
from app.ui.charts.chart import Chart, Table
from app.ui.insights.figures import change, figure, rests_on
from app.ui.insights.tab import Tab, TabEntry
from app.ui.insights.tabs import TABS, make_tab
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.painting.chart_files import WIDTH, about, alt_text, chart_image, chart_svg, height_of, png_of
from app.ui.painting.paper import paper_look
from app.ui.painting.report_pdf import report_pdf
from app.ui.safe_text import one_line

IN_REPORT = ("summary", "posts", "answers", "audience", "campaigns")
"""Tabs whose words there are in every language of reports."""
COLOURS = {
    "ground": "surface.window",
    "page": "surface.raised",
    "ink": "text.primary",
    "faint": "text.secondary",
    "line": "border.default",
    "rule": "border.subtle",
    "better": "status.success.text",
    "worse": "status.danger.text",
}
"""Of the page, from the theme."""
NAMES_PEOPLE = ("audience.top",)
"""Titles of tables that stay inside: a report goes to others, and customers did not agree to that."""
ROOM = (1280, 900)
"""As large as a tab is thought to be."""
Ask = Callable[[Callable[[Any], Any]], Awaitable[Any]]
"""Runs a function of the queries on a reading thread."""


class _Turn:
    """Lets the loop do what else is due."""

    def __await__(self) -> Generator[None]:
        yield


class Found(NamedTuple):
    """What was read."""

    accounts: list[AccountRow]
    tabs: list[Any]


async def make_report(face: PageFace, wanted: ReportWanted, words: Words, frame: ReportFrame, ask: Ask) -> ReportFiles:
    """Reads, builds and paints, a piece at a time, so that the window goes on meanwhile."""
    look = paper_look(face.look, words)
    own = face._replace(look=look)
    entries = [entry for entry in TABS if entry.id in IN_REPORT]
    tabs: list[Tab] = []
    for entry in entries:
        tab = make_tab(entry, own)
        tab.on_paper = True
        tabs.append(tab)
        await _Turn()
        _laid_out(tab)
        await _Turn()
    try:
        zone, language = words.zone, words.language

        def query(queries: Any) -> Found:
            accounts = [each for each in queries.accounts() if each.network not in POSTS_NOTHING]
            chosen = [each for each in accounts if not wanted.accounts or each.id in wanted.accounts]
            years = sorted({each.year for each in wanted.period})
            holidays = own.services.planning.holidays(years, language)
            for tab in tabs:
                tab.holidays = holidays
            scope = Scope(wanted.period, wanted.compared, tuple(each.id for each in chosen), zone, language)
            return Found(chosen if wanted.accounts else [], [tab.ask(queries, scope) for tab in tabs])

        found: Found = await ask(query)
        parts, sheets, charts = [], [], []
        for entry, tab, each in zip(entries, tabs, found.tabs, strict=True):
            tab.show_found(each)
            await _Turn()
            charts.append(list(tab.charts()))
            part, own_sheets = await _part(look, entry, tab, each)
            parts.append(part)
            sheets += own_sheets
        told = [place for place, part in enumerate(parts) if part.figures or part.charts or part.tables]
        parts, charts = [parts[place] for place in told], [charts[place] for place in told]
        document = _document(look, wanted, frame, found.accounts, parts)
        pdf = await _painted(look, document, charts)
        return ReportFiles(
            document, pdf, await _pictures(look, charts, document.days) if wanted.pictures else (), tuple(sheets)
        )
    finally:
        for tab in tabs:
            tab.deleteLater()


def _laid_out(tab: Tab) -> None:
    """As if it were shown: what it is made of belongs to it from then on, and goes with it."""
    tab.resize(*ROOM)
    QtCore.QCoreApplication.sendEvent(tab, QtGui.QResizeEvent(tab.size(), QtCore.QSize()))


async def _pictures(look: Look, charts: Sequence[Sequence[Chart]], days: str) -> tuple[Picture, ...]:
    """Of every chart, both kinds."""
    made = []
    for chart in (chart for each in charts for chart in each):
        title = one_line(chart.accessibleName())
        image = chart_image(chart, look, days)
        await _Turn()
        made.append(Picture(title, "png", png_of(image)))
        await _Turn()
        made.append(Picture(title, "svg", chart_svg(chart, look, days)))
        await _Turn()
    return tuple(made)


async def _painted(look: Look, document: ReportDocument, charts: Sequence[Sequence[Chart]]) -> bytes:
    painting = report_pdf(look, document, charts)
    while True:
        try:
            next(painting)
        except StopIteration as end:
            return bytes(end.value)
        await _Turn()


async def _part(look: Look, entry: TabEntry, tab: Tab, found: Any) -> tuple[ReportPart, list[ReportTable]]:
    charts = []
    for chart in tab.charts():
        charts.append(_chart(look, chart))
        await _Turn()
    inside = {one_line(look.text(each)) for each in NAMES_PEOPLE}
    whole = tab.tables()
    await _Turn()
    sheets = []
    for each in whole:
        if (sheet := plain(each)).title not in inside:
            sheets.append(sheet)
        await _Turn()
    behind = {chart.table.title for chart in charts}
    printed, note = tab.for_paper()
    shown = [table for each in printed if (table := plain(each)).rows and table.title not in behind | inside]
    await _Turn()
    figures: tuple[ReportFigure, ...] = ()
    if isinstance(found, Summary):
        figures = tuple(_figure(look, kpi) for kpi in found.kpis)
        shown = [table for table in shown if table.title != look.text("insights.title")]
        if found.compares_from is not None:
            note = look.text("insights.compares_from", day=look.words.long_day(found.compares_from))
    made = ReportPart(entry.id, look.text(entry.title_id), figures, tuple(charts), tuple(shown), note)
    return made, sheets


def _document(
    look: Look, wanted: ReportWanted, frame: ReportFrame, accounts: Sequence[AccountRow], parts: Sequence[ReportPart]
) -> ReportDocument:
    words = look.words
    days = words.range(wanted.period.first, wanted.period.last)
    facts = [look.text("report.compared", days=words.range(wanted.compared.first, wanted.compared.last))]
    if accounts:
        facts.append(look.text("report.accounts", accounts=words.listing([one_line(each.handle) for each in accounts])))
    zone = str(getattr(words.zone, "key", "UTC"))
    facts.append(look.text("report.made", when=words.day_and_time(frame.made_at, None), zone=zone))
    return ReportDocument(
        language=words.language,
        title=look.text("report.title", n=wanted.period.days),
        shop=one_line(frame.shop),
        days=days,
        facts=tuple(facts),
        parts=tuple(parts),
        labels={name: look.text(f"report.{name}") for name in ("behind", "as_table")},
        last=wanted.period.last,
        colours={name: look.theme.color(path).name() for name, path in COLOURS.items()},
        logo=frame.logo,
        country=frame.country,
    )


def plain(table: Table) -> ReportTable:
    """Without anything that could hide in it."""
    return ReportTable(
        one_line(table.title),
        tuple(one_line(each) for each in table.columns),
        tuple(tuple(one_line(cell) for cell in row) for row in table.rows),
    )


def _figure(look: Look, kpi: Kpi) -> ReportFigure:
    """The figure with all that it rests on."""
    changed = kpi.change
    before = "" if kpi.before is None else look.text("insights.was", figure=figure(look, kpi.metric, kpi.before))
    return ReportFigure(
        title=look.text(f"insights.{kpi.metric}"),
        figure=figure(look, kpi.metric, kpi.value) if kpi.value is not None else look.text("insights.not_measured"),
        change=change(look, kpi.metric, changed) if changed is not None else "",
        better=kpi.is_better,
        before=before,
        rests=rests_on(look, kpi) if kpi.value is not None else "",
    )


def _chart(look: Look, chart: Chart) -> ReportChart:
    table = plain(chart.table())
    return ReportChart(
        title=one_line(chart.accessibleName()),
        about=about(look, chart),
        alt=alt_text(look, chart),
        table=table,
        svg=chart_svg(chart, look),
        width=WIDTH,
        height=height_of(chart),
    )
