"""Paints a report as a PDF: figures, charts and tables one below the other on as many pages as they take; text is text, nothing is cut."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import NamedTuple

from PySide6 import QtCore, QtGui  # by module: classes are made when first used, which is not at the start

from app.models.report import ReportChart, ReportDocument, ReportFigure, ReportPart, ReportTable, holds_figures
from app.ui.charts.chart import Chart
from app.ui.look import Look
from app.ui.painting.agreement_pdf import LETTER
from app.ui.painting.chart_files import draw_alone
from app.ui.painting.paper import DPI
from app.ui.painting.pdf_tags import Tagger, tagging

MARGIN_MM, FOOT_MM = 14, 9
GAP, PADDING = 10.0, 5.0
ACROSS = 3
"""Figures side by side."""
SLACK = 1.0
AT_ONCE = 4
"""Rows that are painted in one piece."""
LEAST = 30.0
"""Of a column, in pixels of 1/96 inch, like all lengths here."""
LOGO = 52.0
STATUS = {True: "success", False: "danger", None: ""}
RIGHT, LEFT = QtCore.Qt.AlignmentFlag.AlignRight, QtCore.Qt.AlignmentFlag.AlignLeft


def report_pdf(look: Look, document: ReportDocument, charts: Sequence[Sequence[Chart]]) -> Generator[None, None, bytes]:
    """The whole file, a piece at a time. `charts` draw those of each part; fonts are embedded."""
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    writer = QtGui.QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setCreator("Tertulia")
    writer.setTitle(f"{document.title} · {document.days}")
    size = QtGui.QPageSize.PageSizeId.Letter if document.country in LETTER else QtGui.QPageSize.PageSizeId.A4
    margins = QtCore.QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    lies = QtGui.QPageLayout.Orientation.Portrait
    writer.setPageLayout(QtGui.QPageLayout(QtGui.QPageSize(size), lies, margins, QtGui.QPageLayout.Unit.Millimeter))
    painter = QtGui.QPainter(writer)
    sheet = _Sheet(look, document, writer, painter)
    sheet.begin()
    sheet.head()
    for part, drawn in zip(document.parts, charts, strict=True):
        yield
        yield from _part(sheet, part, drawn)
    if any(part.charts for part in document.parts):
        sheet.begin()
        sheet.words(document.labels["behind"], "title", tag="H1", below=6)
        for part in document.parts:
            for chart in part.charts:
                yield
                yield from _table(sheet, chart.table)
    painter.end()
    fonts = look.theme.font("body"), look.theme.font("body", tabular=True)
    yield
    return (yield from tagging(bytes(buffer.data().data()), sheet.tags, document.language, letters_of(document), fonts))


class _Laid(NamedTuple):
    """A paragraph, broken into lines."""

    layout: QtGui.QTextLayout
    height: float


class _Sheet:
    """Where on which page the next piece goes."""

    def __init__(self, look: Look, document: ReportDocument, writer: QtGui.QPdfWriter, painter: QtGui.QPainter) -> None:
        self.look = look
        self.document = document
        self.painter = painter
        self.tags = Tagger(painter)
        self._writer = writer
        self._number = 0
        self.width = float(writer.width())
        self.bottom = writer.height() - FOOT_MM * DPI / 25.4
        self.y = 0.0
        self.painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)

    def begin(self) -> None:
        """A fresh page with its foot."""
        if self._number:
            self._writer.newPage()
        self._number += 1
        self.tags.page()
        self.y = 0.0
        theme, document = self.look.theme, self.document
        rect = QtCore.QRectF(0, self.bottom, self.width, self._writer.height() - self.bottom)
        number = self.look.text("report.page", page=self._number)
        said = " · ".join(each for each in (document.shop, document.title, document.days) if each)
        with self.tags.outside():
            room = self.width - self.metrics(theme.font("caption")).horizontalAdvance(number) - 2 * GAP
            laid = self.lay(said, theme.font("caption"), room)
            top = rect.bottom() - theme.line("caption")
            laid.layout.setPosition(QtCore.QPointF())
            self.draw(laid, QtCore.QPointF(0, min(top, rect.bottom() - laid.height)), "text.secondary")
            other = self.lay(number, theme.font("caption"), self.width, RIGHT)
            self.draw(other, QtCore.QPointF(0, top), "text.secondary")

    def room(self, height: float) -> None:
        """So much is free below, on this page or the next."""
        if self.y + height > self.bottom and self.y > 0:
            self.begin()

    def lay(self, text: str, font: QtGui.QFont, width: float, side: QtCore.Qt.AlignmentFlag = LEFT) -> _Laid:
        layout = QtGui.QTextLayout(text, font, self._writer)
        option = QtGui.QTextOption(side)
        option.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QtCore.QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return _Laid(layout, height)

    def metrics(self, font: QtGui.QFont) -> QtGui.QFontMetricsF:
        """On paper."""
        return QtGui.QFontMetricsF(font, self._writer)

    def draw(self, laid: _Laid, at: QtCore.QPointF, colour: str = "text.primary") -> None:
        self.painter.setPen(self.look.theme.color(colour))
        laid.layout.draw(self.painter, at)

    def words(
        self, text: str, role: str, colour: str = "text.primary", *, tag: str = "P", above: float = 0, below: float = 2
    ) -> None:
        """A paragraph over the whole width."""
        if not text:
            return
        laid = self.lay(text, self.look.theme.font(role), self.width)
        self.room(above + laid.height + below)
        self.y += above if self.y else 0
        with self.tags.item(tag):
            self.draw(laid, QtCore.QPointF(0, self.y), colour)
        self.y += laid.height + below

    def head(self) -> None:
        """Logo, shop, title, days."""
        document = self.document
        image = QtGui.QImage.fromData(document.logo) if document.logo else QtGui.QImage()
        if not image.isNull():
            shown = QtCore.QSizeF(image.size()).scaled(self.width / 3, LOGO, QtCore.Qt.AspectRatioMode.KeepAspectRatio)
            with self.tags.item("Figure", document.shop or document.title):
                self.painter.drawImage(QtCore.QRectF(QtCore.QPointF(0, 0), shown), image)
            self.y += shown.height() + 8
        self.words(document.shop, "bodyStrong", "text.secondary")
        self.words(document.title, "display", tag="H1", below=2)
        self.words(document.days, "title", below=4)
        for fact in document.facts:
            self.words(fact, "small", "text.secondary", below=1)
        self.y += GAP

    def ground(self, rect: QtCore.QRectF) -> None:
        """A card."""
        theme = self.look.theme
        self.painter.setPen(QtGui.QPen(theme.color("border.default"), 0.75))
        self.painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(rect, theme.radius("card"), theme.radius("card"))


def _part(sheet: _Sheet, part: ReportPart, charts: Sequence[Chart]) -> Generator[None]:
    sheet.room(150)
    sheet.words(part.title, "title", tag="H1", above=GAP, below=6)
    sheet.words(part.note, "small", "text.secondary", below=6)
    for first in range(0, len(part.figures), ACROSS):
        yield
        _figures(sheet, part.figures[first : first + ACROSS])
    for told, chart in zip(part.charts, charts, strict=True):
        yield
        _chart(sheet, told, chart)
    for table in part.tables:
        yield
        yield from _table(sheet, table)


class _Line(NamedTuple):
    laid: _Laid
    colour: str


def _figures(sheet: _Sheet, figures: Sequence[ReportFigure]) -> None:
    """Cards side by side, as high as the highest needs."""
    theme = sheet.look.theme
    width = (sheet.width - (ACROSS - 1) * GAP) / ACROSS
    inner = width - 2 * GAP
    columns: list[list[_Line]] = []
    for each in figures:
        status = STATUS[each.better]
        told = [
            (each.title, "small", "text.secondary"),
            (each.figure, "display", "text.primary"),
            (each.change, "bodyStrong", f"status.{status}.text" if status else "text.secondary"),
            (each.before, "small", "text.secondary"),
            (each.rests, "caption", "text.tertiary"),
        ]
        columns.append(
            [
                _Line(sheet.lay(text, theme.font(role, tabular=True), inner), colour)
                for text, role, colour in told
                if text
            ]
        )
    height = max(sum(line.laid.height + 2 for line in lines) for lines in columns) + 2 * PADDING + 4
    sheet.room(height + GAP)
    for place, lines in enumerate(columns):
        left, y = place * (width + GAP), sheet.y + PADDING + 2
        with sheet.tags.outside():
            sheet.ground(QtCore.QRectF(left, sheet.y, width, height))
        with sheet.tags.item("P"):
            for line in lines:
                sheet.draw(line.laid, QtCore.QPointF(left + GAP, y), line.colour)
                y += line.laid.height + 2
    sheet.y += height + GAP


def _chart(sheet: _Sheet, told: ReportChart, chart: Chart) -> None:
    """Its title, the drawing, and what it shows in words to those who do not see it."""
    sheet.room(told.height + 60)
    sheet.words(told.title, "bodyStrong", tag="H2", above=GAP, below=2)
    sheet.words(told.about, "small", "text.secondary", below=2)
    rect = QtCore.QRectF(0, sheet.y + 4, sheet.width, told.height)
    with sheet.tags.item("Figure", told.alt):
        draw_alone(chart, sheet.look, sheet.painter, rect)
    sheet.y = rect.bottom() + 6


def _table(sheet: _Sheet, table: ReportTable) -> Generator[None]:
    """Title, columns, rows; what is too wide goes on below with the first column again, what is too long on the next page."""
    theme = sheet.look.theme
    sheet.room(110)
    sheet.words(table.title, "bodyStrong", tag="H2", above=GAP, below=3)
    font, strong = theme.font("small", tabular=True), theme.font("captionStrong")
    natural = []
    for column in range(len(table.columns)):
        natural.append(_natural(sheet, table, column, font, strong))
        yield
    for group in _groups(natural, sheet.width):
        widths = _widths([natural[column] for column in group], sheet.width)
        yield from _rows(sheet, table, group, widths)
    sheet.y += 4


def _natural(sheet: _Sheet, table: ReportTable, column: int, font: QtGui.QFont, strong: QtGui.QFont) -> float:
    """How wide it is where nothing is broken."""
    metrics, head = sheet.metrics(font), sheet.metrics(strong)
    cells = (metrics.horizontalAdvance(row[column]) for row in table.rows)
    return max(LEAST, head.horizontalAdvance(table.columns[column]), *cells, 0.0) + 2 * PADDING + SLACK


def _groups(natural: Sequence[float], width: float) -> list[list[int]]:
    """Columns that stand side by side; each group begins with the first column."""
    groups, used = [[0]], min(natural[0], width / 4)
    for column in range(1, len(natural)):
        wants = min(natural[column], width / 4)
        if used + wants > width and len(groups[-1]) > 1:
            groups.append([0])
            used = min(natural[0], width / 4)
        groups[-1].append(column)
        used += wants
    return groups


def _widths(natural: Sequence[float], width: float) -> list[float]:
    """The first takes what is left; where all are too wide, the widest give way."""
    if sum(natural) <= width:
        return [natural[0] + width - sum(natural), *natural[1:]]
    most = width
    for _ in range(40):  # the widest give way until all fit
        cut = [min(each, most) for each in natural]
        if sum(cut) <= width:
            break
        most *= 0.9
    else:
        cut = [width / len(natural)] * len(natural)
    return [cut[0] + width - sum(cut), *cut[1:]]


def _rows(sheet: _Sheet, table: ReportTable, group: Sequence[int], widths: Sequence[float]) -> Generator[None]:
    theme = sheet.look.theme
    sides = [
        RIGHT if place and holds_figures([row[column] for row in table.rows]) else LEFT
        for place, column in enumerate(group)
    ]
    font, strong = theme.font("small", tabular=True), theme.font("captionStrong")
    with sheet.tags.group("Table"):

        def row(cells: Sequence[str], font: QtGui.QFont, colour: str, kind: str) -> None:
            laid = [
                sheet.lay(cells[column], font, width - 2 * PADDING, side)
                for column, width, side in zip(group, widths, sides, strict=True)
            ]
            height = max(each.height for each in laid) + PADDING
            if sheet.y + height > sheet.bottom and kind == "TD":
                sheet.begin()
                row(table.columns, strong, "text.secondary", "TH")
            left = 0.0
            with sheet.tags.group("TR"):
                for each, width in zip(laid, widths, strict=True):
                    with sheet.tags.item(kind):
                        sheet.draw(each, QtCore.QPointF(left + PADDING, sheet.y + PADDING / 2), colour)
                    left += width
            sheet.y += math.ceil(height)
            with sheet.tags.outside():
                sheet.painter.setPen(
                    QtGui.QPen(theme.color("border.default" if kind == "TH" else "border.subtle"), 0.75)
                )
                sheet.painter.drawLine(QtCore.QPointF(0, sheet.y), QtCore.QPointF(sheet.width, sheet.y))

        row(table.columns, strong, "text.secondary", "TH")
        for place, cells in enumerate(table.rows):
            row(cells, font, "text.primary", "TD")
            if place % AT_ONCE == AT_ONCE - 1:
                yield


def letters_of(document: ReportDocument) -> set[str]:
    """Of all its texts."""
    found = set(
        f"{document.title}{document.shop}{document.days}{''.join(document.facts)}{''.join(document.labels.values())}"
    )
    for part in document.parts:
        found |= set(part.title + part.note)
        found |= {letter for figure in part.figures for field in figure if isinstance(field, str) for letter in field}
        for chart in part.charts:
            found |= set(chart.title + chart.about + chart.alt)
        for table in (*part.tables, *(chart.table for chart in part.charts)):
            found |= {letter for row in ((table.title,), table.columns, *table.rows) for cell in row for letter in cell}
    return found
